import type { SetField } from '../../../shared/contact.ts';
import type { Store } from '../../store/open.ts';
import { columnKeys, insertStatement, selectList } from '../../store/rows.ts';
import { syncLink } from '../../store/sync-schema.ts';
import type { Snapshot, SyncedField, SyncedValue } from '../snapshot.ts';

type LinkRow = typeof syncLink.$inferSelect;

/** What was sent last: the fields and members of sets that it changed, and the server's time of the read that proved it. */
export interface Sent {
  updatedAt: string;
  values: Partial<Record<SyncedField, SyncedValue>>;
  sets: Partial<Record<SetField, { added: string[]; removed: string[] }>>;
}

/** A contact that both sides have or had. */
export interface Link {
  contactId: string;
  remoteId: string;
  addressId: string | null;
  /** What the server held when it was last read; null before the first read, and once the contact was erased here. */
  base: Snapshot | null;
  /** The hash of the base; it outlives the base of an erased contact. */
  baseHash: string;
  remoteUpdatedAt: string;
  /** Fields that stay as they are here although the server has another value: with our value then. */
  heldHere: Partial<Record<SyncedField, SyncedValue>>;
  checkedAt: string;
  isGone: boolean;
  sent: Sent | null;
  watchedUntil: string | null;
}

interface Brief {
  contactId: string;
  baseHash: string;
  gone: number;
  isWaiting: number;
  /** The time of the last reading, if its picture could not be had then. */
  withoutPictureAt: string | null;
}

export interface Links {
  of(contactId: string): Link | undefined;
  ofRemote(remoteId: string): Link | undefined;
  /** `baseText` where the caller has the base as text already. */
  save(link: Link, baseText?: string): void;
  remove(contactId: string): void;
  /** What comparing with the server's rows needs, without reading the base. */
  brief(remoteId: string): Brief | undefined;
  count(): number;
  /** Links of contacts that should be there and of which nothing waits, after a contact's id. */
  settled(after: string, limit: number): { contactId: string; remoteId: string }[];
}

export function createLinks(store: Store): Links {
  const { db } = store;
  const columns = columnKeys(syncLink);
  const select = `select ${selectList(syncLink)} from sync_link`;
  const byContact = db.prepare(`${select} where contact_id = ?`);
  const byRemote = db.prepare(`${select} where remote_id = ?`);
  const upsert = db.prepare(
    `${insertStatement(syncLink, columns)} on conflict (contact_id) do update set
     remote_id = @remoteId, remote_address_id = @remoteAddressId, base = @base, base_hash = @baseHash,
     remote_updated_at = @remoteUpdatedAt, held_here = @heldHere, checked_at = @checkedAt, gone = @gone, sent = @sent,
     watched_until = @watchedUntil`,
  );
  const brief = db.prepare(
    `select l.contact_id as contactId, l.base_hash as baseHash, l.gone, o.seq is not null as isWaiting,
     case when l.held_here like '%"imageId"%' then l.checked_at end as withoutPictureAt
     from sync_link l
     left join sync_outbox o on o.contact_id = l.contact_id
     where l.remote_id = ?`,
  );
  const live = db.prepare('select count(*) from sync_link where gone = 0').pluck();
  const settled = db.prepare(
    `select contact_id as contactId, remote_id as remoteId from sync_link l
     where contact_id > ? and gone = 0 and not exists (select 1 from sync_outbox o where o.contact_id = l.contact_id)
     order by contact_id limit ?`,
  );

  const read = (row: unknown) => (row === undefined ? undefined : fromRow(row as LinkRow));

  return {
    of: (contactId) => read(byContact.get(contactId)),
    ofRemote: (remoteId) => read(byRemote.get(remoteId)),
    save: (link, baseText) => void upsert.run(toRow(link, baseText)),
    remove: (contactId) => void store.statement('delete from sync_link where contact_id = ?').run(contactId),
    brief: (remoteId) => brief.get(remoteId) as ReturnType<Links['brief']>,
    count: () => live.get() as number,
    settled: (after, limit) => settled.all(after, limit) as ReturnType<Links['settled']>,
  };
}

/** Stands for the hash of the base where a link only says under which id a contact is to be made there. */
export const reserved = 'reserved';

/** Whether the contact was never sent, and only the id is known that it is to have there. */
export const isReserved = ({ baseHash }: Pick<Link, 'baseHash'>): boolean => baseHash === reserved;

/** The id that a contact is to have there, where it cannot have its own. */
export function reservedLink(contactId: string, remoteId: string, at: string): Link {
  return { ...unreadLink(contactId, remoteId, at), baseHash: reserved, isGone: true };
}

/** A link to what was not read yet. */
export function unreadLink(contactId: string, remoteId: string, at: string): Link {
  return {
    contactId, remoteId, addressId: null, base: null, baseHash: '', remoteUpdatedAt: '', heldHere: {}, checkedAt: at, isGone: false,
    sent: null, watchedUntil: null,
  };
}

function fromRow(row: LinkRow): Link {
  const { contactId, remoteId, remoteAddressId, base, baseHash, remoteUpdatedAt, heldHere, checkedAt, gone, sent, watchedUntil } = row;
  return {
    contactId,
    remoteId,
    addressId: remoteAddressId,
    base: JSON.parse(base) as Snapshot | null,
    baseHash,
    remoteUpdatedAt,
    heldHere: heldHere === null ? {} : (JSON.parse(heldHere) as Link['heldHere']),
    checkedAt,
    isGone: gone === 1,
    sent: sent === null ? null : (JSON.parse(sent) as Sent),
    watchedUntil,
  };
}

function toRow(link: Link, baseText = JSON.stringify(link.base)): LinkRow {
  const { contactId, remoteId, addressId, baseHash, remoteUpdatedAt, heldHere, checkedAt, isGone, sent, watchedUntil } = link;
  return {
    contactId,
    remoteId,
    remoteAddressId: addressId,
    base: baseText,
    baseHash,
    remoteUpdatedAt,
    heldHere: Object.keys(heldHere).length === 0 ? null : JSON.stringify(heldHere),
    checkedAt,
    gone: isGone ? 1 : 0,
    sent: sent && JSON.stringify(sent),
    watchedUntil,
  };
}
