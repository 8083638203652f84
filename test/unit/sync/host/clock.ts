import type { SchedulerDeps } from '../../../../electron/sync/scheduler.ts';

interface Timer {
  at: number;
  callback: () => void;
}

/** A clock that stands still unless moved, with the timers set on it. */
export function createTimers() {
  let at = 0;
  let timers: Timer[] = [];

  /** Lets promises and messages that are on their way arrive. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  const clock: Pick<SchedulerDeps, 'monotonic' | 'random' | 'timer'> = {
    monotonic: () => at,
    random: () => 0.5,
    timer(milliseconds, callback) {
      const timer = { at: at + milliseconds, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };

  return {
    clock,
    settle,
    now: () => at,
    /** Time goes by; what is due on the way happens at its time. */
    async pass(milliseconds: number): Promise<void> {
      const until = at + milliseconds;
      for (;;) {
        const [next] = timers.filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        at = Math.max(at, next.at);
        next.callback();
        await settle();
      }
      at = until;
      await settle();
    },
    /** The computer sleeps: no timer runs meanwhile, all that are due run when it wakes up. */
    async sleep(milliseconds: number): Promise<void> {
      at += milliseconds;
      const due = timers.filter((timer) => timer.at <= at);
      timers = timers.filter((timer) => timer.at > at);
      for (const { callback } of due) callback();
      await settle();
    },
  };
}

export type Timers = ReturnType<typeof createTimers>;
