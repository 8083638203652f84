import type { CycleResult, RunCycle } from './ports.ts';

/** Milliseconds. */
export const timing = {
  every: 5 * 60_000,
  /** How much earlier or later than `every`, so that many laptops do not come at once. */
  jitter: 60_000,
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
}

/** When to sync: by itself, after changes, after failures, and by hand; never two cycles at once. */
export interface Scheduler {
  start(): void;
  nudge(reason: Nudge): void;
  /** Something was changed here. */
  changed(): void;
  /** A full cycle now; joins one that is running. */
  runNow(): Promise<CycleResult>;
  /** Stops the running cycle between two steps. */
  cancel(): void;
  pause(paused: boolean): void;
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
  let planned: { at: number; cancel: () => void } | undefined;
  let firstChangeAt: number | undefined;
  let failures = 0;
  /** The server's own word: not before this, whoever asks. */
  let notBefore = 0;
  let endedAt = -Infinity;
  let paused = false;
  let closed = false;

  function plan(milliseconds: number): void {
    planned?.cancel();
    planned = undefined;
    if (closed || paused || running || !deps.isReady()) return;
    const at = Math.max(monotonic() + milliseconds, notBefore);
    planned = {
      at,
      cancel: timer(at - monotonic(), () => {
        planned = undefined;
        if (deps.isReady() && !paused && !closed) void run(false);
      }),
    };
  }

  /** Sooner than planned, never later, and never sooner than a back-off allows. */
  function planSooner(milliseconds: number): void {
    if (running) return;
    if (!planned || planned.at > monotonic() + milliseconds) plan(milliseconds);
  }

  function run(full: boolean): Promise<CycleResult> {
    planned?.cancel();
    planned = undefined;
    firstChangeAt = undefined;
    const abort = new AbortController();
    const done = deps.runCycle({ full, signal: abort.signal }).then((result) => {
      running = undefined;
      ended(result);
      return result;
    });
    running = { full, abort, done };
    deps.onCycle(null);
    return done;
  }

  function ended(result: CycleResult): void {
    endedAt = monotonic();
    if (result.retryAfterMs !== undefined) notBefore = endedAt + result.retryAfterMs;
    failures = result.outcome === 'offline' ? failures + 1 : 0;
    deps.onCycle(result);
    switch (result.outcome) {
      case 'done':
      case 'cancelled':
        plan(timing.every + (random() * 2 - 1) * timing.jitter);
        if (firstChangeAt !== undefined) planSooner(timing.afterChange);
        break;
      case 'offline':
        plan(backOff(failures, random()));
        break;
      case 'paused':
        plan(timing.probe);
        break;
      case 'signedOut':
        break;
    }
  }

  return {
    start: () => plan(random() * timing.backOffBase),
    nudge(reason) {
      if (reason === 'focus' && (failures > 0 || monotonic() - endedAt < timing.focusAge)) return;
      if (reason !== 'focus') failures = 0;
      const [least, most] = timing.afterResume;
      planSooner(reason === 'resume' ? least + random() * (most - least) : random() * timing.backOffBase);
    },
    changed() {
      const at = monotonic();
      firstChangeAt ??= at;
      // After a failure the back-off decides; what was changed goes with the cycle that comes then.
      if (running || failures > 0) return;
      const wait = Math.min(timing.afterChange, Math.max(0, firstChangeAt + timing.afterChangeAtMost - at));
      // Each change puts it off a little, but a cycle that is due sooner for another reason stays.
      if (!planned || planned.at > at) plan(wait);
    },
    async runNow() {
      while (running) {
        const { full, done } = running;
        const result = await done;
        if (full) return result;
      }
      const wait = notBefore - monotonic();
      if (wait > 0) {
        return {
          outcome: 'paused', pulled: 0, pushed: 0, deleted: 0, requests: 0, writes: 0, retryAfterMs: wait,
          error: `The server asks to wait ${Math.ceil(wait / 1000)} more seconds.`,
        };
      }
      return run(true);
    },
    cancel: () => running?.abort.abort(),
    pause(next) {
      paused = next;
      if (next) {
        planned?.cancel();
        planned = undefined;
        running?.abort.abort();
      } else {
        plan(random() * timing.backOffBase);
      }
    },
    isRunning: () => running !== undefined,
    isPaused: () => paused,
    nextIn: () => (planned ? Math.max(0, planned.at - monotonic()) : null),
    async close() {
      closed = true;
      planned?.cancel();
      planned = undefined;
      running?.abort.abort();
      await running?.done.catch(() => undefined);
    },
  };
}

/** Full jitter: anything from nothing up to a bound that doubles with each failure, but not nothing at all. */
export function backOff(failures: number, random: number): number {
  const bound = Math.min(timing.backOffCap, timing.backOffBase * 2 ** (failures - 1));
  return Math.max(timing.backOffBase / 2, random * bound);
}
