import { setTimeout as wait } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { createCycle } from './engine/cycle.ts';
import { readOne, signIn, type Credentials, type SignedIn } from './engine/connect.ts';
import { createTransport, fetchForeign } from './engine/transport.ts';
import { connectThreads, type Port } from './thread-rpc.ts';
import type { CycleResult, RemoteRows, SyncBook, TokenStore, World } from './ports.ts';

/** What the host's thread offers to this one: the book, and the tokens of the account. */
export type HostSide = SyncBook & { loadTokens: TokenStore['load']; saveTokens: TokenStore['save'] };

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
  const own: WorkerSide = {
    cycle(origin, full) {
      abort = new AbortController();
      return createCycle({ book: host, tokens, transport: transportTo(origin), world, fetchForeign })({ full, signal: abort.signal });
    },
    cancel: () => abort.abort(),
    signIn: (origin, credentials) => signIn({ transport: transportTo(origin), world }, credentials),
    readOne: (origin, remoteId) => readOne({ book: host, tokens, transport: transportTo(origin), world, fetchForeign }, remoteId),
  };
  const { remote: host } = connectThreads<HostSide>(port, own);
  const tokens: TokenStore = { load: () => host.loadTokens(), save: (pair) => host.saveTokens(pair) };

  function transportTo(origin: string): ReturnType<typeof createTransport> {
    if (kept?.origin !== origin) {
      kept?.transport.close();
      kept = { origin, transport: createTransport(origin) };
    }
    return kept.transport;
  }
}
