import { setTimeout as wait } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { placeOf } from '../error-place.ts';
import { createCycle } from './engine/cycle.ts';
import { readOne, signIn, type Credentials, type SignedIn } from './engine/connect.ts';
import { createTransport, fetchForeign } from './engine/transport.ts';
import { connectThreads, type Port } from './thread-rpc.ts';
import type { CycleResult, RemoteRows, SyncBook, TokenStore, World } from './ports.ts';

/** What the host's thread offers to this one: the book, and the tokens of the account. */
export type HostSide = SyncBook & {
  loadTokens: TokenStore['load'];
  saveTokens: TokenStore['save'];
  /** Where in this thread something went wrong that nobody foresaw. */
  noteFault: (place: object) => void;
};

/** What this thread does for the host. */
export interface WorkerSide {
  cycle(origin: string, full: boolean): Promise<CycleResult>;
  cancel(): void;
  signIn(origin: string, credentials: Credentials): Promise<SignedIn>;
  readOne(origin: string, remoteId: string): Promise<RemoteRows | null>;
}

if (parentPort) serve(parentPort);

function serve(port: Port): void {
  const world: World = {
    now: () => new Date(),
    random: Math.random,
    sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  };
  let abort = new AbortController();
  let kept: { origin: string; transport: ReturnType<typeof createTransport> } | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** What uses the account's tokens is done one after the other: each may have to renew them. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  const own: WorkerSide = {
    cycle(origin, full) {
      abort = new AbortController();
      const { signal } = abort;
      return inTurn(() => createCycle({ book: host, tokens, transport: transportTo(origin), world, fetchForeign })({ full, signal }));
    },
    cancel: () => abort.abort(),
    async signIn(origin, credentials) {
      // To another server, perhaps, while a cycle is running.
      const transport = createTransport(origin);
      try {
        return await signIn({ transport, world }, credentials);
      } finally {
        transport.close();
      }
    },
    readOne: (origin, remoteId) =>
      inTurn(() => readOne({ book: host, tokens, transport: transportTo(origin), world, fetchForeign }, remoteId)),
  };
  const { remote: host } = connectThreads<HostSide>(port, own, (error) => void host.noteFault(placeOf(error)).catch(() => undefined));
  const tokens: TokenStore = { load: () => host.loadTokens(), save: (pair) => host.saveTokens(pair) };

  function transportTo(origin: string): ReturnType<typeof createTransport> {
    if (kept?.origin !== origin) {
      kept?.transport.close();
      kept = { origin, transport: createTransport(origin) };
    }
    return kept.transport;
  }
}
