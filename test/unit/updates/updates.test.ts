import { beforeEach, describe, expect, test } from 'vitest';
import { createEventHub } from '../../../electron/events.ts';
import { installRefusal, type Ongoing } from '../../../electron/updates/install-refusal.ts';
import { createUpdates, updateTiming, type Updater } from '../../../electron/updates/updates.ts';
import type { UpdateChannel, UpdateChoice } from '../../../shared/operations/book.ts';
import { syncStates } from '../../../shared/operations/sync.ts';
import { owner } from '../support/book.ts';

const idle: Ongoing = { sync: { state: 'synced' }, imports: [{ status: 'done' }] };

let asked: UpdateChannel[];
let answer: () => Promise<string | null>;
let installed: number;
let planned: { milliseconds: number; run: () => void } | undefined;
let choice: UpdateChoice;
let ongoing: Ongoing;
beforeEach(() => {
  asked = [];
  answer = () => Promise.resolve(null);
  installed = 0;
  planned = undefined;
  choice = 'off';
  ongoing = idle;
});

const updaterOfTests: Updater = {
  fetch(channel) {
    asked.push(channel);
    return answer();
  },
  install: () => void (installed += 1),
};

function open(updater: Updater | undefined = updaterOfTests) {
  const events = createEventHub(() => undefined);
  const updates = createUpdates({
    updater, events, choice: () => choice, ongoing: () => ongoing, now: () => '2026-11-23T10:00:00.000Z', log: { warn: () => undefined },
    timer(milliseconds, run) {
      const mine = { milliseconds, run };
      planned = mine;
      return () => void (planned = planned === mine ? undefined : planned);
    },
  });
  const context = { caller: owner, file: undefined };
  const { handlers } = updates;
  return {
    close: () => updates.close(),
    status: async () => handlers['update.status']({}, context),
    check: async () => handlers['update.check']({}, context),
    install: async () => handlers['update.install']({}, context),
    choose: (next: UpdateChoice) => {
      choice = next;
      events.publish({ type: 'settings' });
    },
  };
}

describe('looking for a newer version', () => {
  test('never happens before a person has said so, not even when asked to look now', async () => {
    const { check, status } = open();
    expect(planned).toBeUndefined();
    await expect(check()).rejects.toMatchObject({ kind: 'conflict', message: 'Updates are off: choose a channel first' });
    expect(asked).toEqual([]);
    expect(await status()).toMatchObject({ state: 'off' });
  });

  test('happens a minute after the start, then once a day', async () => {
    choice = 'stable';
    const { status } = open();
    expect(planned?.milliseconds).toBe(updateTiming.afterStart);
    planned?.run();
    await expect.poll(() => planned?.milliseconds).toBe(updateTiming.every);
    expect(asked).toEqual(['stable']);
    expect(await status()).toEqual({ state: 'newest', version: null, lookedAt: '2026-11-23T10:00:00.000Z', problem: null });
  });

  test('begins at once when a channel is chosen, and ends when updates are turned off', async () => {
    const { choose, status } = open();
    choose('beta');
    await expect.poll(() => planned?.milliseconds).toBe(updateTiming.every);
    expect(asked).toEqual(['beta']);
    choose('off');
    await expect.poll(() => planned).toBeUndefined();
    expect(asked).toEqual(['beta']);
    expect(await status()).toMatchObject({ state: 'off' });
  });

  test('says in one line why it failed, and tries again within the hour', async () => {
    choice = 'stable';
    answer = () => Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED\n    at AppUpdater.check (main.js:1)'));
    const { check } = open();
    expect(await check()).toMatchObject({ state: 'failed', problem: 'net::ERR_INTERNET_DISCONNECTED' });
    expect(planned?.milliseconds).toBe(updateTiming.afterFailure);
  });

  test('what is found in a channel that was left meanwhile is not offered', async () => {
    choice = 'beta';
    const found = Promise.withResolvers<string>();
    answer = () => found.promise;
    const { check, choose, status } = open();
    const checking = check();
    await expect.poll(() => asked).toEqual(['beta']);
    answer = () => Promise.resolve(null);
    choose('stable');
    found.resolve('0.2.0-beta.1');
    await checking;
    await expect.poll(() => asked).toEqual(['beta', 'stable']);
    await expect.poll(status).toMatchObject({ state: 'newest', version: null });
  });

  test('is not offered where the program is not updated by itself', async () => {
    choice = 'stable';
    const events = createEventHub(() => undefined);
    const { handlers } = createUpdates({
      updater: undefined, events, choice: () => choice, ongoing: () => idle, now: () => '', log: { warn: () => undefined },
      timer: () => expect.fail('nothing is planned'),
    });
    const context = { caller: owner, file: undefined };
    expect(handlers['update.status']({}, context)).toMatchObject({ state: 'unsupported' });
    await expect(handlers['update.check']({}, context)).rejects.toMatchObject({ message: 'This Fieldbook does not update itself' });
  });

  test('stops with the book', async () => {
    choice = 'stable';
    const { close } = open();
    close();
    expect(planned).toBeUndefined();
  });
});

describe('restarting into a newer version', () => {
  beforeEach(() => {
    choice = 'stable';
    answer = () => Promise.resolve('0.2.0');
  });

  test('waits until a person asks for it', async () => {
    const { check, install } = open();
    expect(await check()).toMatchObject({ state: 'ready', version: '0.2.0' });
    expect(installed).toBe(0);
    await install();
    expect(installed).toBe(1);
  });

  test('is refused when there is none', async () => {
    await expect(open().install()).rejects.toMatchObject({ kind: 'conflict' });
    expect(installed).toBe(0);
  });

  test('is refused in the middle of a sync or an import, and done afterwards', async () => {
    const { check, install } = open();
    await check();
    ongoing = { ...idle, sync: { state: 'syncing' } };
    await expect(install()).rejects.toMatchObject({ kind: 'conflict', message: 'Fieldbook is syncing. Restart it when that is done.' });
    ongoing = { ...idle, imports: [{ status: 'done' }, { status: 'running' }] };
    await expect(install()).rejects.toMatchObject({ kind: 'conflict', message: 'An import is running. Restart Fieldbook when it is done.' });
    expect(installed).toBe(0);
    ongoing = idle;
    await install();
    expect(installed).toBe(1);
  });

  test.each(syncStates)('sync that is %s stands in its way only while it runs', (state) => {
    expect(installRefusal({ sync: { state }, imports: [] }) !== null).toBe(state === 'syncing');
  });
});
