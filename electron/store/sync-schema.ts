import { index, integer, sql, sqliteTable, text, uniqueIndex } from './drizzle.ts';

/*
 * What sync has to know, beside the contacts and never in them: a book without a server has these tables empty.
 * All of it belongs to the one account the book is linked to and goes when the link goes.
 */

/** The server the book is linked to: at most one row. */
export const syncAccount = sqliteTable('sync_account', {
  /** Server, tenant and organization: what another account differs in. */
  id: text('id').primaryKey(),
  /** The origin, without a path. */
  url: text('url').notNull(),
  tenantId: text('tenant_id').notNull(),
  organizationId: text('organization_id').notNull(),
  organizationName: text('organization_name').notNull(),
  userName: text('user_name').notNull(),
  /** What the server can do: a `Dialect` as JSON. */
  dialect: text('dialect').notNull(),
  linkedAt: text('linked_at').notNull(),
  /** How far pulling has come: a `Progress` as JSON. */
  progress: text('progress').notNull(),
});

/** One contact that both sides have. */
export const syncLink = sqliteTable('sync_link', {
  contactId: text('contact_id').primaryKey(),
  remoteId: text('remote_id').notNull().unique(),
  remoteAddressId: text('remote_address_id'),
  /** What the server held when it was last read, as a `Snapshot`: only ever what a GET answered. */
  base: text('base').notNull(),
  baseHash: text('base_hash').notNull(),
  remoteUpdatedAt: text('remote_updated_at').notNull(),
  /** Fields that the book holds in another way than the server can: here the book's value, the base has the server's. */
  heldHere: text('held_here'),
  /** When it was last read by itself; a sweep that found it as it was is noted for all at once. */
  checkedAt: text('checked_at').notNull(),
  /** 1 when the server has it no longer, by our deletion or another's; its base is what it had last. */
  gone: integer('gone').notNull().default(0),
  /** What was sent last, as a `Snapshot`, and until when another value there is news: the watch window. */
  sent: text('sent'),
  watchedUntil: text('watched_until'),
});

/** What is to be sent: one row per contact, whatever was done to it. */
export const syncOutbox = sqliteTable(
  'sync_outbox',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    contactId: text('contact_id').notNull().unique(),
    kind: text('kind').notNull(),
    queuedAt: text('queued_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Not before this time. */
    nextAt: text('next_at').notNull(),
    firstFailedAt: text('first_failed_at'),
    lastStatus: integer('last_status'),
    lastMessage: text('last_message'),
    lastField: text('last_field'),
    /** Parked: refused for good, until the person says or does something. */
    parkedAt: text('parked_at'),
    parkedReason: text('parked_reason'),
    /** The conflict that must be answered before anything is sent. */
    heldBy: text('held_by'),
  },
  (t) => [index('sync_outbox_due').on(t.nextAt, t.seq).where(sql`parked_at is null and held_by is null`)],
);

/** A request for a contact that was or may have been sent. `outcome` is null while nobody knows what became of it. */
export const syncAttempt = sqliteTable('sync_attempt', {
  contactId: text('contact_id').primaryKey(),
  id: text('id').notNull(),
  method: text('method').notNull(),
  /** The body exactly as it is sent. */
  payload: text('payload'),
  /** What the server holds once the request has been done, as a `Snapshot`. */
  expected: text('expected'),
  sentRev: integer('sent_rev').notNull(),
  startedAt: text('started_at').notNull(),
  outcome: text('outcome'),
});

export const syncConflict = sqliteTable(
  'sync_conflict',
  {
    id: text('id').primaryKey(),
    /** Null for what concerns many contacts at once. */
    contactId: text('contact_id'),
    kind: text('kind').notNull(),
    field: text('field'),
    base: text('base'),
    mine: text('mine'),
    theirs: text('theirs'),
    /** The other contact of a possible duplicate. */
    otherId: text('other_id'),
    createdAt: text('created_at').notNull(),
    resolvedAt: text('resolved_at'),
    choice: text('choice'),
  },
  (t) => [
    index('sync_conflict_open').on(t.createdAt, t.id).where(sql`resolved_at is null`),
    index('sync_conflict_of').on(t.contactId).where(sql`resolved_at is null`),
  ],
);

/** What was deleted, so that a late echo does not bring it back. */
export const syncTombstone = sqliteTable('sync_tombstone', {
  remoteId: text('remote_id').primaryKey(),
  contactId: text('contact_id').notNull(),
  deletedAt: text('deleted_at').notNull(),
  /** `us` or `them`. */
  by: text('by').notNull(),
});

/** Which tag, employee or project here is which there. */
export const syncName = sqliteTable(
  'sync_name',
  {
    kind: text('kind').notNull(),
    localId: text('local_id').notNull(),
    remoteId: text('remote_id').notNull(),
    /** The name there when it was last read. */
    name: text('name').notNull(),
  },
  (t) => [uniqueIndex('sync_name_local').on(t.kind, t.localId), uniqueIndex('sync_name_remote').on(t.kind, t.remoteId)],
);

/** Which picture here is which there. */
export const syncImage = sqliteTable('sync_image', {
  localId: text('local_id').primaryKey(),
  remoteId: text('remote_id').notNull().unique(),
});

/** Contacts of the server that could not be taken, in whole or in one field. */
export const syncQuarantine = sqliteTable('sync_quarantine', {
  remoteId: text('remote_id').primaryKey(),
  name: text('name'),
  reason: text('reason').notNull(),
  raw: text('raw').notNull(),
  at: text('at').notNull(),
});
