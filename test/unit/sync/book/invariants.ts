import { createContactReader } from '../../../../electron/contacts/reader.ts';
import type { ContactRecord, Profile } from '../../../../electron/contacts/record.ts';
import { createLists } from '../../../../electron/lists/lists.ts';
import type { Store } from '../../../../electron/store/open.ts';
import { createAccountBook } from '../../../../electron/sync/book/account.ts';
import { createLinks, type Link } from '../../../../electron/sync/book/links.ts';
import { createNames } from '../../../../electron/sync/book/names.ts';
import { createPictures } from '../../../../electron/sync/book/pictures.ts';
import { createProjector } from '../../../../electron/sync/book/project.ts';
import { createImages } from '../../../../electron/images/images.ts';
import { differences, hashOf, snapshotText } from '../../../../electron/sync/snapshot.ts';

const nobody: Profile = { tenantId: '', organizationId: '', userId: '' };
const never = () => {
  throw new Error('a check changes nothing');
};

/**
 * What must hold of a linked book between any two transactions, as a list of what does not:
 * bases are what their hash says and belong to a read (I6), every contact that waits can be sent, is scheduled, held by
 * an open question or parked with a reason (I7), and exactly the contacts that differ from the server wait (I9).
 */
export function checkBook(store: Store): string[] {
  const lists = createLists(store, nobody);
  const reader = createContactReader(store, lists, nobody);
  const links = createLinks(store);
  const names = createNames({ store, lists, links, now: never, newId: never, onMatch: never, announceLists: never });
  const account = createAccountBook(store, never);
  const pictures = createPictures(store, createImages(store, never, never));
  const projector = createProjector({ reader, lists, names, pictures, dialect: () => account.need().dialect });
  const problems: string[] = [];
  const all = <T>(sql: string) => store.db.prepare(sql).all() as T[];
  const has = (sql: string, ...values: string[]) => store.db.prepare(sql).get(...values) !== undefined;
  const inDoubt = (id: string) => has('select 1 from sync_attempt where contact_id = ? and outcome is null', id);
  const waits = (id: string) => has('select 1 from sync_outbox where contact_id = ?', id);

  if (!account.get()) {
    for (const table of ['sync_link', 'sync_outbox', 'sync_attempt', 'sync_conflict', 'sync_name', 'sync_image']) {
      if (has(`select 1 from ${table}`)) problems.push(`${table} has rows in a book without a server`);
    }
    return problems;
  }

  function checkBase(link: Link): void {
    const { contactId, base, baseHash, isGone } = link;
    if (base && hashOf(snapshotText(base)) !== baseHash) problems.push(`${contactId}: the base is not what its hash says`);
    const isErased = reader.find(contactId) === undefined;
    if (!base && !isGone && !isErased && !inDoubt(contactId)) problems.push(`${contactId}: linked, but never read`);
  }

  function checkContact(record: ContactRecord): void {
    const { id } = record;
    const link = links.of(id);
    if (record.deletedAt !== null) {
      if (link && !link.isGone && !waits(id)) problems.push(`${id}: in the trash here, still there, and nothing waits`);
      return;
    }
    if (!link || link.isGone) {
      if (!waits(id)) problems.push(`${id}: not on the server, and nothing waits`);
      return;
    }
    if (waits(id) || !link.base) return;
    const dirty = differences(projector.project(record, link).snapshot, link.base);
    if (dirty.length > 0) problems.push(`${id}: differs from the server in ${dirty.join(', ')}, and nothing waits`);
  }

  for (const { id } of all<{ id: string }>('select contact_id as id from sync_link')) {
    const link = links.of(id);
    if (link) checkBase(link);
  }
  for (const { id } of all<{ id: string }>('select id from contact')) {
    const record = reader.find(id);
    if (record) checkContact(record);
  }
  const rows = all<{ contactId: string; kind: string; nextAt: string; parkedAt: string | null; parkedReason: string | null; heldBy: string | null }>(
    `select contact_id as contactId, kind, next_at as nextAt, parked_at as parkedAt, parked_reason as parkedReason, held_by as heldBy
     from sync_outbox`,
  );
  for (const { contactId, kind, nextAt, parkedAt, parkedReason, heldBy } of rows) {
    const record = reader.find(contactId);
    const link = links.of(contactId);
    if (Number.isNaN(Date.parse(nextAt))) problems.push(`${contactId}: waits for no time`);
    if (parkedAt !== null && !parkedReason) problems.push(`${contactId}: parked without a reason`);
    if (heldBy !== null && !has('select 1 from sync_conflict where id = ? and resolved_at is null', heldBy)) {
      problems.push(`${contactId}: held by a question that is not open`);
    }
    if (kind === 'upsert' && record?.deletedAt !== null) problems.push(`${contactId}: waits to be sent, but is not in the book`);
    if (kind === 'delete' && record?.deletedAt === null) problems.push(`${contactId}: waits to be deleted, but is in the book`);
    if (kind === 'delete' && !(link && !link.isGone) && !inDoubt(contactId)) problems.push(`${contactId}: waits to be deleted where it is not`);
  }
  return problems;
}
