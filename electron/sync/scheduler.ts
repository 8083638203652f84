import type { CycleResult, RunCycle } from './ports.ts';

/** Milliseconds. */
export const timing = {
  every: 5 * 60_000,
  /** How much earlier or later than `every`, so that many laptops do not come at once. */
  jitter: 60_000,
  /** A cycle that is wanted now begins within this time, for the same reason. */
  soon: 2000,
  afterChange: 2000,
  /** The longest that a person who goes on typing puts off the sending. */
  afterChangeAtMost: 30_000,
  afterResume: [1000, 10_000],
  backOffBase: 2000,
  backOffCap: 15 * 60_000,
  /** How often a network that wants something first is looked at. */
  probe: 60_000,
  /** A window that comes to the front asks again only if the last cycle is older. */
  focusAge: 60_000,
} as const;

export type Nudge = 'focus' | 'resume' | 'online';

export interface SchedulerDeps {
  runCycle: RunCycle;
  /** Whether there is a server and somebody is signed in to it. */
  isReady: () => boolean;
  /** Milliseconds that only grow: a clock set back does not matter. */
  monotonic: () => number;
  random: () => number;
  /** Calls back later; returns the way to call it off. */
  timer: (milliseconds: number, callback: () => void) => () => void;
  /** After each cycle, and when one begins (null). */
  onCycle: (result: CycleResult | null) => void;
  /** As it was left by an earlier run of the program. */
  isPaused: boolean;
}

/** When to sync: by itself, after changes, after failures, and by hand; never two cycles at once. */
export interface Scheduler {
  start(): void;
  nudge(reason: Nudge): void;
  /** Something was changed here. */
  changed(): void;
  /** A full cycle now; joins one that is running. What was done while one waited for it is counted as well. */
  runNow(): Promise<CycleResult>;
  /** Stops the running cycle between two steps; the reason becomes its error. */
  cancel(reason: string): void;
  pause(paused: boolean): void;
  /** Stops the running cycle, then does the work; no cycle begins before its end. Forgets back-offs: the server may be another. */
  betweenCycles<T>(reason: string, work: () => Promise<T>): Promise<T>;
  isRunning(): boolean;
  isPaused(): boolean;
  /** Milliseconds until the next cycle begins by itself; null when none will. */
  nextIn(): number | null;
  /** Stops for good; answers when the running cycle has ended. */
  close(): Promise<void>;
}

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { monotonic, random, timer } = deps;
  let running: { full: boolean; abort: AbortController; done: Promise<CycleResult> } | undefined;
  let planned: { at: number; forChange: boolean; cancel: () => void } | undefined;
  let firstChangeAt: number | undefined;
  /** When the computer woke up during a cycle: how long to wait after that cycle's end. */
  let afterWaking: number | undefined;
  let failures = 0;
  /** The server's own word: not before this, whoever asks. */
  let notBefore = 0;
  let endedAt = -Infinity;
  let paused = deps.isPaused;
  let closed = false;
  /** Work between cycles that is waiting or being done, one after the other. */
  let holds = 0;
  let held: Promise<unknown> = Promise.resolve();

  const mayRun = (): boolean => !closed && !paused && holds === 0 && deps.isReady();

  function unplan(): void {
    planned?.cancel();
    planned = undefined;
  }

  function plan(milliseconds: number, forChange = false): void {
    unplan();
    if (running || !mayRun()) return;
    const at = Math.max(monotonic() + milliseconds, notBefore);
    const begin = () => {
      planned = undefined;
      if (mayRun()) void run(false);
    };
    planned = { at, forChange, cancel: timer(at - monotonic(), begin) };
  }

  /** Sooner than planned, never later, and never sooner than the server allows. */
  function planSooner(milliseconds: number): void {
    if (!planned || planned.at > monotonic() + milliseconds) plan(milliseconds);
  }

  const soon = (): number => random() * timing.soon;

  function run(full: boolean): Promise<CycleResult> {
    unplan();
    firstChangeAt = undefined;
    afterWaking = undefined;
    const abort = new AbortController();
    const done = deps.runCycle({ full, signal: abort.signal }).then((result) => {
      running = undefined;
      return ended(result.outcome === 'cancelled' && abort.signal.aborted ? { ...result, error: String(abort.signal.reason) } : result);
    });
    running = { full, abort, done };
    deps.onCycle(null);
    return done;
  }

  function ended(result: CycleResult): CycleResult {
    endedAt = monotonic();
    if (result.retryAfterMs !== undefined) notBefore = endedAt + result.retryAfterMs;
    failures = result.outcome === 'offline' ? failures + 1 : 0;
    planNext(result.outcome);
    deps.onCycle(result);
    return result;
  }

  function planNext(outcome: CycleResult['outcome']): void {
    switch (outcome) {
      case 'done':
      case 'cancelled':
        plan(afterWaking ?? timing.every + (random() * 2 - 1) * timing.jitter);
        if (firstChangeAt !== undefined) planSooner(timing.afterChange);
        break;
      case 'offline':
        plan(backOff(failures, random()));
        break;
      case 'paused':
        plan(timing.probe);
        break;
      case 'signedOut':
        unplan();
        break;
    }
  }

  return {
    start: () => plan(soon()),
    nudge(reason) {
      if (reason === 'focus' && (failures > 0 || monotonic() - endedAt < timing.focusAge)) return;
      if (reason !== 'focus') failures = 0;
      const [least, most] = timing.afterResume;
      const wait = reason === 'resume' ? least + random() * (most - least) : soon();
      if (!running) planSooner(wait);
      else if (reason === 'resume') {
        // What was on its way when the computer fell asleep will get no answer.
        afterWaking = wait;
        running.abort.abort('The computer was asleep; sync resumes in a moment.');
      }
    },
    changed() {
      if (!mayRun()) return;
      const at = monotonic();
      firstChangeAt ??= at;
      // After a failure the back-off decides; what was changed goes with the cycle that comes then.
      if (running || failures > 0) return;
      const wait = Math.min(timing.afterChange, Math.max(0, firstChangeAt + timing.afterChangeAtMost - at));
      // Each change puts the sending off a little, but a cycle that is due sooner for another reason stays.
      if (!planned || planned.forChange || planned.at > at + wait) plan(wait, true);
    },
    async runNow() {
      let before: CycleResult | undefined;
      while (running || holds > 0) {
        if (!running) {
          await held;
          continue;
        }
        const { full, done } = running;
        const result = await done;
        // Who stops a cycle stops it for all who wait for one.
        if (full || result.outcome === 'cancelled') return inAll(before, result);
        before = inAll(before, result);
      }
      if (closed) return noCycle('cancelled', 'Fieldbook is being closed.');
      const wait = notBefore - monotonic();
      if (wait > 0) {
        return inAll(before, { ...noCycle('paused', `The server asks to wait ${Math.ceil(wait / 1000)} more seconds.`), retryAfterMs: wait });
      }
      return inAll(before, await run(true));
    },
    cancel: (reason) => running?.abort.abort(reason),
    pause(next) {
      paused = next;
      if (next) {
        unplan();
        running?.abort.abort('Paused by you.');
      } else {
        plan(soon());
      }
    },
    betweenCycles(reason, work) {
      holds += 1;
      unplan();
      const turn = held.then(async () => {
        try {
          if (running) {
            running.abort.abort(reason);
            await running.done;
          }
          return await work();
        } finally {
          failures = 0;
          notBefore = 0;
          holds -= 1;
          plan(soon());
        }
      });
      held = turn.catch(() => undefined);
      return turn;
    },
    isRunning: () => running !== undefined,
    isPaused: () => paused,
    nextIn: () => (planned && mayRun() ? Math.max(0, planned.at - monotonic()) : null),
    async close() {
      closed = true;
      unplan();
      running?.abort.abort('Fieldbook was closed.');
      await running?.done;
    },
  };
}

/** How the last of two cycles ended, and what was done in both. */
function inAll(before: CycleResult | undefined, last: CycleResult): CycleResult {
  if (!before) return last;
  const { pulled, pushed, deleted, requests, writes } = before;
  return {
    ...last, pulled: last.pulled + pulled, pushed: last.pushed + pushed, deleted: last.deleted + deleted,
    requests: last.requests + requests, writes: last.writes + writes,
  };
}

/** The answer where no cycle was begun. */
export function noCycle(outcome: CycleResult['outcome'], error: string): CycleResult {
  return { outcome, pulled: 0, pushed: 0, deleted: 0, requests: 0, writes: 0, error };
}

/** Full jitter: anything from nothing up to a bound that doubles with each failure, but not nothing at all. */
export function backOff(failures: number, random: number): number {
  const bound = Math.min(timing.backOffCap, timing.backOffBase * 2 ** (failures - 1));
  return Math.max(timing.backOffBase / 2, random * bound);
}
