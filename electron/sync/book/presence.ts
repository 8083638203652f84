import type { ContactRecord } from '../../contacts/record.ts';
import type { Edit } from '../../contacts/writer.ts';
import type { Store } from '../../store/open.ts';
import type { RemoteRow } from '../ports.ts';
import type { Rules } from '../rules.ts';
import { differences } from '../snapshot.ts';
import type { Absorb } from './absorb.ts';
import type { AccountBook } from './account.ts';
import type { Attempts } from './attempts.ts';
import type { Conflicts } from './conflicts.ts';
import { isReserved, type Link, type Links } from './links.ts';
import type { Outbox } from './outbox.ts';
import type { Projector } from './project.ts';

export interface PresenceDeps {
  store: Store;
  absorb: Absorb;
  account: AccountBook;
  attempts: Attempts;
  conflicts: Conflicts;
  links: Links;
  outbox: Outbox;
  projector: Projector;
  now: () => string;
  rules: Pick<Rules, 'watchMs'>;
}

/** What follows when a contact is there no longer, or there again. */
export interface Presence {
  /** The server has it no longer. Answers whether it went to the trash here: it does unless something of it waits. */
  vanished(edit: Edit, link: Link, record: ContactRecord | undefined): boolean;
  /** Our deletion was carried out. */
  deleted(link: Link): void;
  /** Deleted here, but there it was changed since: it comes back with what they made of it, and the person is asked. */
  comesBack(edit: Edit, link: Link, record: ContactRecord | undefined, row: RemoteRow): void;
  /** Whether a row is only a late echo of what was deleted a moment ago. */
  isEcho(row: RemoteRow, link: Link | undefined): boolean;
}

export function createPresence(deps: PresenceDeps): Presence {
  const { store, absorb, account, attempts, conflicts, links, outbox, projector, now, rules } = deps;

  function bury(link: Link, by: 'us' | 'them', watchedUntil: string | null): void {
    links.save({ ...link, baseHash: isReserved(link) ? '' : link.baseHash, isGone: true, sent: null, watchedUntil });
    attempts.close(link.contactId);
    store
      .statement('insert or replace into sync_tombstone (remote_id, contact_id, deleted_at, "by") values (?, ?, ?, ?)')
      .run(link.remoteId, link.contactId, now(), by);
  }

  const later = () => new Date(Date.parse(now()) + rules.watchMs).toISOString();

  /** Whether it was never seen there after what we sent had had time to be read. */
  function isJustSent({ sent, watchedUntil, checkedAt }: Link): boolean {
    if (!sent || watchedUntil === null) return false;
    const lastSeen = [checkedAt, account.need().progress.lastSweepAt ?? ''].toSorted().at(-1) ?? checkedAt;
    return lastSeen < watchedUntil;
  }

  return {
    vanished(edit, link, record) {
      const { contactId } = link;
      const wasJustSent = isJustSent(link);
      const isNews = record !== undefined && (!link.base || differences(projector.project(record, link).snapshot, link.base).length > 0);
      const waits = outbox.of(contactId) !== undefined;
      bury(link, 'them', null);
      if (!record || record.deletedAt !== null) {
        outbox.remove(contactId);
        if (!record) links.remove(contactId);
        return false;
      }
      if (waits && isNews) {
        outbox.hold(contactId, conflicts.add({ contactId, kind: 'editedHereDeletedThere' }));
        return false;
      }
      outbox.remove(contactId);
      edit.setDeleted(record, true);
      if (wasJustSent) conflicts.add({ contactId, kind: 'removed' });
      return true;
    },

    deleted(link) {
      bury(link, 'us', later());
      outbox.remove(link.contactId);
    },

    comesBack(edit, link, record, row) {
      const { contactId } = link;
      attempts.close(contactId);
      outbox.remove(contactId);
      if (record) {
        const { isNews } = absorb.merge(edit, edit.setDeleted(record, false), link, link.base, row);
        if (isNews) outbox.ensure(contactId);
      } else {
        const strange = projector.strangeIn(row.snapshot, row.strange);
        const created = edit.create(projector.editsFor(row.snapshot, strange), contactId);
        const { own } = projector.project(created, null);
        const heldHere = Object.fromEntries([...strange].map((field) => [field, own.values[field] ?? null]));
        links.save({ ...absorb.linkTo(contactId, row), heldHere });
      }
      conflicts.add({ contactId, kind: 'deletedHereEditedThere' });
    },

    isEcho(row, link) {
      const buriedAt = store.statement('select deleted_at from sync_tombstone where remote_id = ?').pluck().get(row.remoteId) as
        | string
        | undefined;
      if (buriedAt === undefined || Date.parse(now()) - Date.parse(buriedAt) >= rules.watchMs) return false;
      return link === undefined || (link.remoteUpdatedAt === row.updatedAt && link.baseHash === row.hash);
    },
  };
}
