const baseMs = 2_000;
const capMs = 15 * 60_000;
/** Nothing waits longer than this, in milliseconds: a later time was written under a clock that has been set right since. */
export const longestWaitMs = capMs;
/** Between two tries of a record that the server refuses: five of them are spread over ten minutes at least. */
const refusedMs = 150_000;
const maxRefusals = 5;

/** How long to wait after the nth failure in a row that says nothing of the record, in milliseconds: with full jitter. */
export function backoffMs(failures: number, random: () => number): number {
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** (failures - 1)));
}

/** How long to wait after the nth refusal in a row, in milliseconds; null when it was refused often enough to be parked. */
export function refusalMs(refusals: number, random: () => number): number | null {
  return refusals >= maxRefusals ? null : Math.round(refusedMs * (1 + random() / 5));
}

/** Whether a status says something of the record, rather than of the network or the server. */
export function isRefusal(status: number | null): boolean {
  return status !== null && status < 500 && status !== 408 && status !== 425 && status !== 429;
}
