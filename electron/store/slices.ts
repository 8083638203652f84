/** How long one slice of long work may hold the main thread, in milliseconds, where windows and programs wait for it. */
const sharedSliceMs = 5;
/** Where nobody waits: larger slices are fewer commits. */
export const loneSliceMs = 50;

/** Cuts long work so that windows and programs are answered in between. Jobs that run at once take turns. */
export interface Slices {
  /**
   * Hands the items out over as many calls of `work` as it takes. Each call gets a generator that yields items until
   * the slice's time is up; what a call has begun it must finish, so one transaction belongs in one call.
   */
  each<T>(items: readonly T[], work: (part: () => Generator<T>) => void, signal?: AbortSignal): Promise<void>;
}

/** What slices are made of, for work that is no list of items. */
export interface Turns {
  /** Waits for the caller's turn to work for one slice; the answer tells whether the slice has time left. */
  turn(): Promise<() => boolean>;
}

export function createSlices(milliseconds: () => number = () => performance.now(), sliceMs = sharedSliceMs): Slices & Turns {
  const waiting: ((hasTime: () => boolean) => void)[] = [];

  // Only one in each pass of the event loop: Node runs all callbacks of `setImmediate` before it looks for messages.
  function giveTurn(): void {
    const begin = waiting.shift();
    if (waiting.length > 0) setImmediate(giveTurn);
    const deadline = milliseconds() + sliceMs;
    begin?.(() => milliseconds() < deadline);
  }

  function turn(): Promise<() => boolean> {
    return new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(giveTurn);
    });
  }

  return {
    turn,
    async each(items, work, signal) {
      let index = 0;
      while (index < items.length) {
        const hasTime = await turn();
        signal?.throwIfAborted();
        work(function* part() {
          do yield items[index++] as (typeof items)[number];
          while (index < items.length && hasTime());
        });
      }
    },
  };
}
