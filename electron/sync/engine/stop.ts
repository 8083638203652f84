import type { CycleResult, Failure } from '../ports.ts';

/** Ends a cycle before its end: with what the person is told, and how long to wait where the server says so. */
export class Stop extends Error {
  readonly outcome: Exclude<CycleResult['outcome'], 'done'>;
  readonly retryAfterMs: number | undefined;

  constructor(outcome: Stop['outcome'], message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'Stop';
    this.outcome = outcome;
    this.retryAfterMs = retryAfterMs;
  }
}

/** One request that did not succeed; the others may. */
export class RequestError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'RequestError';
    this.failure = failure;
  }
}

/** How often a network that wants something first, or a server in trouble, is looked at again. */
export const probeMs = 60_000;

export const cancelled = () => new Stop('cancelled', 'Stopped by you.');

/** Somebody else answers in the server's place: a network that wants a login, or a proxy. */
export const portal = () =>
  new Stop('paused', 'The network answers instead of the server: it may ask for a login in a browser first.', probeMs);

export const serverTrouble = () => new Stop('paused', 'The server is having trouble: it cannot reach its own data.', probeMs);

const hourMs = 3_600_000;

/**
 * How long a server asks to wait, in milliseconds, at most an hour: `Retry-After` in seconds, or as a date, which is
 * compared with the answer's own `Date` so that a wrong clock here does not matter. Undefined where it does not say.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, now: Date): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.min(hourMs, Math.max(0, seconds * 1000));
  const until = Date.parse(text);
  if (Number.isNaN(until)) return undefined;
  const at = Date.parse(headers.date ?? '');
  return Math.min(hourMs, Math.max(0, until - (Number.isNaN(at) ? now.getTime() : at)));
}

/** What becomes of a contact whose request was answered with an error. */
export function kindOf(status: number): Failure['kind'] {
  if (status >= 500 || status === 408 || status === 425) return 'transient';
  return status === 400 ? 'refused' : 'final';
}
