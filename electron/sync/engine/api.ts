import { NetworkError, type TokenStore, type Transport, type TransportRequest, type TransportResponse, type World } from '../ports.ts';
import { isObject, parseJson, refusalOf } from '../wire/answer.ts';
import { createAuth } from './auth.ts';
import { cancelled, portal, RequestError, retryAfter, Stop } from './stop.ts';

/** An answer in JSON. Its status is below 500 and none of those that the whole cycle has to heed. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Null for an empty body. */
  json: unknown;
}

export interface Call {
  method: TransportRequest['method'];
  path: string;
  body?: string | Uint8Array | null;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

/** The server's API with a token: errors that concern the whole cycle are `Stop`s, those of one request `RequestError`s. */
export interface Api {
  call(request: Call): Promise<Answer>;
  /** The same without a token: before there is one. */
  plain(request: Call): Promise<Answer>;
  /** The answer as it comes, for rows and pictures; errors are told from it as in `call`. */
  open(request: Call): Promise<TransportResponse>;
  /** Waits before a request is repeated, longer each time; ends the cycle after the third error in a row. */
  pause(): Promise<void>;
  /** Ends the cycle after three errors of the network or the server in a row. */
  checkTroubles(): void;
  /** Since the beginning of the cycle. */
  counts(): { requests: number; writes: number };
  /** Milliseconds that the server's clock is ahead; null before it said. */
  clockOffset(): number | null;
  /** What the token in use says of its owner; null for one that says nothing. */
  claims(): Promise<Record<string, unknown> | null>;
}

export interface ApiDeps {
  transport: Transport;
  tokens: TokenStore;
  world: World;
  tenantId: string;
  /** Milliseconds that the server's clock was ahead when it last said. */
  clockOffsetMs?: number;
  signal: AbortSignal;
}

const troublesAtMost = 3;
const maxBody = 64 * 1024 * 1024;
const backOffMs = 2000;

export function createApi({ transport, tokens, world, tenantId, clockOffsetMs = 0, signal }: ApiDeps): Api {
  const counts = { requests: 0, writes: 0 };
  let troubles = 0;
  let clockOffset: number | null = null;
  const auth = createAuth({ tokens, world, ask: (request) => answerOf(send(request)), clockOffset: () => clockOffset ?? clockOffsetMs });

  /** One request as it is. Errors of the network are counted. */
  async function send({ method, path, body = null, headers = {}, ...rest }: Call): Promise<TransportResponse> {
    if (signal.aborted) throw cancelled();
    counts.requests += 1;
    const isWrite = method !== 'GET' && !path.startsWith('/api/auth/');
    if (isWrite) counts.writes += 1;
    try {
      const response = await transport({ method, path, headers, body, signal, ...rest });
      noteClock(response.headers);
      return { ...response, body: guarded(response.body) };
    } catch (error) {
      throw trouble(error);
    }
  }

  async function* guarded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw trouble(error);
    }
  }

  /** What an error of the transport means: the cycle's end, or one more failed request. */
  function trouble(error: unknown): unknown {
    if (signal.aborted) return cancelled();
    if (!(error instanceof NetworkError)) return error;
    if (error.kind === 'tls') return new Stop('paused', `The server's certificate was not accepted: ${error.message}`);
    if (error.kind === 'offline' && !error.sent) return new Stop('offline', error.message);
    troubles += 1;
    return new RequestError({ kind: 'transient', status: null, message: error.message, inDoubt: error.sent });
  }

  function noteClock({ date }: Record<string, string>): void {
    const at = Date.parse(date ?? '');
    if (!Number.isNaN(at)) clockOffset = at - world.now().getTime();
  }

  async function authorized(request: Call): Promise<TransportResponse> {
    const token = await auth.token();
    const first = await send(withToken(request, token));
    if (first.status !== 401) return first;
    await answerOf(Promise.resolve(first));
    return send(withToken(request, await auth.renew(token)));
  }

  const withToken = (request: Call, token: string): Call => ({
    ...request,
    headers: {
      accept: 'application/json',
      ...(typeof request.body === 'string' && { 'content-type': 'application/json' }),
      ...request.headers,
      authorization: `Bearer ${token}`,
      // Not known yet while one signs in with a token that does not tell.
      ...(tenantId !== '' && { 'Tenant-Id': tenantId }),
    },
  });

  async function answerOf(opened: Promise<TransportResponse>): Promise<Answer> {
    const response = await opened;
    return judge(response, await readText(response.body));
  }

  /** Sorts an answer whose body was read: what ends the cycle and what fails this request is thrown. */
  function judge({ status, headers }: TransportResponse, text: string): Answer {
    const json = parseJson(text);
    const wait = retryAfter(headers, world.now());
    if (status === 429 || (status === 503 && wait !== undefined)) {
      throw new Stop('paused', 'The server is busy and asks to wait.', wait ?? 60_000);
    }
    if (status === 511 || (status >= 300 && status < 400 && status !== 304)) throw portal();
    if (status >= 500 || status === 408 || status === 425) {
      troubles += 1;
      throw new RequestError({ ...refusalOf(status, json), kind: 'transient', status, inDoubt: true });
    }
    // A proxy may say in a page of its own that something is too large; any other page is not the server's.
    const isAboutSize = status === 413 || status === 414 || status === 431;
    if (json === undefined && !isAboutSize) {
      if (isPage(headers, text)) throw portal();
      troubles += 1;
      throw new RequestError({ kind: 'transient', status, message: 'The server’s answer was damaged on the way.', inDoubt: true });
    }
    troubles = 0;
    return { status, headers, json: json ?? null };
  }

  const api: Api = {
    async call(request) {
      const answer = await answerOf(authorized(request));
      if (answer.status === 401) throw new Stop('signedOut', 'The server no longer accepts the sign-in: please sign in again.');
      return answer;
    },
    plain: (request) => answerOf(send(request)),
    async open(request) {
      const response = await authorized(request);
      if (response.status !== 200) {
        const { status, json } = await answerOf(Promise.resolve(response));
        throw new RequestError({ ...refusalOf(status, json), kind: 'final', status, inDoubt: false });
      }
      return response;
    },
    async pause() {
      api.checkTroubles();
      try {
        await world.sleep(world.random() * backOffMs * 2 ** Math.max(0, troubles - 1), signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      if (signal.aborted) throw cancelled();
    },
    checkTroubles() {
      if (troubles >= troublesAtMost) throw new Stop('offline', 'The server cannot be reached, or answers with errors.');
    },
    counts: () => ({ ...counts }),
    clockOffset: () => clockOffset,
    claims: () => auth.claims(),
  };
  return api;
}

/** The whole body as text. */
async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    pieces.push(piece);
    size += piece.byteLength;
    if (size > maxBody) throw new RequestError({ kind: 'final', status: null, message: 'The server’s answer is too large.', inDoubt: true });
  }
  return Buffer.concat(pieces).toString();
}

function isPage(headers: Readonly<Record<string, string>>, text: string): boolean {
  return text.trimStart().startsWith('<') || !(headers['content-type'] ?? '').includes('json');
}

/** Calls again what failed through no fault of its own, until it works or the cycle has to end. */
export async function persistently<T>(api: Api, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RequestError) || error.failure.kind !== 'transient') throw error;
      // Good answers may come in between, as to signing in, and still this one never.
      if (tries === troublesAtMost) throw new Stop('offline', error.message);
      await api.pause();
    }
  }
}

/** The text of the server's refusal, for a person. */
export function wordsOf({ status, json }: Answer): string {
  return isObject(json) || status >= 400 ? refusalOf(status, json).message : 'The server’s answer is not in the expected form.';
}
