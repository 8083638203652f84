import type { Output } from '../../../shared/operations/index.ts';
import type { Store } from '../../store/open.ts';
import type { RemoteRow, StrangeRow } from '../ports.ts';
import { snapshotText, valueOf, type SyncedField } from '../snapshot.ts';

/** Contacts of the server that could not be taken, in whole or in one field. */
export interface Quarantine {
  add(rows: readonly StrangeRow[]): void;
  /** A row that is taken now: what is listed of it are the fields that could not be. */
  settle(row: RemoteRow): void;
  /** The server's ids of those of which this book has no contact, or none any more. */
  unlinked(): string[];
  /** They are gone from the server. */
  forget(remoteIds: readonly string[]): void;
  list(): Output<'sync.quarantine'>;
  count(): number;
}

export function createQuarantine(store: Store, now: () => string): Quarantine {
  const count = () => store.statement('select count(*) from sync_quarantine').pluck().get() as number;

  function add(rows: readonly StrangeRow[]): void {
    store.transaction(() => {
      for (const { remoteId, name, reason, raw } of rows) {
        store
          .statement(
            `insert into sync_quarantine (remote_id, name, reason, raw, at) values (?, ?, ?, ?, ?)
             on conflict (remote_id) do update set name = excluded.name, reason = excluded.reason, raw = excluded.raw`,
          )
          .run(remoteId, name, reason, raw, now());
      }
    });
  }

  function forget(remoteIds: readonly string[]): void {
    const statement = store.statement('delete from sync_quarantine where remote_id = ?');
    store.transaction(() => {
      for (const remoteId of remoteIds) statement.run(remoteId);
    });
  }

  return {
    add,
    forget,
    unlinked: () =>
      store
        .statement('select remote_id from sync_quarantine where remote_id not in (select remote_id from sync_link where gone = 0)')
        .pluck()
        .all() as string[],
    settle(row) {
      if (row.strange.length === 0) {
        forget([row.remoteId]);
        return;
      }
      const reason = row.strange.map((field) => reasonOf(field, valueOf(row.snapshot, field))).join('; ');
      const name = valueOf(row.snapshot, 'name');
      add([{ remoteId: row.remoteId, name: typeof name === 'string' ? name : null, reason, raw: snapshotText(row.snapshot) }]);
    },
    list() {
      const items = store
        .statement('select remote_id as remoteId, name, reason, at from sync_quarantine order by at desc, remote_id')
        .all() as Output<'sync.quarantine'>['items'];
      return { items, total: items.length };
    },
    count,
  };
}

const labels: Partial<Record<SyncedField, string>> = {
  contactType: 'The type', budgetType: 'The budget type', inviteStatus: 'The invitation', imageUrl: "The picture's address",
  'contact.website': 'The website',
};

function reasonOf(field: SyncedField, value: unknown): string {
  if (field === 'imageId') return 'The picture could not be loaded';
  return `${labels[field] ?? field} is ${JSON.stringify(value)} there, which this book cannot hold`;
}
