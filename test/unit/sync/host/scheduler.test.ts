import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CycleResult } from '../../../../electron/sync/ports.ts';
import { backOff, createScheduler, noCycle, timing, type SchedulerDeps } from '../../../../electron/sync/scheduler.ts';
import { createTimers } from './clock.ts';

const minute = 60_000;
const done: CycleResult = { outcome: 'done', pulled: 0, pushed: 0, deleted: 0, requests: 3, writes: 0 };
const offline: CycleResult = { ...noCycle('offline', 'There is no network.') };

/** A scheduler whose cycles are ended by the test; a cycle that is stopped ends by itself, as the engine's do. */
function open(more: Partial<SchedulerDeps> = {}) {
  const timers = createTimers();
  const cycles: { at: number; full: boolean; signal: AbortSignal; end: (result?: CycleResult) => Promise<void> }[] = [];
  const told: (CycleResult | null)[] = [];
  let isReady = true;
  const scheduler = createScheduler({
    ...timers.clock,
    isPaused: false,
    isReady: () => isReady,
    onCycle: (result) => told.push(result),
    runCycle: ({ full, signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(noCycle('cancelled', 'Stopped.')));
        const end = (result = done): Promise<void> => {
          resolve(result);
          return timers.settle();
        };
        cycles.push({ at: timers.now(), full, signal, end });
      }),
    ...more,
  });
  /** Starts, and ends the cycle that comes with it. */
  async function started(result = done): Promise<void> {
    scheduler.start();
    await timers.pass(timing.soon);
    await cycles.at(-1)?.end(result);
  }
  return {
    ...timers, scheduler, cycles, told, started,
    last: () => cycles.at(-1) as (typeof cycles)[number],
    setReady: (ready: boolean) => (isReady = ready),
  };
}

describe('a cycle begins by itself', () => {
  test('within two seconds of the start, and then every five minutes, a minute earlier or later', async () => {
    for (const [random, wait] of [[0, 4 * minute], [0.5, 5 * minute], [1, 6 * minute]] as const) {
      const sync = open({ random: () => random });
      sync.scheduler.start();
      expect(sync.scheduler.nextIn()).toBe(random * 2000);
      await sync.pass(2000);
      expect(sync.cycles).toHaveLength(1);
      expect(sync.last().full).toBe(false);
      await sync.last().end();
      expect(sync.scheduler.nextIn()).toBe(wait);
      await sync.pass(wait - 1);
      expect(sync.cycles).toHaveLength(1);
      await sync.pass(1);
      expect(sync.cycles).toHaveLength(2);
    }
  });

  test('when a window comes to the front, but not if the last cycle is less than a minute old', async () => {
    const sync = open();
    await sync.started();
    await sync.pass(59_000);
    sync.scheduler.nudge('focus');
    expect(sync.scheduler.nextIn()).toBeGreaterThan(3 * minute);
    await sync.pass(1000);
    sync.scheduler.nudge('focus');
    await sync.pass(2000);
    expect(sync.cycles).toHaveLength(2);
  });

  test('when the network is back, at once and without the waiting of earlier failures', async () => {
    const sync = open();
    await sync.started(offline);
    for (let failures = 2; failures <= 9; failures += 1) {
      await sync.pass(sync.scheduler.nextIn() ?? 0);
      await sync.last().end(offline);
    }
    expect(sync.scheduler.nextIn()).toBe(256_000);
    sync.scheduler.nudge('focus');
    expect(sync.scheduler.nextIn()).toBe(256_000);
    sync.scheduler.nudge('online');
    expect(sync.scheduler.nextIn()).toBe(1000);
    await sync.pass(1000);
    await sync.last().end(offline);
    expect(sync.scheduler.nextIn()).toBe(1000);
  });

  test('one to ten seconds after the computer woke up', async () => {
    const sync = open();
    await sync.started();
    sync.scheduler.nudge('resume');
    expect(sync.scheduler.nextIn()).toBe(5500);
    await sync.pass(5500);
    expect(sync.cycles).toHaveLength(2);
  });

  test('two seconds after the last of several changes, and after thirty at the latest while somebody types on', async () => {
    const sync = open();
    await sync.started();
    sync.scheduler.changed();
    await sync.pass(1500);
    sync.scheduler.changed();
    await sync.pass(1999);
    expect(sync.cycles).toHaveLength(1);
    await sync.pass(1);
    expect(sync.cycles).toHaveLength(2);
    await sync.last().end();

    const begun = sync.now();
    while (sync.cycles.length === 2) {
      sync.scheduler.changed();
      await sync.pass(1000);
    }
    expect(sync.last().at - begun).toBe(30_000);
  });

  test('two seconds after a cycle during which something was changed', async () => {
    const sync = open();
    await sync.started();
    const running = sync.scheduler.runNow();
    sync.scheduler.changed();
    await sync.last().end();
    await running;
    expect(sync.scheduler.nextIn()).toBe(2000);
  });

  test('at its time, however often things are changed before', async () => {
    const sync = open();
    await sync.started();
    await sync.pass(5 * minute - 1000);
    sync.scheduler.changed();
    expect(sync.scheduler.nextIn()).toBe(1000);
  });

  test('never while there is no server, nobody is signed in, or the program is closed', async () => {
    const sync = open();
    sync.setReady(false);
    sync.scheduler.start();
    for (const reason of ['focus', 'resume', 'online'] as const) sync.scheduler.nudge(reason);
    sync.scheduler.changed();
    await sync.pass(60 * minute);
    sync.setReady(true);
    await sync.started({ ...noCycle('signedOut', 'Please sign in again.') });
    expect(sync.scheduler.nextIn()).toBeNull();
    await sync.scheduler.close();
    sync.scheduler.nudge('online');
    await sync.pass(60 * minute);
    expect(sync.cycles).toHaveLength(1);
  });

  test('no more when it may not any longer, although it was planned', async () => {
    const sync = open();
    sync.scheduler.start();
    sync.setReady(false);
    expect(sync.scheduler.nextIn()).toBeNull();
    await sync.pass(60 * minute);
    expect(sync.cycles).toHaveLength(0);
  });
});

describe('one cycle at a time', () => {
  const steps = ['focus', 'resume', 'online', 'change', 'run', 'pause', 'go on', 'cancel', 'end', 'fail', 'work', 'wait'] as const;

  test('whatever asks for one, there is never a second beside it, nor beside a new sign-in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 40 }), async (script) => {
        const running = new Set<(result: CycleResult) => void>();
        const sync = open({
          async runCycle({ signal }) {
            expect(running.size).toBe(0);
            let end: (result: CycleResult) => void = () => undefined;
            const ended = new Promise<CycleResult>((resolve) => (end = resolve));
            running.add(end);
            signal.addEventListener('abort', () => end(noCycle('cancelled', 'Stopped.')));
            return ended.finally(() => running.delete(end));
          },
        });
        const { scheduler } = sync;
        const works: Promise<void>[] = [];
        scheduler.start();
        for (const step of script) {
          if (step === 'change') scheduler.changed();
          else if (step === 'run') void scheduler.runNow();
          else if (step === 'pause' || step === 'go on') scheduler.pause(step === 'pause');
          else if (step === 'cancel') scheduler.cancel('Stopped by you.');
          else if (step === 'end' || step === 'fail') for (const end of running) end(step === 'end' ? done : offline);
          else if (step === 'work') works.push(scheduler.betweenCycles('Other work.', async () => expect(running.size).toBe(0)));
          else if (step === 'wait') await sync.pass(minute);
          else scheduler.nudge(step);
          await sync.settle();
        }
        await Promise.all(works);
        await scheduler.close();
        expect(running.size).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  test('asking by hand is a full cycle, and joins the one that somebody else asked for', async () => {
    const sync = open();
    await sync.started();
    const both = [sync.scheduler.runNow(), sync.scheduler.runNow()];
    expect(sync.cycles).toHaveLength(2);
    expect(sync.last().full).toBe(true);
    await sync.last().end({ ...done, pulled: 7 });
    expect(await Promise.all(both)).toEqual([{ ...done, pulled: 7 }, { ...done, pulled: 7 }]);
    expect(sync.cycles).toHaveLength(2);
  });

  test('asking by hand while a short cycle runs waits for its end, and then a full one is run, once for all', async () => {
    const sync = open();
    sync.scheduler.start();
    await sync.pass(timing.soon);
    const all = [sync.scheduler.runNow(), sync.scheduler.runNow()];
    expect(sync.cycles.map(({ full }) => full)).toEqual([false]);
    await sync.last().end({ ...done, pulled: 250, requests: 5 });
    expect(sync.cycles.map(({ full }) => full)).toEqual([false, true]);
    await sync.last().end({ ...done, pulled: 1 });
    // What was done while one waited was done for one.
    const both = { ...done, pulled: 251, requests: 8 };
    expect(await Promise.all(all)).toEqual([both, both]);
    expect(sync.told.filter((result) => result !== null)).toMatchObject([{ pulled: 250 }, { pulled: 1 }]);
    expect(sync.cycles).toHaveLength(2);
  });

  test('stopping a cycle stops it for all who wait for one: none begins in its place', async () => {
    for (const stop of ['cancel', 'pause', 'close'] as const) {
      const sync = open();
      sync.scheduler.start();
      await sync.pass(timing.soon);
      const asked = sync.scheduler.runNow();
      if (stop === 'pause') sync.scheduler.pause(true);
      else if (stop === 'cancel') sync.scheduler.cancel('Stopped by you.');
      else void sync.scheduler.close();
      expect(await asked, stop).toMatchObject({ outcome: 'cancelled' });
      expect(sync.cycles, stop).toHaveLength(1);
    }
  });

  test('what is stopped says why, and is told like any other end', async () => {
    const sync = open();
    const running = sync.scheduler.runNow();
    sync.scheduler.cancel('Stopped by you.');
    expect(await running).toMatchObject({ outcome: 'cancelled', error: 'Stopped by you.' });
    expect(sync.told).toMatchObject([null, { outcome: 'cancelled', error: 'Stopped by you.' }]);
    expect(sync.scheduler.nextIn()).toBe(5 * minute);
  });

  test('other work waits for the end of the running cycle, and the next cycle for the end of the work', async () => {
    const sync = open();
    await sync.started({ ...noCycle('paused', 'The server asks to wait.'), retryAfterMs: 40 * minute });
    const running = sync.scheduler.runNow();
    expect(await running).toMatchObject({ outcome: 'paused' });
    let finish: (value: string) => void = () => undefined;
    const work = sync.scheduler.betweenCycles('The sign-in was changed.', () => new Promise<string>((resolve) => (finish = resolve)));
    await sync.settle();
    const asked = sync.scheduler.runNow();
    await sync.pass(minute);
    expect(sync.cycles).toHaveLength(1);
    finish('signed in');
    expect(await work).toBe('signed in');
    await sync.settle();
    // What the former server asked for is not for this one.
    expect(sync.cycles).toHaveLength(2);
    await sync.last().end();
    expect(await asked).toEqual(done);
  });

  test('no cycle begins during other work, whatever asks for one', async () => {
    const sync = open();
    await sync.started();
    const work = sync.scheduler.betweenCycles('The sign-in was changed.', async () => {
      for (const reason of ['resume', 'online'] as const) sync.scheduler.nudge(reason);
      sync.scheduler.changed();
      sync.scheduler.pause(false);
      await sync.pass(10 * minute);
      return sync.cycles.length;
    });
    expect(await work).toBe(1);
    await sync.pass(timing.soon);
    expect(sync.cycles).toHaveLength(2);
  });

  test('work that fails says so, and cycles go on', async () => {
    const sync = open();
    await sync.started();
    await expect(sync.scheduler.betweenCycles('', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(sync.scheduler.nextIn()).toBe(1000);
  });
});

describe('after a failure', () => {
  test('it is tried again after a time that doubles up to a quarter of an hour, and from the beginning after a success', async () => {
    const sync = open({ random: () => 1 });
    await sync.started(offline);
    const waits: (number | null)[] = [];
    for (let failures = 1; failures <= 11; failures += 1) {
      waits.push(sync.scheduler.nextIn());
      await sync.pass(sync.scheduler.nextIn() ?? 0);
      await sync.last().end(offline);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900].map((seconds) => seconds * 1000));
    await sync.pass(15 * minute);
    await sync.last().end();
    expect(sync.scheduler.nextIn()).toBe(6 * minute);
    await sync.pass(6 * minute);
    await sync.last().end(offline);
    expect(sync.scheduler.nextIn()).toBe(2000);
  });

  test('laptops do not come back all at once: the time is anything up to its bound, but never none at all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const wait = backOff(failures, random);
        expect(wait).toBeGreaterThanOrEqual(1000);
        expect(wait).toBeLessThanOrEqual(Math.max(1000, Math.min(15 * minute, 2000 * 2 ** (failures - 1))));
      }),
    );
  });

  test('a change goes with the next try and does not bring it forward', async () => {
    const sync = open();
    await sync.started(offline);
    for (let failures = 2; failures <= 6; failures += 1) {
      await sync.pass(sync.scheduler.nextIn() ?? 0);
      await sync.last().end(offline);
    }
    sync.scheduler.changed();
    expect(sync.scheduler.nextIn()).toBe(32_000);
  });

  test('a network that wants something first is looked at every minute', async () => {
    const sync = open();
    await sync.started(noCycle('paused', 'The network may ask for a login.'));
    for (let times = 2; times <= 4; times += 1) {
      expect(sync.scheduler.nextIn()).toBe(minute);
      await sync.pass(minute);
      expect(sync.cycles).toHaveLength(times);
      await sync.last().end(noCycle('paused', 'The network may ask for a login.'));
    }
  });

  test('nobody asks the server before the time it named: not by itself, not after a change, not by hand', async () => {
    const sync = open();
    await sync.started({ ...noCycle('paused', 'The server asks to wait.'), retryAfterMs: 20 * minute });
    expect(sync.scheduler.nextIn()).toBe(20 * minute);
    for (const reason of ['focus', 'resume', 'online'] as const) sync.scheduler.nudge(reason);
    sync.scheduler.changed();
    sync.scheduler.pause(true);
    sync.scheduler.pause(false);
    expect(sync.scheduler.nextIn()).toBe(20 * minute);
    await sync.pass(5 * minute);
    expect(await sync.scheduler.runNow()).toMatchObject({
      outcome: 'paused', error: 'The server asks to wait 900 more seconds.', retryAfterMs: 15 * minute,
    });
    expect(sync.cycles).toHaveLength(1);
    await sync.pass(15 * minute);
    expect(sync.cycles).toHaveLength(2);
  });
});

describe('paused by the person', () => {
  test('the running cycle is stopped and none begins by itself, but one by hand does; then it goes on at once', async () => {
    const sync = open();
    sync.scheduler.start();
    await sync.pass(timing.soon);
    sync.scheduler.pause(true);
    await sync.settle();
    expect(sync.told.at(-1)).toMatchObject({ outcome: 'cancelled', error: 'Paused by you.' });
    for (const reason of ['focus', 'resume', 'online'] as const) sync.scheduler.nudge(reason);
    sync.scheduler.changed();
    await sync.pass(60 * minute);
    expect(sync.cycles).toHaveLength(1);
    expect(sync.scheduler.nextIn()).toBeNull();
    const byHand = sync.scheduler.runNow();
    await sync.last().end();
    expect(await byHand).toEqual(done);
    expect(sync.scheduler.nextIn()).toBeNull();
    sync.scheduler.pause(false);
    await sync.pass(timing.soon);
    expect(sync.cycles).toHaveLength(3);
  });

  test('it stays so when the program is started again', async () => {
    const sync = open({ isPaused: true });
    sync.scheduler.start();
    await sync.pass(60 * minute);
    expect(sync.scheduler.isPaused()).toBe(true);
    expect(sync.cycles).toHaveLength(0);
  });
});

describe('the computer sleeps', () => {
  test('for days: one cycle comes afterwards, not one for each that was missed', async () => {
    const sync = open();
    await sync.started();
    await sync.sleep(3 * 24 * 60 * minute);
    sync.scheduler.nudge('resume');
    await sync.pass(30_000);
    expect(sync.cycles).toHaveLength(2);
  });

  test('during a cycle: what will get no answer is given up, and a cycle comes seconds later', async () => {
    const sync = open();
    sync.scheduler.start();
    await sync.pass(timing.soon);
    await sync.sleep(8 * 60 * minute);
    sync.scheduler.nudge('resume');
    await sync.settle();
    expect(sync.told.at(-1)).toMatchObject({ outcome: 'cancelled', error: 'The computer was asleep; sync resumes in a moment.' });
    expect(sync.scheduler.nextIn()).toBe(5500);
    await sync.pass(5500);
    expect(sync.cycles).toHaveLength(2);
  });
});

test('closing waits for the end of the running cycle, and nothing begins after it', async () => {
  const sync = open();
  const running = sync.scheduler.runNow();
  await sync.scheduler.close();
  expect(await running).toMatchObject({ outcome: 'cancelled', error: 'Fieldbook was closed.' });
  expect(sync.scheduler.isRunning()).toBe(false);
  expect(await sync.scheduler.runNow()).toMatchObject({ outcome: 'cancelled' });
  expect(sync.cycles).toHaveLength(1);
});
