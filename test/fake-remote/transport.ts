/** One call to the fake remote: what a socket would carry. Names of headers as sent: a guard looks at their case. */
export interface RemoteRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
}

/** One answer. Header names are in lower case. */
export interface RemoteResponse {
  status: number;
  headers: Record<string, string>;
  /** Long lists are an iterable of pieces, which may be read more than once. */
  body: string | Uint8Array | Iterable<string> | null;
  /** The answer arrives this much later. */
  delayMs?: number;
  /** The body is cut short of its Content-Length. */
  truncated?: true;
}

/** No answer: `drop` closes the connection, `reset` resets it, `timeout` never says anything. */
export interface RemoteFailure {
  failure: 'drop' | 'reset' | 'timeout';
}

export type RemoteOutcome = RemoteResponse | RemoteFailure;

/** The bytes of an answer's body, pieces joined. */
export function bodyBytes(body: RemoteResponse['body']): Buffer {
  if (body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.from([...body].join(''));
}
