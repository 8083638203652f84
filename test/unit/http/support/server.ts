import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Permission } from '../../../../shared/permissions.ts';
import { createDispatch, type Context, type Handlers } from '../../../../electron/dispatch.ts';
import { createEventHub } from '../../../../electron/events.ts';
import { createIdempotencyStore } from '../../../../electron/http/idempotency-store.ts';
import { createHttpServer, type HttpServerDeps } from '../../../../electron/http/server.ts';
import { openStore } from '../../../../electron/store/open.ts';
import { createSlices } from '../../../../electron/store/slices.ts';
import { digestOf, makeSecret } from '../../../../electron/tokens/secret.ts';
import { createTokenBook } from '../../../../electron/tokens/token-book.ts';

export const scope = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  organizationId: '22222222-2222-4222-8222-222222222222',
};
export const otherId = '99999999-9999-4999-8999-999999999999';
export const contactId = '33333333-3333-4333-8333-333333333333';

export interface Call {
  name: string;
  input: Record<string, unknown>;
  context: Context;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json<T = Record<string, unknown>>(): T;
}

export interface RequestOptions {
  token?: string | null;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
}

type Answers = { [N in keyof Handlers]?: (input: never, context: Context) => unknown };

export interface ServerOptions {
  /** What operations answer; one that is not given answers null. */
  handlers?: Answers;
  deps?: Partial<HttpServerDeps>;
}

/** A real server on a real port, with a real token book, over handlers that only note how they were called. */
export async function startServer({ handlers = {}, deps = {} }: ServerOptions = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'fieldbook http '));
  const store = openStore(directory, 'drizzle');
  const time = { now: Date.parse('2026-05-01T12:00:00.000Z') };
  const clock = () => new Date(time.now);
  const calls: Call[] = [];
  const logged: Record<string, unknown>[] = [];

  const answers = handlers as Record<string, (input: unknown, context: Context) => unknown>;
  const everyHandler = new Proxy({}, {
    get: (_target, name: string) => (input: Record<string, unknown>, context: Context) => {
      calls.push({ name, input, context });
      return (answers[name] ?? (() => null))(input, context);
    },
  }) as Handlers;

  const events = createEventHub((error) => logged.push({ error }));
  const tokens = createTokenBook({
    store, clock, defer: (work) => work(),
    report: (error) => {
      throw error;
    },
  });
  let writes = 0;
  const ownerSecret = makeSecret();
  const owners = new Map([[digestOf(ownerSecret), 'ui']]);
  const codes = new Map([['one-time', ownerSecret]]);
  const server = await createHttpServer({
    dispatch: createDispatch(everyHandler),
    tokens,
    owners,
    claimWindowCode: (code) => {
      const token = codes.get(code);
      codes.delete(code);
      return token;
    },
    profile: () => scope,
    events,
    head: () => 0,
    changes: () => (writes += 1),
    turns: createSlices(),
    idempotency: createIdempotencyStore({ store, clock, newId: randomUUID }),
    version: '1.2.3',
    log: { error: (line: object) => void logged.push({ ...line }) } as never,
    logRequest: (line) => void logged.push({ ...line }),
    clock,
    ...deps,
  });
  const { port, url } = await server.listen(0);
  onTestFinished(async () => {
    await server.close();
    store.close();
    rmSync(directory, { recursive: true });
  });

  const tokenFor = (permissions: Permission[], rate = 0) =>
    tokens.create({ name: `token ${tokens.list().length}`, permissions, rate }).secret;
  const all = tokenFor(['ALL_ORG_VIEW', 'ALL_ORG_EDIT']);

  /** One request on a connection of its own. `token: null` sends none; the default may view and edit. */
  function ask(method: string, path: string, { token = all, headers = {}, body }: RequestOptions = {}): Promise<Answer> {
    const sent: Record<string, string | string[]> = {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, method, path, headers: sent, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, headers: received, text, json: () => JSON.parse(text) });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Sends these bytes and answers everything that comes back until the connection is closed. */
  function sendRaw(bytes: string | Uint8Array): Promise<string> {
    return new Promise((resolve) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => (received += chunk.toString('latin1')));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(received));
    });
  }

  return { server, port, url, ask, sendRaw, calls, logged, tokens, tokenFor, all, ownerSecret, owners, events, time, store };
}

export type TestServer = Awaited<ReturnType<typeof startServer>>;
