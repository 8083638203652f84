import { expect } from 'vitest';
import { createSyncBook, type SyncBookDeps } from '../../../../electron/sync/book/book.ts';
import { createCycle, type CycleDeps } from '../../../../electron/sync/engine/cycle.ts';
import { NetworkError, type CycleResult, type Tokens, type TokenStore, type Transport } from '../../../../electron/sync/ports.ts';
import type { Edits } from '../../../../electron/contacts/edits.ts';
import type { ContactRecord } from '../../../../electron/contacts/record.ts';
import { createFakeRemote, type FakeRemote } from '../../../fake-remote/remote.ts';
import { bodyBytes } from '../../../fake-remote/transport.ts';
import type { RemoteOptions } from '../../../fake-remote/world.ts';
import { openTestBook } from '../../support/book.ts';
import { checkBook } from '../book/invariants.ts';

export const origin = 'http://remote.test';
const start = Date.parse('2026-11-23T09:00:00.000Z');

/** One clock for the server and all laptops; it moves only when it is told to, and while somebody sleeps. */
export function createClock() {
  let at = start;
  const slept: number[] = [];
  return {
    now: () => at,
    slept,
    pass(milliseconds: number) {
      at += milliseconds;
    },
    sleep: (milliseconds: number, signal: AbortSignal): Promise<void> => {
      signal.throwIfAborted();
      slept.push(milliseconds);
      at += milliseconds;
      return Promise.resolve();
    },
  };
}

export type Clock = ReturnType<typeof createClock>;

export function createOffice(options: RemoteOptions = {}) {
  const clock = createClock();
  const remote = createFakeRemote({ clock: clock.now, ...options });
  return { clock, remote };
}

/** Requests go to the fake server directly; what it does not answer is an error of the network. */
export function directTransport(remote: FakeRemote): Transport {
  return async ({ method, path, headers, body, signal }) => {
    signal.throwIfAborted();
    const outcome = remote.handle({ method, path, headers, body: typeof body === 'string' ? Buffer.from(body) : body });
    if ('failure' in outcome) throw new NetworkError(outcome.failure === 'timeout' ? 'timeout' : 'reset', true, 'The connection broke off.');
    const bytes = bodyBytes(outcome.body);
    async function* read() {
      // In pieces, as from a socket.
      for (let from = 0; from < bytes.byteLength; from += 1000) yield await Promise.resolve(bytes.subarray(from, from + 1000));
      if (outcome && 'truncated' in outcome) throw new NetworkError('reset', true, 'The connection broke off.');
    }
    return { status: outcome.status, headers: outcome.headers, body: read() };
  };
}

export function createTokenStore(tokens: Tokens | null) {
  let kept = tokens;
  const saved: Tokens[] = [];
  const store: TokenStore = {
    load: async () => kept,
    save: async (pair) => {
      kept = pair;
      saved.push(pair);
    },
  };
  return { ...store, saved, kept: () => kept, replace: (pair: Tokens | null) => (kept = pair) };
}

/** Signs in at the server, unrecorded. */
export function signedIn(remote: FakeRemote, { email, password }: { email: string; password: string } = remote.directory.admin): Tokens {
  const body = Buffer.from(JSON.stringify({ email, password }));
  const before = remote.requests.length;
  const outcome = remote.handle({ method: 'POST', path: '/api/auth/login', headers: { 'content-type': 'application/json' }, body });
  remote.requests.length = before;
  if ('failure' in outcome) throw new Error('no answer to signing in');
  const { token, refresh_token } = JSON.parse(bodyBytes(outcome.body).toString()) as { token: string; refresh_token: string };
  return { access: token, refresh: refresh_token };
}

export interface LaptopOptions {
  office: { clock: Clock; remote: FakeRemote };
  account?: { email: string; password: string };
  dataDir?: string;
  transport?: (over: Transport) => Transport;
  cycle?: Partial<Omit<CycleDeps, 'book'>>;
  book?: Partial<SyncBookDeps>;
  /** [true] */
  link?: boolean;
}

/** A laptop: a real book, linked to the server, with the real engine. */
export async function openLaptop({ office, account, dataDir, transport = (over) => over, cycle, book: more, link = true }: LaptopOptions) {
  const { clock, remote } = office;
  let side: ReturnType<typeof createSyncBook> | undefined;
  const book = openTestBook({
    ...(dataDir === undefined ? {} : { dataDir }),
    clock: () => new Date(clock.now()),
    queue: (...change) => side?.queue(...change),
  });
  const sync = (side = createSyncBook({ ...book, random: () => 0.5, announceLists: () => undefined, ...more }));
  const tokens = createTokenStore(signedIn(remote, account));
  const world = { now: () => new Date(clock.now()), random: () => 0.5, sleep: clock.sleep };
  const run = createCycle({ book: sync, tokens, transport: transport(directTransport(remote)), world, ...cycle });
  const { tenantId, organizationId } = remote.directory;
  if (link) {
    await sync.link({
      url: origin, tenantId, organizationId, organizationName: 'Head office', userName: 'Ann', dialect: { server: 'gauzy', clientIds: true },
    });
  }
  const step = (label: string) => ({ actor: 'ui', label, state: 'done' as const });
  const laptop = {
    ...book,
    sync,
    tokens,
    /** A cycle as the schedule begins one, or a full one. */
    cycle: (full = false, signal = new AbortController().signal): Promise<CycleResult> => run({ full, signal }),
    /** A full cycle that must come to its end. */
    async settle(): Promise<CycleResult> {
      const result = await laptop.cycle(true);
      expect(result).toMatchObject({ outcome: 'done' });
      return result;
    },
    create: (name: string, edits: Edits = {}): ContactRecord =>
      book.writer.run(step('Created'), (edit) => edit.create({ ...edits, scalars: { name, ...edits.scalars } })),
    edit: (id: string, edits: Edits): void => {
      book.writer.run(step('Edited'), (edit) => edit.update(need(edit.find(id)), edits));
    },
    remove: (id: string): void => {
      book.writer.run(step('Deleted'), (edit) => edit.setDeleted(need(edit.find(id)), true));
    },
    restore: (id: string): void => {
      book.writer.run(step('Restored'), (edit) => edit.setDeleted(need(edit.find(id)), false));
    },
    contact: (id: string): ContactRecord => need(book.reader.find(id)),
    names: (): string[] =>
      book.store.db.prepare('select name from contact where deleted_at is null order by name').pluck().all() as string[],
    check: () => expect(checkBook(book.store)).toEqual([]),
    close() {
      expect(checkBook(book.store)).toEqual([]);
      book.close();
    },
  };
  return laptop;
}

export type Laptop = Awaited<ReturnType<typeof openLaptop>>;

function need(record: ContactRecord | undefined): ContactRecord {
  if (!record) throw new Error('there is no such contact');
  return record;
}

/** Requests about one contact, or of one kind. */
export const about = (id: string) => (request: { path: string }) => request.path.includes(id);
export const isWrite = ({ method, path }: { method: string; path: string }) => method !== 'GET' && !path.startsWith('/api/auth/');
export const isList = ({ path }: { path: string }) => path.includes('/pagination') || path.includes('organization-contact?data=');
