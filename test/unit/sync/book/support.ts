import { expect } from 'vitest';
import type { SetField } from '../../../../shared/contact.ts';
import { createSyncBook, type SyncBookDeps } from '../../../../electron/sync/book/book.ts';
import type { Attempt, Dialect, PushItem, RemoteName, RemoteRow, RemoteRows } from '../../../../electron/sync/ports.ts';
import { hashOf, snapshotOf, snapshotText, type Snapshot, type SyncedField } from '../../../../electron/sync/snapshot.ts';
import { openTestBook } from '../../support/book.ts';
import { checkBook } from './invariants.ts';

type Values = Partial<Record<SyncedField, unknown>>;
type Sets = Partial<Record<SetField, string[]>>;

const plain: Values = { contactType: 'CLIENT', budgetType: 'COST', isActive: true, isArchived: false };

export const start = Date.parse('2026-11-23T09:00:00.000Z');

/** A row of the server: a plain contact with these values. */
export function row(remoteId: string, values: Values, more: Partial<RemoteRow> & { sets?: Sets } = {}): RemoteRow {
  const { sets, ...rest } = more;
  const snapshot = snapshotOf({ ...plain, ...values }, { tags: [], members: [], projects: [], ...sets });
  return {
    remoteId,
    addressId: 'a0000000-0000-4000-8000-000000000000',
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-20T00:00:00.000Z',
    deletedAt: null,
    snapshot,
    hash: hashOf(snapshotText(snapshot)),
    strange: [],
    ...rest,
  };
}

export function rows(of: RemoteRow | RemoteRow[], names: Partial<Record<SetField, RemoteName[]>> = {}): RemoteRows {
  return { rows: [of].flat(), names: { tags: [], members: [], projects: [], ...names } };
}

/** A row that holds exactly a snapshot. */
export function rowOf(remoteId: string, snapshot: Snapshot, more: Partial<RemoteRow> = {}): RemoteRow {
  return { ...row(remoteId, {}, more), snapshot, hash: hashOf(snapshotText(snapshot)), ...more };
}

export const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A book with its side of sync, a clock that stands still unless moved, and a check after each test. */
export function openSyncedBook(more: Partial<Pick<SyncBookDeps, 'rules' | 'random'>> = {}) {
  let at = start;
  let side: ReturnType<typeof createSyncBook> | undefined;
  const book = openTestBook({
    clock: () => new Date(at),
    queue: (...change) => side?.queue(...change),
  });
  const sync = (side = createSyncBook({ ...book, random: () => 0.5, announceLists: () => undefined, ...more }));
  const { store } = book;

  async function push(contactId: string, fresh: RemoteRow | null): Promise<Attempt | null> {
    return sync.begin(contactId, fresh && rows(fresh));
  }

  return {
    ...book,
    sync,
    push,
    clock: {
      now: () => new Date(at).toISOString(),
      pass(milliseconds: number) {
        at += milliseconds;
      },
    },
    link: (dialect: Partial<Dialect> = {}) =>
      sync.link({
        url: 'https://crm.example', tenantId: id(90), organizationId: id(91), organizationName: 'Office', userName: 'Ann',
        dialect: { server: 'gauzy', clientIds: true, ...dialect },
      }),
    /** The whole outbox, in order. */
    async due(): Promise<PushItem[]> {
      const items: PushItem[] = [];
      for (let item = await sync.nextPush({ after: 0, ignoreBackoff: true }); item; item = await sync.nextPush({ after: item.seq, ignoreBackoff: true })) {
        items.push(item);
      }
      return items;
    },
    /** Sends a contact that waits as a server does that keeps what it is sent. */
    async send(contactId: string, fresh: RemoteRow | null, updatedAt = '2026-11-23T09:00:01.000Z'): Promise<RemoteRow> {
      const attempt = await push(contactId, fresh);
      if (!attempt) throw new Error('nothing to send');
      const expected = store.db.prepare('select expected from sync_attempt where contact_id = ?').pluck().get(contactId) as string;
      const remoteId = fresh?.remoteId ?? contactId;
      const there = rowOf(remoteId, JSON.parse(expected) as Snapshot, { updatedAt });
      await sync.settle(contactId, attempt.id, rows(there));
      return there;
    },
    base(contactId: string): Snapshot | null {
      return JSON.parse(store.db.prepare('select base from sync_link where contact_id = ?').pluck().get(contactId) as string) as Snapshot | null;
    },
    check: () => expect(checkBook(store)).toEqual([]),
    close() {
      expect(checkBook(store)).toEqual([]);
      book.close();
    },
  };
}

export type SyncedBook = ReturnType<typeof openSyncedBook>;
