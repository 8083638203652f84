/** Keeps the newest state somewhere slow. */
export interface DraftSaver<T> {
  /** Saves this state at once, or, while another is being saved, right after it; states in between are skipped. */
  put(state: T): void;
  /** Resolves when nothing is being saved any more. */
  settled(): Promise<void>;
}

/**
 * Sends states to `save` one at a time, always ending with the newest.
 * `onResult` hears after each whether it was kept; a failed one is not repeated, the next change brings the next try.
 */
export function createDraftSaver<T>(
  save: (state: T) => Promise<void>,
  onResult: (kept: boolean) => void,
): DraftSaver<T> {
  let waiting: { state: T } | undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting) {
      const { state } = waiting;
      waiting = undefined;
      try {
        await save(state);
        onResult(true);
      } catch {
        onResult(false);
      }
    }
    running = undefined;
  }

  return {
    put(state) {
      waiting = { state };
      running ??= run();
    },
    settled: () => running ?? Promise.resolve(),
  };
}
