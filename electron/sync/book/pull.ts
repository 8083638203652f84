import { uuid } from '../../../shared/contact.ts';
import type { ContactRecord } from '../../contacts/record.ts';
import type { ContactWriter, Edit, Step } from '../../contacts/writer.ts';
import type { Slices } from '../../store/slices.ts';
import type { Store } from '../../store/open.ts';
import type { PullCounts, RemoteRow, SyncBook } from '../ports.ts';
import { snapshotText, valueOf } from '../snapshot.ts';
import type { Absorb } from './absorb.ts';
import type { AccountBook } from './account.ts';
import type { Attempts } from './attempts.ts';
import type { Conflicts } from './conflicts.ts';
import { isReserved, reserved, type Link, type Links } from './links.ts';
import type { Names } from './names.ts';
import type { Outbox } from './outbox.ts';
import type { Presence } from './presence.ts';
import type { Projector } from './project.ts';
import type { Quarantine } from './quarantine.ts';

export interface PullDeps {
  store: Store;
  writer: ContactWriter;
  slices: Slices;
  newId: () => string;
  now: () => string;
  absorb: Absorb;
  account: AccountBook;
  attempts: Attempts;
  conflicts: Conflicts;
  links: Links;
  names: Names;
  outbox: Outbox;
  presence: Presence;
  projector: Projector;
  quarantine: Quarantine;
}

/** The step of everything that comes from the server. */
export const pulled = (label: string): Step => ({ actor: 'sync', label, state: 'aside', fromServer: true });

/** The hash that stands for a row in the server's trash. */
const deletedHash = 'deleted';

const pictureAgainMs = 86_400_000;

type Outcome = keyof PullCounts | null;

export function createPull(deps: PullDeps): Pick<SyncBook, 'compare' | 'pull' | 'gone'> {
  const { store, writer, slices, newId, now, absorb, account, attempts, conflicts, links, names, outbox, presence, projector, quarantine } = deps;
  const anyUnlinked = store.db
    .prepare(
      `select 1 from sync_outbox o where o.held_by is null and o.kind = 'upsert'
       and not exists (select 1 from sync_link l where l.contact_id = o.contact_id and l.base_hash <> '${reserved}') limit 1`,
    )
    .pluck();
  const unsent = (condition: string) =>
    store.db
      .prepare(
        `select c.id from contact c join sync_outbox o on o.contact_id = c.id
         where ${condition} and c.deleted_at is null and o.held_by is null and c.id <> @id
         and not exists (select 1 from sync_link l where l.contact_id = c.id and l.base_hash <> '${reserved}')`,
      )
      .pluck();
  const sameEmail = unsent('lower(c.primary_email) = lower(@primaryEmail)');
  const samePhone = unsent('c.phone_key = @phoneKey and c.sort_name = @sortName');

  /** Contacts made here that a new one of the server looks like wait for the person's word. */
  function holdDuplicates(created: ContactRecord): void {
    const { id, primaryEmail, phoneKey, sortName } = created;
    const alike = new Set([
      ...(primaryEmail === null ? [] : sameEmail.all({ id, primaryEmail })),
      ...(phoneKey === null ? [] : samePhone.all({ id, phoneKey, sortName })),
    ] as string[]);
    for (const contactId of alike) outbox.hold(contactId, conflicts.add({ contactId, kind: 'possibleDuplicate', otherId: id }));
  }

  function create(edit: Edit, row: RemoteRow, mayBeDuplicate: boolean): Outcome {
    const strange = projector.strangeIn(row.snapshot, row.strange);
    const id = uuid.safeParse(row.remoteId).data ?? newId();
    const prepared = strange.size === 0 ? row.prepared : undefined;
    const record = edit.create(projector.editsFor(row.snapshot, strange), id, prepared);
    const link = absorb.linkTo(record.id, row);
    if (strange.size > 0) {
      const { own } = projector.project(record, null);
      for (const field of strange) link.heldHere[field] = valueOf(own, field);
    }
    links.save(link, snapshotText(row.snapshot));
    if (mayBeDuplicate) holdDuplicates(record);
    return 'created';
  }

  function mergeLive(edit: Edit, record: ContactRecord, link: Link | null, base: Link['base'], row: RemoteRow): Outcome {
    const { record: next, isNews } = absorb.merge(edit, record, link, base, row);
    const waiting = outbox.of(record.id);
    if (isNews) outbox.ensure(record.id);
    else if (waiting && waiting.heldBy === null) outbox.remove(record.id);
    return next === record ? null : 'updated';
  }

  /** Both sides have a contact of this id, and nothing is known of a common past. */
  function meet(edit: Edit, record: ContactRecord, row: RemoteRow): Outcome {
    if (record.deletedAt === null) return mergeLive(edit, record, null, null, row);
    presence.comesBack(edit, { ...absorb.linkTo(record.id, row), base: null }, record, row);
    return 'updated';
  }

  /** It was gone there, and is there again. */
  function reappear(edit: Edit, record: ContactRecord | undefined, link: Link, row: RemoteRow): Outcome {
    if (!record) {
      links.remove(link.contactId);
      return create(edit, row, false);
    }
    const asked = conflicts.openOf(record.id, 'editedHereDeletedThere');
    if (asked) {
      conflicts.resolve(asked.id, null);
      outbox.release(asked.id);
    }
    return mergeLive(edit, edit.setDeleted(record, false), link, link.base, row);
  }

  function take(edit: Edit, row: RemoteRow, mayBeDuplicate: boolean): Outcome {
    const known = links.ofRemote(row.remoteId);
    const contactId = known?.contactId ?? row.remoteId;
    const link = known && isReserved(known) ? undefined : known;
    if (attempts.isOpen(contactId)) return null;
    const record = edit.find(contactId);
    if (row.deletedAt !== null) {
      quarantine.forget([row.remoteId]);
      return link && !link.isGone && presence.vanished(edit, link, record) ? 'deleted' : null;
    }
    quarantine.settle(row);
    if (presence.isEcho(row, link)) return null;
    if (!link) return record ? meet(edit, record, row) : create(edit, row, mayBeDuplicate);
    if (link.isGone) return reappear(edit, record, link, row);
    if (record?.deletedAt === null) return mergeLive(edit, record, link, link.base, row);
    if (link.baseHash === row.hash) return null;
    presence.comesBack(edit, link, record, row);
    return 'updated';
  }

  /** Rows in one transaction. One that the book refuses must not keep the others away: they are then taken one by one. */
  function takeAll(step: Step, rows: Iterable<RemoteRow>, counts: PullCounts): void {
    const begun: RemoteRow[] = [];
    try {
      const outcomes = writer.run(step, (edit) => {
        const mayBeDuplicate = anyUnlinked.get() !== undefined;
        const taken: Outcome[] = [];
        // One after the other: a slice hands out rows for as long as it has time.
        for (const row of rows) {
          begun.push(row);
          taken.push(take(edit, row, mayBeDuplicate));
        }
        return taken;
      });
      for (const outcome of outcomes) if (outcome) counts[outcome] += 1;
    } catch (error) {
      if (!isOfOneRow(error)) throw error;
      const [only, ...others] = begun;
      if (only && others.length === 0) quarantine.add([{ remoteId: only.remoteId, name: nameOf(only), reason: error.message, raw: snapshotText(only.snapshot) }]);
      else for (const row of begun) takeAll(step, [row], counts);
    }
  }

  /** A picture that could not be had is asked for again the next day. */
  const isPictureDue = ({ withoutPictureAt: at }: { withoutPictureAt: string | null }): boolean =>
    at !== null && Math.abs(Date.parse(now()) - Date.parse(at)) >= pictureAgainMs;

  return {
    async compare(rows) {
      const differing: number[] = [];
      await slices.each([...rows.entries()], (part) => {
        for (const [place, [remoteId, hash]] of part()) {
          const known = links.brief(remoteId);
          if (hash === deletedHash) {
            if (known && known.gone === 0 && !known.isWaiting) differing.push(place);
          } else if ((known?.baseHash !== hash || known.gone === 1 || isPictureDue(known)) && !attempts.isOpen(known?.contactId ?? remoteId)) {
            differing.push(place);
          }
        }
      });
      return differing;
    },

    async pull(batch) {
      account.need();
      names.learn(batch);
      const counts: PullCounts = { created: 0, updated: 0, deleted: 0 };
      const step: Step = { ...pulled('Synced with the server'), sliced: true };
      await slices.each(batch.rows, (part) => takeAll(step, part(), counts));
      // An ordinary transaction, with which everything before it is on disk as well.
      account.touch();
      return counts;
    },

    async gone(remoteId) {
      const link = links.ofRemote(remoteId);
      if (!link || link.isGone || outbox.of(link.contactId)) return false;
      return writer.run(pulled('Deleted on the server'), (edit) => {
        quarantine.forget([remoteId]);
        return presence.vanished(edit, link, edit.find(link.contactId));
      });
    },
  };
}

/** What another row would not meet as well, unlike a full disk or a damaged file. */
function isOfOneRow(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return code === '' || code === 'SQLITE_MISMATCH' || code.startsWith('SQLITE_CONSTRAINT');
}

function nameOf({ snapshot }: RemoteRow): string | null {
  const name = valueOf(snapshot, 'name');
  return typeof name === 'string' ? name : null;
}
