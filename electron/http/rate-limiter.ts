const minute = 60_000;
/** The largest integer of a structured header: what is announced when there is no limit. */
export const unlimited = 999_999_999_999_999;

export interface RateVerdict {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the count starts again. */
  reset: number;
}

/** Counts what each key does in windows of a minute. A limit of 0 is none. */
export type RateLimiter = (key: string, limit: number) => RateVerdict;

export function createRateLimiter(clock: () => Date): RateLimiter {
  const windows = new Map<string, { startedAt: number; count: number }>();

  return (key, limit) => {
    if (limit === 0) return { allowed: true, limit: unlimited, remaining: unlimited, reset: 60 };
    const now = clock().getTime();
    let window = windows.get(key);
    if (!window || now - window.startedAt >= minute || now < window.startedAt) {
      window = { startedAt: now, count: 0 };
      windows.set(key, window);
    }
    const allowed = window.count < limit;
    if (allowed) window.count += 1;
    const reset = Math.ceil((window.startedAt + minute - now) / 1000);
    return { allowed, limit, remaining: limit - window.count, reset };
  };
}
