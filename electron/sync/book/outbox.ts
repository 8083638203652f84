import type { SetField } from '../../../shared/contact.ts';
import type { ChangeKind } from '../../../shared/operations/book.ts';
import type { ContactRecord } from '../../contacts/record.ts';
import { joins } from '../../lists/lists.ts';
import type { Store } from '../../store/open.ts';
import { selectList } from '../../store/rows.ts';
import { syncOutbox } from '../../store/sync-schema.ts';
import { longestWaitMs } from './backoff.ts';

export type OutboxRow = Omit<typeof syncOutbox.$inferSelect, 'kind'> & { kind: 'upsert' | 'delete' };

export interface OutboxDeps {
  store: Store;
  now: () => string;
  newId: () => string;
}

/** What is to be sent: one row per contact, whatever was done to it. Nothing happens while the book has no server. */
export interface Outbox {
  /** Notes a change that was made here: given to the contact writer, and called in its transactions. */
  queue(record: Pick<ContactRecord, 'id' | 'deletedAt'>, kind: ChangeKind, at: string): void;
  /** Notes contacts, live and on the server, that carry a tag, employee or project. */
  queueCarriers(set: SetField, no: number): void;
  /** Notes a contact unless it waits already. */
  ensure(contactId: string): void;
  of(contactId: string): OutboxRow | undefined;
  byId(id: string): OutboxRow | undefined;
  /** The first that is neither parked nor held after a number, of those whose time has come, or of all. */
  next(after: number, ofAll: boolean): OutboxRow | undefined;
  remove(contactId: string): void;
  hold(contactId: string, conflictId: string): void;
  /** Lets go what a conflict held, to be sent at once. */
  release(conflictId: string): void;
  /** Makes a row as if it had just been queued. */
  renew(contactId: string): void;
  fail(contactId: string, failure: Pick<OutboxRow, 'attempts' | 'nextAt' | 'firstFailedAt' | 'lastStatus' | 'lastMessage' | 'lastField'>): void;
  park(contactId: string, reason: string): void;
  /** Says anew whether the book has a server: after linking and unlinking. */
  refresh(): void;
}

const unfailed = `attempts = 0, first_failed_at = null, last_status = null, last_message = null, last_field = null,
  parked_at = null, parked_reason = null`;

export function createOutbox({ store, now, newId }: OutboxDeps): Outbox {
  const { db } = store;
  const select = `select ${selectList(syncOutbox)} from sync_outbox`;
  let isLinked: boolean | undefined;
  const linked = () => (isLinked ??= db.prepare('select 1 from sync_account').get() !== undefined);

  const upsert = db.prepare(
    `insert into sync_outbox (id, contact_id, kind, queued_at, next_at) values (?, ?, ?, ?, ?)
     on conflict (contact_id) do update set kind = excluded.kind, next_at = excluded.next_at, ${unfailed}`,
  );
  const ensure = db.prepare(
    `insert into sync_outbox (id, contact_id, kind, queued_at, next_at) values (?, ?, 'upsert', ?, ?) on conflict do nothing`,
  );
  const byContact = db.prepare(`${select} where contact_id = ?`);
  const remove = db.prepare('delete from sync_outbox where contact_id = ?');
  const isThere = db.prepare(
    `select 1 where exists (select 1 from sync_link where contact_id = @id and gone = 0)
     or exists (select 1 from sync_attempt where contact_id = @id and outcome is null)`,
  );

  function put(contactId: string, kind: OutboxRow['kind'], at: string): void {
    upsert.run(newId(), contactId, kind, at, at);
  }

  function deleted(contactId: string, at: string): void {
    closeConflicts(contactId, at);
    if (isThere.get({ id: contactId }) === undefined) {
      remove.run(contactId);
      return;
    }
    put(contactId, 'delete', at);
    store.statement('update sync_outbox set held_by = null where contact_id = ?').run(contactId);
  }

  /** What was asked about a contact is moot once it is in the trash. */
  function closeConflicts(contactId: string, at: string): void {
    store.statement('update sync_conflict set resolved_at = ? where contact_id = ? and resolved_at is null').run(at, contactId);
  }

  const disputed = db.prepare(
    `select id, field, created_at as createdAt from sync_conflict where contact_id = ? and resolved_at is null and kind in ('field', 'overwritten')`,
  );
  const lastChange = db.prepare('select actor, at from journal where contact_id = ? and field = ? order by seq desc limit 1');

  function updated(contactId: string, at: string): void {
    put(contactId, 'upsert', at);
    // Who writes a disputed field anew has seen theirs, and answers with that.
    for (const { id, field, createdAt } of disputed.all(contactId) as { id: string; field: string; createdAt: string }[]) {
      const last = lastChange.get(contactId, field) as { actor: string; at: string } | undefined;
      if (!last || last.actor === 'sync' || last.at < createdAt) continue;
      store.statement('update sync_conflict set resolved_at = ? where id = ?').run(at, id);
    }
  }

  function restored(contactId: string, at: string): void {
    put(contactId, 'upsert', at);
    const duplicate = store
      .statement(
        `select id from sync_conflict k where contact_id = ? and kind = 'possibleDuplicate' and choice is not 'both'
         and exists (select 1 from contact where id = k.other_id and deleted_at is null) order by created_at desc limit 1`,
      )
      .pluck()
      .get(contactId) as string | undefined;
    if (duplicate === undefined) return;
    store.statement('update sync_conflict set resolved_at = null, choice = null where id = ?').run(duplicate);
    store.statement('update sync_outbox set held_by = ? where contact_id = ?').run(duplicate, contactId);
  }

  /** What was erased here must not live on in what sync knows; a deletion that waits still waits. */
  function purged(contactId: string): void {
    const held = store.statement('select id from sync_conflict where other_id = ? and resolved_at is null').pluck().all(contactId);
    for (const id of held) store.statement('update sync_outbox set held_by = null where held_by = ?').run(id);
    store.statement('delete from sync_conflict where contact_id = @id or other_id = @id').run({ id: contactId });
    store.statement('update sync_attempt set payload = null where contact_id = ?').run(contactId);
    if (byContact.get(contactId) === undefined) {
      store.statement('delete from sync_link where contact_id = ?').run(contactId);
      store.statement('delete from sync_attempt where contact_id = ?').run(contactId);
    } else {
      store.statement(`update sync_link set base = 'null', held_here = null, sent = null where contact_id = ?`).run(contactId);
    }
  }

  return {
    queue({ id, deletedAt }, kind, at) {
      if (!linked()) return;
      if (kind === 'purged') purged(id);
      else if (kind === 'deleted') deleted(id, at);
      else if (kind === 'restored') restored(id, at);
      else if (deletedAt === null) updated(id, at);
    },
    queueCarriers(set, no) {
      if (!linked()) return;
      const { table, other } = joins[set];
      const carriers = store
        .statement(
          `select c.id from ${table} j join contact c on c.no = j.contact_no join sync_link l on l.contact_id = c.id
           where j.${other} = ? and c.deleted_at is null and l.gone = 0`,
        )
        .pluck()
        .all(no) as string[];
      const at = now();
      for (const id of carriers) ensure.run(newId(), id, at, at);
    },
    ensure(contactId) {
      const at = now();
      ensure.run(newId(), contactId, at, at);
    },
    of: (contactId) => byContact.get(contactId) as OutboxRow | undefined,
    byId: (id) => store.statement(`${select} where id = ?`).get(id) as OutboxRow | undefined,
    next(after, ofAll) {
      const at = now();
      const latest = new Date(Date.parse(at) + longestWaitMs).toISOString();
      return store
        .statement(
          `${select} where seq > ? and parked_at is null and held_by is null and (? or next_at <= ? or next_at > ?) order by seq limit 1`,
        )
        .get(after, ofAll ? 1 : 0, at, latest) as OutboxRow | undefined;
    },
    remove: (contactId) => void remove.run(contactId),
    hold(contactId, conflictId) {
      store.statement('update sync_outbox set held_by = ? where contact_id = ?').run(conflictId, contactId);
    },
    release(conflictId) {
      store.statement('update sync_outbox set held_by = null, next_at = ? where held_by = ?').run(now(), conflictId);
    },
    renew(contactId) {
      store.statement(`update sync_outbox set next_at = ?, ${unfailed} where contact_id = ?`).run(now(), contactId);
    },
    fail(contactId, { attempts, nextAt, firstFailedAt, lastStatus, lastMessage, lastField }) {
      store
        .statement(
          `update sync_outbox set attempts = ?, next_at = ?, first_failed_at = ?, last_status = ?, last_message = ?, last_field = ?
           where contact_id = ?`,
        )
        .run(attempts, nextAt, firstFailedAt, lastStatus, lastMessage, lastField, contactId);
    },
    park(contactId, reason) {
      store.statement('update sync_outbox set parked_at = ?, parked_reason = ? where contact_id = ?').run(now(), reason, contactId);
    },
    refresh() {
      isLinked = undefined;
    },
  };
}
