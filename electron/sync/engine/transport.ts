import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { getCACertificates, TLSSocket } from 'node:tls';
import { NetworkError, type Transport, type TransportRequest, type TransportResponse } from '../ports.ts';
import { isPrivate, readOrigin } from './origin.ts';

export interface TransportOptions {
  /** [10 s] For reaching the server, in milliseconds. */
  connectMs?: number;
  /** [30 s] For the whole answer, and between two pieces of a long one. */
  totalMs?: number;
  /** [of the process] Where the proxy is named: `HTTPS_PROXY` and `NO_PROXY`. */
  environment?: NodeJS.ProcessEnv;
  /** [Node's and the system's] Who may sign the server's certificate. */
  authorities?: string[];
}

/**
 * Requests to one origin over connections that are kept, through the proxy of the environment, with the certificates that
 * the system trusts. Follows no redirect. A GET is repeated once when the connection it was given had been closed by then.
 */
export function createTransport(origin: string, options: TransportOptions = {}): Transport & { close(): void } {
  const base = new URL(readOrigin(origin));
  const agent = agentFor(base, options);
  const limits = { connectMs: options.connectMs ?? 10_000, totalMs: options.totalMs ?? 30_000 };
  const send = async (request: TransportRequest): Promise<TransportResponse> => {
    try {
      return await once(base, agent, request, limits);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      if (request.method !== 'GET') throw error.reason;
      return once(base, agent, request, limits);
    }
  };
  return Object.assign(send, { close: () => agent.destroy() });
}

/** Fetches a picture from anywhere over HTTPS, without a token. */
export async function fetchForeign(url: string, signal: AbortSignal): Promise<TransportResponse> {
  const place = new URL(url);
  if (!isPrivate(place)) throw new NetworkError('offline', false, `The picture's address is not an HTTPS address.`);
  const transport = createTransport(place.origin);
  try {
    const request = { method: 'GET' as const, path: place.pathname + place.search, headers: { accept: 'image/*' }, body: null, signal };
    const response = await transport(request);
    return { ...response, body: closing(response.status === 200 ? response.body : nothing(), transport) };
  } catch (error) {
    transport.close();
    throw error;
  }
}

async function* closing(body: AsyncIterable<Uint8Array>, transport: { close(): void }): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    transport.close();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The connection had been closed by the server before the request went out on it. */
class StaleConnection extends Error {
  readonly reason: NetworkError;

  constructor(reason: NetworkError) {
    super(reason.message);
    this.reason = reason;
  }
}

/** Plain HTTP is for this machine only, where no proxy has a part in it. */
function agentFor({ protocol }: URL, { environment = process.env, authorities }: TransportOptions): HttpAgent {
  const options = { keepAlive: true, maxSockets: 4 };
  if (protocol === 'http:') return new HttpAgent(options);
  return new HttpsAgent({ ...options, proxyEnv: environment, ca: authorities ?? trusted() });
}

let certificates: string[] | undefined;

/** Node's own list of authorities, and what the system trusts besides: an office may have its own. */
function trusted(): string[] {
  certificates ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  return certificates;
}

interface Limits {
  connectMs: number;
  totalMs: number;
}

/** What became known of a request on its way. */
interface State {
  isConnected: boolean;
  /** Why it was given up here. */
  problem: NetworkError | null;
  /** Who made the certificate of the server. */
  issuer: string | null;
}

function once(base: URL, agent: HttpAgent, call: TransportRequest, limits: Limits): Promise<TransportResponse> {
  const { method, path, headers, body, signal, timeoutMs = limits.totalMs } = call;
  const request = base.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = request({
      protocol: base.protocol, hostname: base.hostname.replace(/^\[|\]$/g, ''), port: base.port, method, path, agent, signal,
      timeout: limits.totalMs,
      headers: { ...headers, ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
    });
    const state: State = { isConnected: false, problem: null, issuer: null };
    const stop = (error: NetworkError) => {
      state.problem ??= error;
      outgoing.destroy(error);
    };
    const late = () => stop(timedOut(state.isConnected));
    const total = setTimeout(late, timeoutMs).unref();
    const connecting = setTimeout(late, limits.connectMs).unref();
    const connected = () => {
      state.isConnected = true;
      clearTimeout(connecting);
    };
    const ended = () => {
      clearTimeout(total);
      clearTimeout(connecting);
    };
    outgoing.on('timeout', late);
    outgoing.on('socket', (socket) => {
      if (!socket.connecting) connected();
      else socket.once(base.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
      // Before the certificate is judged: afterwards nobody can say any more whose it was.
      if (socket instanceof TLSSocket) socket.prependOnceListener('secure', () => (state.issuer = issuerOf(socket)));
    });
    outgoing.on('error', (error) => {
      ended();
      const problem = state.problem ?? networkError(error, state);
      reject(isStale(outgoing, error) ? new StaleConnection(problem) : problem);
    });
    outgoing.on('response', (incoming) => {
      resolve({ status: incoming.statusCode ?? 0, headers: flat(incoming), body: bodyOf(incoming, state, ended) });
    });
    outgoing.end(body ?? undefined);
  });
}

async function* bodyOf(
  incoming: IncomingMessage,
  state: State,
  ended: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of incoming) yield piece as Uint8Array;
    if (!incoming.complete) throw new Error('aborted');
  } catch (error) {
    throw state.problem ?? networkError(error, { ...state, isConnected: true });
  } finally {
    ended();
    incoming.destroy();
  }
}

function isStale(request: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]])),
  );
}

const timedOut = (sent: boolean) =>
  new NetworkError('timeout', sent, sent ? 'The server took too long to answer.' : 'The server could not be reached in time.');

const unreachable: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The server was not found: is there a network?',
  EAI_AGAIN: 'The server was not found: is there a network?',
  ECONNREFUSED: 'The server refuses connections.',
  ENETUNREACH: 'The server cannot be reached: is there a network?',
  EHOSTUNREACH: 'The server cannot be reached: is there a network?',
  ENETDOWN: 'The network is down.',
  EADDRNOTAVAIL: 'There is no network.',
  ERR_PROXY_TUNNEL: 'The proxy of this network does not let the connection through.',
};

/** What an error of a socket is called among us. */
function networkError(error: unknown, { isConnected, issuer }: State): NetworkError {
  const { code = '' } = error as NodeJS.ErrnoException;
  const offline = unreachable[code];
  if (offline !== undefined && !isConnected) return new NetworkError('offline', false, offline);
  if (/^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code)) {
    return new NetworkError('tls', false, tlsWords(code) + (issuer === null ? '' : ` (issued by ${issuer})`));
  }
  if (code === 'ETIMEDOUT' && !isConnected) return timedOut(false);
  return new NetworkError('reset', isConnected, 'The connection broke off.');
}

function tlsWords(code: string): string {
  if (code === 'CERT_HAS_EXPIRED') return 'it has expired';
  if (code === 'CERT_NOT_YET_VALID') return 'it is not valid yet, by the clock of this computer';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'it is for another server';
  return 'it is not trusted by this computer';
}

/** A filter of the office, most often. */
function issuerOf(socket: TLSSocket): string | null {
  // Without a certificate Node answers with an empty object.
  const { issuer } = socket.getPeerCertificate() as { issuer?: { O?: string | string[]; CN?: string | string[] } };
  return issuer ? String(issuer.O ?? issuer.CN ?? '') || null : null;
}
