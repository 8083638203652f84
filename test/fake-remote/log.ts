import type { RemoteOutcome, RemoteRequest } from './transport.ts';

/** A request as it was recorded. */
export interface LoggedRequest {
  /** Milliseconds since 1970. */
  at: number;
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  /** The JSON body; null where there is none. */
  body: unknown;
  /** Null where no answer was given. */
  status: number | null;
}

/** A record of requests and the status of their answers. */
export function createLog(clock: () => number) {
  const requests: LoggedRequest[] = [];
  return {
    requests,
    writes: (): LoggedRequest[] =>
      requests.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/auth/')),
    recording:
      (handle: (request: RemoteRequest) => RemoteOutcome) =>
      (request: RemoteRequest): RemoteOutcome => {
        const { method, path, headers } = request;
        const entry: LoggedRequest = { at: clock(), method, path, headers, body: jsonOf(request), status: null };
        requests.push(entry);
        const outcome = handle(request);
        if ('status' in outcome) entry.status = outcome.status;
        return outcome;
      },
  };
}

function jsonOf({ body }: RemoteRequest): unknown {
  if (!body || (body[0] !== 0x7b && body[0] !== 0x5b)) return null;
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
  } catch {
    return null;
  }
}
