import { NetworkError, type Transport, type TransportRequest, type TransportResponse, type World } from '../../electron/sync/ports.ts';
import type { FakeRemote } from '../fake-remote/remote.ts';
import { bodyBytes, type RemoteOutcome, type RemoteRequest, type RemoteResponse } from '../fake-remote/transport.ts';
import { choose } from './steps.ts';

/** A request between a replica and the server, or a replica that sleeps: each waits for the simulation to go on with it. */
interface Pending {
  replica: number;
  /** Of the replica: a crashed one is not there any more to hear an answer. */
  life: number;
  /** Milliseconds of the simulated clock. */
  since: number;
  /** In the server's order of things. */
  leftAt: number;
  phase: 'out' | 'back' | 'asleep';
  request?: TransportRequest;
  outcome?: RemoteOutcome;
  resolve: (response: TransportResponse | undefined) => void;
  reject: (error: Error) => void;
}

/** What the server did for whom, in order: the witness looks here. */
export interface Served {
  /** Place in the order of everything that changes or reads the server. */
  at: number;
  /** When it left: what its sender had read by then is all it knew. */
  leftAt: number;
  replica: number;
  method: string;
  path: string;
  /** Of a request that writes. */
  body: Record<string, unknown> | null;
  status: number;
  answer: string;
  /** Whether the answer arrived. */
  heard: boolean;
}

export interface Network {
  transport(replica: number, life: number): Transport;
  world(replica: number, life: number, random: () => number): World;
  /** Goes on with one thing that waits: it arrives, or something goes wrong with it. */
  step(who: number, how: number, luck: number): void;
  /** Everything waiting goes on, and nothing goes wrong. True when there was something. */
  settleOne(): boolean;
  /** After the clock has moved: what has waited too long is given up by its replica. */
  expire(luck: number): void;
  /** A replica is no more; what it sent may still arrive. */
  forget(replica: number): void;
  waiting(): number;
  served: Served[];
  /** The server's own order of things: to be counted on by whoever else changes it. */
  tick(): number;
  /** Contacts a copy of whose request arrived late: what it did to them nobody could have prevented. */
  struckByLateCopy: Set<string>;
}

const limitMs = 30_000;

export interface NetworkOptions {
  remote: FakeRemote;
  clock: { now: () => number };
  /** How much goes wrong: 0 nothing, 1 as on a bad day. */
  weather: number;
}

type Mishap = { answer: RemoteResponse } | { fault: 'emptyList' | 'databaseDown' | 'messageIn2xx' | { total: number } } | 'drop' | 'copy' | 'redirect';

const json = (status: number, body: unknown, headers: Record<string, string> = {}): RemoteResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

const mishaps: readonly Mishap[] = [
  'drop', 'drop', 'drop',
  { answer: json(500, { statusCode: 500, message: 'Internal server error' }) },
  { answer: json(502, '') },
  { answer: json(503, { statusCode: 503, message: 'Service Unavailable' }, { 'retry-after': '7' }) },
  { answer: json(429, { statusCode: 429, message: 'ThrottlerException: Too Many Requests' }, { 'retry-after': '20' }) },
  { answer: json(400, { statusCode: 400, message: 'deadlock detected', error: 'Bad Request' }) },
  { answer: json(403, { statusCode: 403, message: 'Forbidden resource', error: 'Forbidden' }) },
  { answer: json(413, { statusCode: 413, message: 'request entity too large' }) },
  { answer: json(422, { statusCode: 422, message: ['notes is not welcome'], error: 'Unprocessable Entity' }) },
  { answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome to the hotel</html>' } },
  'redirect',
  { fault: 'emptyList' },
  { fault: 'databaseDown' },
  { fault: 'messageIn2xx' },
  { fault: { total: 1 } },
  'copy',
];

export function createNetwork({ remote, clock, weather }: NetworkOptions): Network {
  let pending: Pending[] = [];
  let lateCopies: RemoteRequest[] = [];
  const served: Served[] = [];
  const struckByLateCopy = new Set<string>();
  let order = 0;
  const tick = () => (order += 1);

  function arrive({ replica, request, leftAt }: Pending): Served & { outcome: RemoteOutcome } {
    const asked = toRemote(request as TransportRequest);
    const outcome = remote.handle(asked);
    const record: Served = {
      at: tick(),
      leftAt,
      replica,
      method: asked.method,
      path: asked.path,
      body: readBody(asked),
      status: 'failure' in outcome ? 0 : outcome.status,
      answer: 'failure' in outcome || asked.method !== 'GET' ? '' : bodyBytes(outcome.body).toString(),
      heard: false,
    };
    served.push(record);
    return Object.assign(record, { outcome });
  }

  function goOut(item: Pending, mishap: Mishap | undefined): void {
    item.phase = 'back';
    if (mishap === undefined || mishap === 'copy') {
      if (mishap === 'copy' && item.request && item.request.method !== 'GET') lateCopies.push(toRemote(item.request));
      item.outcome = arrive(item).outcome;
    } else if (mishap === 'drop') {
      finish(item, () => item.reject(new NetworkError('reset', true, 'socket hang up')));
    } else if (mishap === 'redirect') {
      item.outcome = { status: 302, headers: { location: 'http://login.hotel.example/', 'content-type': 'text/html' }, body: '' };
    } else if ('answer' in mishap) {
      item.outcome = mishap.answer;
    } else {
      const takeAway = remote.faults.add({ do: mishap.fault });
      item.outcome = arrive(item).outcome;
      takeAway();
    }
  }

  function comeBack(item: Pending, lost: boolean, cut: boolean): void {
    const { outcome } = item;
    finish(item, () => {
      if (lost || outcome === undefined || 'failure' in outcome) {
        item.reject(new NetworkError('reset', true, 'socket hang up'));
        return;
      }
      const record = served.findLast((one) => one.replica === item.replica && one.path === item.request?.path);
      if (record && !cut) record.heard = true;
      item.resolve({ status: outcome.status, headers: outcome.headers, body: read(outcome, cut) });
    });
  }

  function finish(item: Pending, how: () => void): void {
    pending = pending.filter((one) => one !== item);
    if (item.life >= 0) how();
  }

  function deliverLateCopy(): void {
    const copy = lateCopies.shift();
    if (!copy) return;
    const id = /organization-contact\/([0-9a-f-]{36})/.exec(copy.path)?.[1] ?? (readBody(copy)?.['id'] as string | undefined);
    if (id !== undefined) struckByLateCopy.add(id);
    remote.handle(copy);
    tick();
  }

  return {
    served,
    tick,
    struckByLateCopy,
    transport: (replica, life) => (request) =>
      new Promise((resolve, reject) => {
        const item: Pending = {
          replica, life, since: clock.now(), leftAt: tick(), phase: 'out', request, reject,
          resolve: resolve as Pending['resolve'],
        };
        pending.push(item);
        request.signal.addEventListener('abort', () => {
          if (!pending.includes(item)) return;
          const sent = item.phase === 'back';
          finish(item, () => reject(new NetworkError('reset', sent || request.method !== 'GET', 'aborted')));
        });
      }),
    world: (replica, life, random) => ({
      now: () => new Date(clock.now()),
      random,
      sleep: () =>
        new Promise<void>((resolve, reject) => {
          pending.push({ replica, life, since: clock.now(), leftAt: order, phase: 'asleep', resolve: () => resolve(), reject });
        }),
    }),
    step(who, how, luck) {
      const item = choose(pending, who);
      if (!item) return;
      if (item.phase === 'asleep') finish(item, () => item.resolve(undefined));
      else if (item.phase === 'out') goOut(item, luck < 0.14 * weather ? choose(mishaps, how) : undefined);
      else comeBack(item, luck < 0.08 * weather, luck > 1 - 0.02 * weather);
      if (luck > 0.5 && luck < 0.52) deliverLateCopy();
    },
    settleOne() {
      const item = pending[0];
      if (!item) return false;
      if (item.phase === 'asleep') finish(item, () => item.resolve(undefined));
      else if (item.phase === 'out') goOut(item, undefined);
      else comeBack(item, false, false);
      return true;
    },
    expire(luck) {
      for (const item of pending.filter(({ since, phase }) => phase !== 'asleep' && clock.now() - since > limitMs)) {
        // A request that was given up may have arrived all the same.
        if (item.phase === 'out' && luck < 0.5) arrive(item);
        finish(item, () => item.reject(new NetworkError('timeout', true, 'no answer within 30 seconds')));
      }
    },
    forget(replica) {
      for (const item of pending.filter((one) => one.replica === replica)) item.life = -1;
      pending = pending.filter((one) => one.replica !== replica || one.phase === 'out');
    },
    waiting: () => pending.length,
  };
}

function toRemote({ method, path, headers, body }: TransportRequest): RemoteRequest {
  return { method, path, headers, body: typeof body === 'string' ? Buffer.from(body) : body };
}

function readBody({ body, headers }: RemoteRequest): Record<string, unknown> | null {
  if (body === null || !/json/.test(headers['content-type'] ?? headers['Content-Type'] ?? '')) return null;
  return JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;
}

async function* read(outcome: RemoteResponse, cut: boolean): AsyncGenerator<Uint8Array> {
  const bytes = bodyBytes(outcome.body);
  yield await Promise.resolve(cut ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes);
  if (cut) throw new NetworkError('reset', true, 'the body was cut short');
}
