/** How long one slice of long work may hold the main thread, in milliseconds, where windows and programs wait for it. */
const sharedSliceMs = 5;
/** Where nobody waits: larger slices are fewer commits. */
export const loneSliceMs = 50;

/** Cuts long work so that windows and programs are answered in between. */
export interface Slices {
  /**
   * Hands the items out over as many calls of `work` as it takes. Each call gets a generator that yields items until
   * the slice's time is up; what a call has begun it must finish, so one transaction belongs in one call.
   */
  each<T>(items: readonly T[], work: (part: () => Generator<T>) => void, signal?: AbortSignal): Promise<void>;
}

export function createSlices(milliseconds: () => number = () => performance.now(), sliceMs = sharedSliceMs): Slices {
  return {
    async each(items, work, signal) {
      let index = 0;
      while (index < items.length) {
        signal?.throwIfAborted();
        const deadline = milliseconds() + sliceMs;
        work(function* part() {
          do yield items[index++] as (typeof items)[number];
          while (index < items.length && milliseconds() < deadline);
        });
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    },
  };
}
