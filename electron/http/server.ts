import { createServer, IncomingMessage } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { Dispatch } from '../dispatch.ts';
import { placeOf } from '../error-place.ts';
import type { EventHub } from '../events.ts';
import type { Log, RequestLine } from '../log.ts';
import type { Turns } from '../store/slices.ts';
import type { TokenBook } from '../tokens/token-book.ts';
import { createApp } from './app.ts';
import { createConnections, type Connections } from './connections.ts';
import type { HttpContext } from './context.ts';
import { createGuard, type Guard } from './guard.ts';
import type { IdempotencyStore } from './idempotency-store.ts';
import { defaultLimits, type HttpLimits } from './limits.ts';
import { LoggedResponse } from './logged-response.ts';
import { answerMalformed, refuse, refuseBody } from './malformed.ts';
import { createPlainReads } from './plain-reads.ts';
import { createRateLimiter } from './rate-limiter.ts';
import type { Scope } from './scope.ts';
import { createSessions } from './sessions.ts';

const host = '127.0.0.1';
/**
 * How long requests on their way may take to end when the server stops, in milliseconds. What takes longer is an upload or a
 * download that waits for its client; all of a stop has to be over within two seconds.
 */
const closingTime = 600;

export interface HttpServerDeps {
  dispatch: Dispatch;
  tokens: TokenBook;
  /** SHA-256 digests (hex) of the tokens of windows and commands, with the actor each stands for. */
  owners: ReadonlyMap<string, string>;
  /** False while only windows and commands are served, and no token; without it tokens always are. */
  servesPrograms?: (() => boolean) | undefined;
  /** The owner's token for a single-use code, once. */
  claimWindowCode: (code: string) => string | undefined;
  profile: () => Scope;
  events: EventHub;
  /** The sequence number of the newest change. */
  head: () => number;
  /** How much was ever written to the book; the same number again means that nothing was. */
  changes: () => number;
  /** How reads share the thread with windows and with long work. */
  turns: Turns;
  idempotency: IdempotencyStore;
  /** The built page, served at `/`; absent where no browser window is wanted. */
  rendererDir?: string | undefined;
  version: string;
  log: Pick<Log, 'error'>;
  logRequest: (line: RequestLine) => void;
  clock: () => Date;
  limits?: Partial<HttpLimits> | undefined;
}

export interface HttpServer {
  /**
   * Listens on 127.0.0.1; port 0 picks a free one. Where it listened before, it then stops, without being waited for:
   * whoever asked for the move over HTTP still gets the answer. Throws `unavailable` when the port is taken, and
   * nothing has changed.
   */
  listen(port: number): Promise<{ port: number; url: string }>;
  /** Ends event streams, lets running requests finish for a moment, closes every connection. May listen again. */
  close(): Promise<void>;
}

interface Running {
  server: Server;
  connections: Connections;
}

/** The REST server: a guard before everything, then a route for each operation of the table. */
export async function createHttpServer(deps: HttpServerDeps): Promise<HttpServer> {
  const limits: HttpLimits = { ...defaultLimits, ...deps.limits };
  const limiter = createRateLimiter(deps.clock);
  const run = randomBytes(6).toString('base64url');
  const nextId = createIds(run);
  const context: HttpContext = {
    ...deps,
    limits,
    limiter,
    bookTag: () => `W/"${run}.${deps.changes()}"`,
    sessions: createSessions({ ...deps, limiter, wrongTokensPerMinute: limits.wrongTokensPerMinute }),
    report: (error) => deps.log.error(placeOf(error), 'request failed'),
  };
  const plainReads = createPlainReads(context);
  const app = await createApp(context, {
    version: deps.version,
    rendererDir: deps.rendererDir,
  });
  let running: Running | undefined;

  async function stop({ server, connections }: Running): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    app.endStreams();
    connections.closeWhenIdle();
    const late = new AbortController();
    await Promise.race([closed, delay(closingTime, undefined, { signal: late.signal })]);
    late.abort();
    connections.closeAll();
    await closed;
  }

  /** The answer that each connection waits for. */
  const pending = new WeakMap<Socket, LoggedResponse>();

  function serve(guard: Guard, connections: Connections) {
    function onClose(this: LoggedResponse): void {
      const { req: request } = this;
      connections.end(request.socket);
      if (pending.get(request.socket) === this) pending.delete(request.socket);
      if (!request.complete) drain(request, limits.lingerTimeout);
      deps.logRequest({
        requestId: this.requestId,
        method: request.method,
        route: this.route,
        status: this.statusCode,
        ms: Math.round((performance.now() - this.startedAt) * 10) / 10,
      });
    }
    return (request: IncomingMessage, response: LoggedResponse) => {
      response.requestId = nextId();
      response.startedAt = performance.now();
      response.on('close', onClose);
      connections.begin(request.socket);
      pending.set(request.socket, response);
      const refusal = guard(request.rawHeaders, request.url ?? '');
      if (refusal) refuse(response, refusal, response.requestId);
      else if (!plainReads(request, response)) app.routing(request, response);
    };
  }

  return {
    async listen(port) {
      const connections = createConnections(limits.connections);
      const server = createServer({
        IncomingMessage,
        ServerResponse: LoggedResponse,
        maxHeaderSize: limits.headerBytes,
        headersTimeout: limits.headersTimeout,
        // Routes with a small body have a shorter time of their own.
        requestTimeout: limits.uploadTimeout,
        keepAliveTimeout: limits.keepAliveTimeout,
        connectionsCheckingInterval: Math.min(1000, limits.headersTimeout / 4),
        // Without a Host the guard refuses, with a body that says so.
        requireHostHeader: false,
        insecureHTTPParser: false,
        noDelay: true,
      });
      server.maxRequestsPerSocket = 100_000;
      server.on('connection', (socket) => connections.add(socket));
      server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
        const response = pending.get(socket);
        if (!socket.writable || error.code === 'ECONNRESET' || response?.headersSent) socket.destroy();
        else if (response) refuseBody(response, error.code);
        else answerMalformed(socket, error.code, nextId());
      });
      server.on('connect', (_request, socket) => answerMalformed(socket, undefined, nextId()));
      await listenOn(server, port);
      const { port: actual } = server.address() as AddressInfo;
      const onRequest = serve(createGuard(actual), connections);
      server.on('request', onRequest);
      // The routes say when they want the body: see `app.ts`.
      server.on('checkContinue', onRequest);
      server.on('checkExpectation', (_request, response) =>
        refuse(response, new AppError('invalid', 'Expect is not understood'), nextId()),
      );
      const former = running;
      running = { server, connections };
      if (former) void stop(former);
      return { port: actual, url: `http://${host}:${actual}` };
    },

    async close() {
      const former = running;
      running = undefined;
      if (former) await stop(former);
    },
  };
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError('unavailable', `Port ${port} is used by another program. Choose another one with --port, or in the settings.`)
          : new AppError('unavailable', `The API cannot listen on port ${port} (${error.code}).`),
      );
    });
    server.listen(port, host, resolve);
  });
}

/** Reads away what is left of a body that nobody wants, so that the client gets to its answer; not forever. */
function drain(request: IncomingMessage, timeout: number): void {
  request.unpipe();
  request.resume();
  setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, timeout).unref();
}

/** Request ids: unique within a run and, as each run has its own name, across runs. */
function createIds(run: string): () => string {
  let count = 0;
  return () => `${run}-${(count += 1).toString(36)}`;
}
