import { HttpError } from './errors.ts';
import type { World } from './world.ts';

interface Counter {
  hits: number;
  until: number;
  blocked: boolean;
}

/** Counts requests per route within a window of time, as the server's limiter does when it is on. */
export function createThrottle(world: World) {
  const counters = new Map<string, Counter>();

  /** The `X-RateLimit-*` headers of an answer. @throws HttpError 429 over the limit */
  return (route: string): Record<string, string> => {
    const { throttle, clock } = world.settings;
    if (!throttle) return {};
    const { limit, ttlMs } = route === 'POST /api/auth/login' ? { limit: 5, ttlMs: 60_000 } : throttle;
    const now = clock();
    let counter = counters.get(route);
    if (!counter || counter.until <= now)
      counters.set(route, (counter = { hits: 0, until: now + ttlMs, blocked: false }));
    counter.hits += 1;
    if (counter.hits > limit && !counter.blocked) Object.assign(counter, { blocked: true, until: now + ttlMs });
    const seconds = String(Math.ceil((counter.until - now) / 1000));
    if (counter.blocked) throw new TooManyRequests(seconds);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(limit - counter.hits),
      'x-ratelimit-reset': seconds,
    };
  };
}

/** 429, which alone of the errors has a header of its own. */
export class TooManyRequests extends HttpError {
  readonly retryAfter: string;

  constructor(retryAfter: string) {
    super(429, { statusCode: 429, message: 'ThrottlerException: Too Many Requests' });
    this.retryAfter = retryAfter;
  }
}
