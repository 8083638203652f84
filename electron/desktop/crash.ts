/** Crashes that are counted together, in milliseconds. */
const together = 60_000;
/** So many of them are a loop. */
const loop = 3;
/** Windows that share a process crash together: that is one crash, however many they are. */
const atOnce = 100;
/** How long a window waits before its page is loaded again; doubled for each crash that came shortly before. */
const firstDelay = 250;

export type AfterCrash =
  | { do: 'reload'; afterMs: number }
  /** Turn off what runs beside the windows, then load the page again. */
  | { do: 'safeMode' }
  /** Safe mode did not help: ask the person. */
  | { do: 'ask' };

/**
 * Decides what follows a crash of a page. Crashes within a minute count together: the first two load the page again,
 * the third enters safe mode, a third one in safe mode asks. `now` is a clock that is never set back, in milliseconds.
 */
export function createCrashPolicy(now: () => number, startsInSafeMode: boolean): () => AfterCrash {
  let recent: number[] = [];
  let safeMode = startsInSafeMode;
  return () => {
    const at = now();
    recent = recent.filter((earlier) => at - earlier < together);
    if (at - (recent.at(-1) ?? -Infinity) >= atOnce) recent.push(at);
    if (recent.length < loop) return { do: 'reload', afterMs: firstDelay * 2 ** (recent.length - 1) };
    recent = [];
    if (safeMode) return { do: 'ask' };
    safeMode = true;
    return { do: 'safeMode' };
  };
}
