import { AppError } from '../../../shared/errors.ts';
import type { ParkedRecord } from '../../../shared/operations/sync.ts';
import type { ContactRecord } from '../../contacts/record.ts';
import type { ContactWriter, Step } from '../../contacts/writer.ts';
import type { Store } from '../../store/open.ts';
import type { LocalSide } from '../local-side.ts';
import { snapshotText, valueOf } from '../snapshot.ts';
import type { Absorb } from './absorb.ts';
import type { Attempts } from './attempts.ts';
import type { Links } from './links.ts';
import type { Names } from './names.ts';
import type { Outbox, OutboxRow } from './outbox.ts';
import type { Presence } from './presence.ts';
import type { Projector } from './project.ts';
import { personStep } from './person-step.ts';

export interface ParkedDeps {
  store: Store;
  writer: ContactWriter;
  find: (contactId: string) => ContactRecord | undefined;
  absorb: Absorb;
  attempts: Attempts;
  links: Links;
  names: Names;
  outbox: Outbox;
  presence: Presence;
  projector: Projector;
}

type Parked = 'parkedIds' | 'parked' | 'retry' | 'remoteIdOfParked' | 'discard';

/** Contacts that the server refused for good: what a person can do about them. */
export function createParked(deps: ParkedDeps): Pick<LocalSide, Parked> {
  const { store, writer, find, absorb, attempts, links, names, outbox, presence, projector } = deps;

  function shown(row: OutboxRow): ParkedRecord {
    return {
      id: row.id,
      contactId: row.contactId,
      reason: row.parkedReason ?? '',
      status: row.lastStatus,
      ...(row.lastField === null ? {} : { field: row.lastField }),
      message: row.lastMessage ?? '',
      since: row.parkedAt ?? row.queuedAt,
      attempts: row.attempts,
      name: find(row.contactId)?.name ?? null,
    };
  }

  const parkedIds = () =>
    store.statement('select id from sync_outbox where parked_at is not null order by parked_at, seq').pluck().all() as string[];

  function need(id: string): OutboxRow {
    const row = outbox.byId(id);
    if (!row || row.parkedAt === null) throw new AppError('notFound', 'There is no refused record with this id');
    return row;
  }

  return {
    parkedIds,
    parked(ids = parkedIds()) {
      const items = ids.flatMap((id) => {
        const row = outbox.byId(id);
        return row && row.parkedAt !== null ? [shown(row)] : [];
      });
      return { items, total: items.length };
    },

    retry(id) {
      const row = need(id);
      outbox.renew(row.contactId);
      return shown(row);
    },

    remoteIdOfParked(id) {
      const { contactId } = need(id);
      return links.of(contactId)?.remoteId ?? contactId;
    },

    discard(id, fresh, actor) {
      const row = need(id);
      const { contactId } = row;
      const before = shown(row);
      if (fresh) names.learnAll(fresh.names);
      const theirs = fresh?.rows[0]?.deletedAt === null ? fresh.rows[0] : null;
      const step: Step = { ...personStep(actor, `Discarded the change of ${before.name ?? 'a contact'}`), fromServer: true };
      writer.run(step, (edit) => {
        const record = edit.find(contactId);
        const link = links.of(contactId);
        attempts.close(contactId);
        outbox.remove(contactId);
        if (!record) return links.remove(contactId);
        if (!theirs) {
          if (link) presence.vanished(edit, link, record);
          else edit.setDeleted(record, true);
          return;
        }
        const strange = projector.strangeIn(theirs.snapshot, theirs.strange);
        const live = edit.setDeleted(record, false);
        const { snapshot: mine, own } = projector.project(live, link ?? null);
        edit.update(live, projector.editsBetween(live, mine, theirs.snapshot, strange, []));
        const heldHere = Object.fromEntries([...strange].map((field) => [field, valueOf(own, field)]));
        links.save({ ...absorb.linkTo(contactId, theirs), heldHere }, snapshotText(theirs.snapshot));
      });
      return before;
    },
  };
}
