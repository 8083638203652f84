import type { ContactSync, OutboxItem } from '../../../shared/operations/sync.ts';
import type { ContactRecord } from '../../contacts/record.ts';
import type { Lists } from '../../lists/lists.ts';
import type { ContactReader } from '../../contacts/reader.ts';
import type { Store } from '../../store/open.ts';
import { selectList } from '../../store/rows.ts';
import { syncOutbox } from '../../store/sync-schema.ts';
import type { LocalSide, SyncCounts } from '../local-side.ts';
import { differences, valueOf, type SyncedField } from '../snapshot.ts';
import { isTaggedType } from '../wire/type-tags.ts';
import type { AccountBook } from './account.ts';
import type { Conflicts } from './conflicts.ts';
import { isReserved, type Link, type Links } from './links.ts';
import type { Names } from './names.ts';
import type { Outbox, OutboxRow } from './outbox.ts';
import type { Pictures } from './pictures.ts';
import type { Projector } from './project.ts';
import type { Quarantine } from './quarantine.ts';

export interface OverviewDeps {
  store: Store;
  reader: ContactReader;
  lists: Lists;
  now: () => string;
  account: AccountBook;
  conflicts: Conflicts;
  links: Links;
  names: Names;
  outbox: Outbox;
  pictures: Pictures;
  projector: Projector;
  quarantine: Quarantine;
}

type Asked = 'counts' | 'outbox' | 'contacts' | 'quarantined' | 'changedBySync' | 'picturesWaiting';

const newestChanges = 50;
const nothing = { values: {}, sets: { tags: [], members: [], projects: [] } };

/** What windows, programs and commands are told about sync. */
export function createOverview(deps: OverviewDeps): Pick<LocalSide, Asked> {
  const { store, reader, lists, now, account, conflicts, links, names, outbox, pictures, projector, quarantine } = deps;

  const count = (sql: string) => store.statement(sql).pluck().get() as number;

  function counts(): SyncCounts {
    if (!account.get()) return { waiting: 0, conflicts: 0, parked: 0, quarantined: 0 };
    return {
      waiting: count('select count(*) from sync_outbox where parked_at is null'),
      conflicts: conflicts.count(),
      parked: count('select count(*) from sync_outbox where parked_at is not null'),
      quarantined: quarantine.count(),
    };
  }

  function itemOf(row: OutboxRow): OutboxItem {
    const link = links.of(row.contactId);
    const record = reader.find(row.contactId);
    const kind = row.kind === 'delete' ? 'delete' : !link || isReserved(link) ? 'create' : link.isGone ? 'restore' : 'update';
    const fields = kind === 'delete' || !record ? [] : differences(link?.base ?? nothing, projector.project(record, link ?? null).snapshot);
    return {
      id: row.id,
      contactId: row.contactId,
      name: record?.name ?? '',
      kind,
      fields,
      queuedAt: row.queuedAt,
      state: row.parkedAt !== null ? 'parked' : row.heldBy !== null ? 'held' : row.attempts > 0 ? 'retrying' : 'waiting',
      nextAt: row.parkedAt === null && row.heldBy === null && row.nextAt > now() ? row.nextAt : null,
      lastMessage: row.lastMessage,
      lastField: row.lastField,
    };
  }

  /** What the server cannot hold as it is here, or the book as it is there. */
  function notesOn(record: ContactRecord, link: Link): string[] {
    const notes: string[] = [];
    if (account.need().dialect.server === 'gauzy') {
      if (isTaggedType(record.contactType)) {
        notes.push(`The server holds the type as CLIENT, with the tag type:${record.contactType.toLowerCase()}.`);
      }
      const there = valueOf(projector.project(record, null).snapshot, 'budget');
      if (record.budget !== null && there !== record.budget) notes.push(`The server holds the budget as ${JSON.stringify(there)}.`);
      if (record.extra !== null) notes.push('Details that have no field on the server stay in this book.');
    }
    for (const field of Object.keys(link.heldHere) as SyncedField[]) {
      const theirs = link.base && valueOf(link.base, field);
      notes.push(field === 'imageId' ? "The server's picture could not be loaded." : `The server has ${JSON.stringify(theirs)} as ${field.replace('contact.', '')}, which this book cannot hold.`);
    }
    for (const [set, word] of [['members', 'people'], ['projects', 'projects']] as const) {
      const nos = reader.links(set, [record.no]).get(record.no) ?? [];
      const unknown = nos.flatMap((no) => {
        const entry = lists[set].byNo(no);
        return entry && names.remoteOf(set, entry.id) === undefined ? ['fullName' in entry ? entry.fullName : entry.name] : [];
      });
      if (unknown.length > 0) notes.push(`The server does not have these ${word}: ${unknown.join(', ')}.`);
    }
    return notes;
  }

  function stateOf(id: string): ContactSync {
    const link = links.of(id);
    const waiting = outbox.of(id);
    const record = reader.find(id);
    const isThere = link !== undefined && !link.isGone && link.base !== null;
    const hasConflict = store.statement('select 1 from sync_conflict where contact_id = ? and resolved_at is null limit 1').get(id) !== undefined;
    const state = hasConflict ? 'conflict' : waiting ? (waiting.parkedAt === null ? 'waiting' : 'refused') : isThere ? 'synced' : 'local';
    const lastSweepAt = account.get()?.progress.lastSweepAt ?? null;
    const isSwept = lastSweepAt !== null && !waiting && link !== undefined && lastSweepAt > link.checkedAt;
    return {
      id,
      state,
      checkedAt: isThere ? (isSwept ? lastSweepAt : link.checkedAt) : null,
      notes: record && isThere ? notesOn(record, link) : [],
    };
  }

  return {
    counts,

    outbox(limit, offset) {
      const rows = store
        .statement(`select ${selectList(syncOutbox)} from sync_outbox order by seq limit ? offset ?`)
        .all(limit, offset) as OutboxRow[];
      return { items: rows.map(itemOf), total: count('select count(*) from sync_outbox') };
    },

    contacts: (ids) => (account.get() ? ids.map(stateOf) : ids.map((id) => ({ id, state: 'local', checkedAt: null, notes: [] }))),

    quarantined: () => quarantine.list(),

    changedBySync(sinceSeq) {
      const rows = store
        .statement(
          `select j.contact_id as id, max(j.at) as at, max(j.kind = 'created') as isNew, c.name, c.id is null or c.deleted_at is not null as isGone
           from journal j left join contact c on c.id = j.contact_id
           where j.seq > ? and j.actor = 'sync' group by j.contact_id order by max(j.seq) desc`,
        )
        .all(sinceSeq) as { id: string; at: string; isNew: number; name: string | null; isGone: number }[];
      // What came and went meanwhile is no news.
      const changes = rows
        .filter(({ isNew, isGone }) => !(isNew && isGone))
        .map(({ id, at, isNew, name, isGone }) => ({
          id, at, name: name ?? '', kind: isGone ? ('deleted' as const) : isNew ? ('created' as const) : ('updated' as const),
        }));
      const of = (kind: (typeof changes)[number]['kind']) => changes.filter((change) => change.kind === kind).length;
      return { created: of('created'), updated: of('updated'), deleted: of('deleted'), contacts: changes.slice(0, newestChanges) };
    },

    picturesWaiting: () => pictures.waiting(),
  };
}
