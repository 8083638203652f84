import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCounts } from '../../electron/contacts/counts.ts';
import type { Edits } from '../../electron/contacts/edits.ts';
import { createContactReader } from '../../electron/contacts/reader.ts';
import type { ContactRecord } from '../../electron/contacts/record.ts';
import { createContactWriter } from '../../electron/contacts/writer.ts';
import { createImages } from '../../electron/images/images.ts';
import { createJournal } from '../../electron/journal/journal.ts';
import { createLists, insertTag } from '../../electron/lists/lists.ts';
import { openProfile } from '../../electron/profile.ts';
import type { Slices } from '../../electron/store/slices.ts';
import { openStore, type Store } from '../../electron/store/open.ts';
import { createSyncBook } from '../../electron/sync/book/book.ts';
import { createCycle } from '../../electron/sync/engine/cycle.ts';
import type { LocalSide } from '../../electron/sync/local-side.ts';
import type { CycleResult, RemoteRow, RemoteRows, SyncBook, Tokens } from '../../electron/sync/ports.ts';
import type { Rules } from '../../electron/sync/rules.ts';
import { AppError } from '../../shared/errors.ts';
import { migrationsDir } from '../unit/support/book.ts';
import type { Network } from './network.ts';
import { idMaker, type Random } from './random.ts';

/** A laptop of the simulated office: the real book, the real engine, and a person. */
export interface Replica {
  readonly number: number;
  readonly name: string;
  store(): Store;
  book(): SyncBook & LocalSide;
  /** Live contacts and those in the trash, by id. */
  contacts(): ContactRecord[];
  trashed(): ContactRecord[];
  tagsOf(record: ContactRecord): string[];
  create(edits: Edits): ContactRecord;
  edit(record: ContactRecord, edits: Edits): void;
  remove(record: ContactRecord): void;
  restore(record: ContactRecord): void;
  tags(): readonly { id: string; name: string }[];
  tagIdsOf(record: ContactRecord): string[];
  addTag(name: string): string;
  /** Begins a cycle unless one runs. */
  beginCycle(full: boolean): void;
  isBusy(): boolean;
  /** The last cycle that came to an end since this was asked last. */
  takeResult(): CycleResult | undefined;
  /** kill -9, and the program started again. */
  crash(): void;
  /** The next transaction of sync meets a full disk. */
  fillDisk(): void;
  signIn(tokens: Tokens): void;
  /** Hashes of contents that the server has really answered, by its id. */
  readonly seenContents: Map<string, Set<string>>;
  close(): void;
}

export interface ReplicaOptions {
  number: number;
  folder: string;
  /** A profile that has been opened once: to copy is quicker than to migrate. */
  template: string;
  clock: { now: () => number };
  random: Random;
  network: Network;
  rules: Rules;
  tokens: Tokens;
}

/** Slices for a world without threads: all at once. */
const wholeSlices: Slices = {
  each(items, work) {
    if (items.length > 0) {
      work(function* part() {
        yield* items;
      });
    }
    return Promise.resolve();
  },
};

export function createReplica(options: ReplicaOptions): Replica {
  const { number, folder, clock, random, network, rules } = options;
  const dataDir = join(folder, `replica-${number}`);
  mkdirSync(dataDir, { recursive: true });
  copyFileSync(join(options.template, 'fieldbook.db'), join(dataDir, 'fieldbook.db'));
  const newId = idMaker(random);
  const now = () => new Date(clock.now()).toISOString();
  const seenContents = new Map<string, Set<string>>();
  let tokens = options.tokens;
  let life = 0;
  let isDiskFull = false;
  let part = open();
  let cycle: { abort: AbortController } | undefined;
  let result: CycleResult | undefined;
  let broke: unknown;

  function open() {
    const store = failing(openStore(dataDir, migrationsDir), () => {
      const fails = isDiskFull;
      isDiskFull = false;
      return fails;
    });
    const profile = openProfile(store, now, newId);
    const lists = createLists(store, profile);
    const journal = createJournal(store);
    const counts = createCounts(store);
    const reader = createContactReader(store, lists, profile);
    const images = createImages(store, now, newId);
    const region = () => 'DE';
    const deps = { store, journal, lists, counts, reader, images, profile, now, newId, region, slices: wholeSlices };
    let queue: Parameters<typeof createContactWriter>[0]['queue'];
    const writer = createContactWriter({ ...deps, announce: () => undefined, queue: (...change) => queue?.(...change) });
    const book = createSyncBook({ ...deps, writer, random: () => random.next(), announceLists: () => undefined, rules });
    queue = book.queue;
    return { store, lists, journal, reader, writer, book };
  }

  const step = (label: string) => ({ actor: 'ui', label, state: 'done' as const });
  const rows = (where: string) =>
    (part.store.db.prepare(`select id from contact where ${where} order by no`).pluck().all() as string[]).flatMap(
      (id) => part.reader.find(id) ?? [],
    );

  const tagIdsOf = (record: ContactRecord) => part.writer.run({ ...step(''), state: 'aside' }, (edit) => edit.idsOf(record, 'tags'));

  /** A call of a program that was killed is never answered, and one of a running program tells what the server said. */
  function asSeenBy(ofLife: number): SyncBook {
    const { book } = part;
    return new Proxy(book, {
      get(target, method: keyof SyncBook) {
        const run = target[method] as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          if (ofLife !== life) return new Promise(() => undefined);
          for (const argument of args) if (isRows(argument)) for (const row of argument.rows) remember(row);
          return run(...args);
        };
      },
    });
  }

  function remember(row: RemoteRow): void {
    const seen = seenContents.get(row.remoteId) ?? new Set<string>();
    seenContents.set(row.remoteId, seen.add(row.hash));
  }

  return {
    number,
    name: `laptop ${number}`,
    seenContents,
    store: () => part.store,
    book: () => part.book,
    contacts: () => rows('deleted_at is null'),
    trashed: () => rows('deleted_at is not null'),
    tagsOf: (record) => tagIdsOf(record).map((id) => part.lists.tags.all().find((tag) => tag.id === id)?.name ?? id).sort(),
    create: (edits) => part.writer.run(step('Created'), (edit) => edit.create(edits)),
    edit: ({ id }, edits) =>
      part.writer.run(step('Edited'), (edit) => {
        const record = edit.find(id);
        if (record && record.deletedAt === null) edit.update(record, edits);
      }),
    remove: ({ id }) =>
      part.writer.run(step('Deleted'), (edit) => {
        const record = edit.find(id);
        if (record) edit.setDeleted(record, true);
      }),
    restore: ({ id }) =>
      part.writer.run(step('Restored'), (edit) => {
        const record = edit.find(id);
        if (record) edit.setDeleted(record, false);
      }),
    tags: () => part.lists.tags.all(),
    tagIdsOf,
    addTag(name) {
      const id = newId();
      const at = now();
      part.store.statement(insertTag).run({
        id, createdAt: at, updatedAt: at, name, color: '#228be6', textColor: null, icon: null, description: null,
      });
      part.lists.refresh();
      return id;
    },
    beginCycle(full) {
      if (cycle) return;
      const abort = new AbortController();
      const ofLife = life;
      cycle = { abort };
      const run = createCycle({
        book: asSeenBy(ofLife),
        tokens: {
          load: () => (ofLife === life ? Promise.resolve(tokens) : new Promise(() => undefined)),
          save(pair) {
            if (ofLife !== life) return new Promise(() => undefined);
            tokens = pair;
            return Promise.resolve();
          },
        },
        transport: network.transport(number, ofLife),
        world: network.world(number, ofLife, () => random.next()),
        rules,
      });
      void run({ full, signal: abort.signal }).then(
        (ended) => {
          if (ofLife !== life) return;
          cycle = undefined;
          result = ended;
        },
        (error: unknown) => {
          if (ofLife !== life) return;
          cycle = undefined;
          if (!isDiskFullError(error)) broke = error;
        },
      );
    },
    isBusy: () => cycle !== undefined,
    takeResult() {
      if (broke !== undefined) throw broke;
      const taken = result;
      result = undefined;
      return taken;
    },
    crash() {
      life += 1;
      cycle = undefined;
      network.forget(number);
      part.store.close();
      part = open();
    },
    fillDisk() {
      isDiskFull = true;
    },
    signIn(pair) {
      tokens = pair;
    },
    close() {
      life += 1;
      part.store.close();
    },
  };
}

/** The store, whose transactions fail at their end when they are told to: nothing of them is written. */
function failing(store: Store, fails: () => boolean): Store {
  return {
    ...store,
    transaction: (work, onDisk) =>
      store.db.inTransaction
        ? work()
        : store.transaction(() => {
            const done = work();
            if (fails()) throw new AppError('diskFull', 'The disk is full. Nothing was changed; free some space and try again.');
            return done;
          }, onDisk),
  };
}

export function isDiskFullError(error: unknown): boolean {
  return error instanceof AppError && error.kind === 'diskFull';
}

function isRows(value: unknown): value is RemoteRows {
  return typeof value === 'object' && value !== null && 'rows' in value && 'names' in value;
}
