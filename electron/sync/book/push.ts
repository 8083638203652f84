import type { ContactRecord } from '../../contacts/record.ts';
import type { ContactWriter, Edit } from '../../contacts/writer.ts';
import type { Lists } from '../../lists/lists.ts';
import type { Store } from '../../store/open.ts';
import { baseAfterDoubt } from '../merge.ts';
import type { Attempt, RemoteRow, SyncBook } from '../ports.ts';
import type { Rules } from '../rules.ts';
import { hashOf, snapshotText, syncedFields, valueOf, type Snapshot } from '../snapshot.ts';
import { encodeCreate, encodeDelete, encodeRestore, encodeUpdate, type Encoded } from '../wire/encode.ts';
import { sentBetween, type Absorb } from './absorb.ts';
import type { AccountBook } from './account.ts';
import type { Attempts, OpenAttempt } from './attempts.ts';
import { createFailures } from './failures.ts';
import { isReserved, unreadLink, type Link, type Links } from './links.ts';
import type { Names } from './names.ts';
import type { Outbox } from './outbox.ts';
import type { Pictures } from './pictures.ts';
import type { Presence } from './presence.ts';
import type { Projector } from './project.ts';
import { pulled } from './pull.ts';
import { createPushItems } from './push-items.ts';

export interface PushDeps {
  store: Store;
  writer: ContactWriter;
  find: (contactId: string) => ContactRecord | undefined;
  lists: Lists;
  now: () => string;
  newId: () => string;
  random: () => number;
  rules: Rules;
  absorb: Absorb;
  account: AccountBook;
  attempts: Attempts;
  links: Links;
  names: Names;
  outbox: Outbox;
  pictures: Pictures;
  presence: Presence;
  projector: Projector;
}

type Push = Pick<SyncBook, 'nextPush' | 'begin' | 'settle' | 'failed' | 'learnId'>;

export function createPush(deps: PushDeps): Push {
  const { store, writer, now, newId, rules } = deps;
  const { absorb, account, attempts, links, names, outbox, presence, projector } = deps;
  const noteFailure = createFailures(deps);
  const { itemOf, newTags } = createPushItems(deps);

  const after = (milliseconds: number) => new Date(Date.parse(now()) + milliseconds).toISOString();

  function attempt(contactId: string, encoded: Encoded, expected: Snapshot | null, sentRev: number): Attempt {
    const id = newId();
    attempts.save(contactId, { id, method: encoded.method, body: encoded.body, expected, sentRev });
    return { id, ...encoded };
  }

  /** What is known of the server's side before what it holds now: after a request of unknown fate, with what may have arrived. */
  function baseFor(link: Link | undefined, open: OpenAttempt | undefined, row: RemoteRow): Snapshot | null {
    const base = link?.base ?? null;
    if (!open?.expected) return base;
    if (!base && !rules.doubtfulCreateHasBase) return null;
    return baseAfterDoubt(base, open.expected, row.snapshot);
  }

  /** Whether everything a snapshot names is there: what was added since the item was made comes with the next cycle. */
  const isReady = (snapshot: Snapshot) => newTags(snapshot).length === 0 && projector.missing(snapshot).image === null;

  function beginDelete(edit: Edit, contactId: string, row: RemoteRow | null): Attempt | null {
    const link = links.of(contactId);
    const open = attempts.open(contactId);
    if (!row) {
      if (link) presence.deleted(link);
      attempts.close(contactId);
      outbox.remove(contactId);
      return null;
    }
    const base = baseFor(link, open, row);
    const hash = base ? hashOf(snapshotText(base)) : link?.baseHash;
    if (hash !== row.hash) {
      presence.comesBack(edit, { ...(link ?? absorb.linkTo(contactId, row)), base }, edit.find(contactId), row);
      return null;
    }
    links.save({ ...absorb.linkTo(contactId, row), ...(link && { heldHere: link.heldHere }) });
    return attempt(contactId, encodeDelete(account.need(), row.remoteId), null, edit.find(contactId)?.rev ?? 0);
  }

  function beginCreate(record: ContactRecord, link: Link | undefined): Attempt | null {
    const { snapshot } = projector.project(record, link ?? null);
    if (!isReady(snapshot)) return null;
    const encoded = encodeCreate(account.need(), link?.remoteId ?? record.id, snapshot, names.typeTags());
    return attempt(record.id, encoded, snapshot, record.rev);
  }

  function beginUpdate(edit: Edit, record: ContactRecord, link: Link | undefined, row: RemoteRow): Attempt | null {
    const isDeletedThere = row.deletedAt !== null;
    const { record: current, merged, isNews, link: saved } = absorb.merge(
      edit, record, link ?? null, baseFor(link, attempts.open(record.id), row), row,
    );
    attempts.close(record.id);
    if (isDeletedThere) links.save({ ...saved, isGone: true });
    if (!isNews && !isDeletedThere) {
      outbox.remove(record.id);
      return null;
    }
    if (!isReady(merged)) return null;
    const encoded = isDeletedThere
      ? encodeRestore(account.need(), row, merged, names.typeTags())
      : encodeUpdate(account.need(), row, merged, names.typeTags());
    if (!encoded) {
      outbox.remove(record.id);
      return null;
    }
    return attempt(record.id, encoded, merged, current.rev);
  }

  /** Only where a rule is left out for the sake of a test: the whole record, whatever the server holds. */
  function beginBlindly(record: ContactRecord, link: Link): Attempt | null {
    const { snapshot } = projector.project(record, link);
    if (!isReady(snapshot)) return null;
    const unlike = syncedFields.flatMap((field) =>
      valueOf(snapshot, field) === null && link.base && valueOf(link.base, field) !== null ? [[field, valueOf(link.base, field)]] : [],
    );
    const row: RemoteRow = {
      remoteId: link.remoteId, addressId: link.addressId, createdAt: '', updatedAt: link.remoteUpdatedAt, deletedAt: null,
      snapshot: { values: Object.fromEntries(unlike), sets: link.base?.sets ?? snapshot.sets }, hash: '', strange: [],
    };
    const encoded = encodeUpdate(account.need(), row, snapshot, names.typeTags());
    return encoded && attempt(record.id, encoded, snapshot, record.rev);
  }

  function beginUpsert(edit: Edit, record: ContactRecord, row: RemoteRow | null): Attempt | null {
    const link = links.of(record.id);
    if (row) return beginUpdate(edit, record, link, row);
    if (!link || link.isGone) return beginCreate(record, link);
    if (!rules.readBeforeWrite) return beginBlindly(record, link);
    if (attempts.open(record.id)?.method === 'DELETE') {
      // It is our own deletion that arrived, and was taken back here since: the next cycle looks into the server's trash.
      presence.deleted(link);
      outbox.ensure(record.id);
    } else {
      presence.vanished(edit, link, record);
    }
    return null;
  }

  /** A change was sent, and this is what the server made of it. */
  function settleChange(edit: Edit, contactId: string, done: OpenAttempt, expected: Snapshot, row: RemoteRow | null): void {
    const known = links.of(contactId);
    const record = edit.find(contactId);
    attempts.close(contactId);
    if (!row) {
      presence.vanished(edit, known ?? unreadLink(contactId, contactId, now()), record);
      return;
    }
    const isStillWatched = known?.watchedUntil && now() < known.watchedUntil ? known.sent : null;
    const link: Link = {
      ...(known ?? absorb.linkTo(contactId, row)),
      remoteId: row.remoteId,
      isGone: false,
      sent: sentBetween(known?.base ?? null, expected, row.updatedAt, isStillWatched),
      watchedUntil: after(rules.watchMs),
    };
    if (!record || record.deletedAt !== null) {
      // Deleted here meanwhile. If it is not as we sent it, deleting it there must stop at the difference.
      const isAsSent = row.hash === hashOf(snapshotText(expected));
      const base = isAsSent ? row.snapshot : link.base;
      links.save({ ...link, addressId: row.addressId, base: known || isAsSent ? base : null, baseHash: isAsSent ? row.hash : (known?.baseHash ?? '') });
      return;
    }
    const { isNews } = absorb.merge(edit, record, link, expected, row);
    if (record.rev === done.sentRev || !isNews) outbox.remove(contactId);
    else outbox.renew(contactId);
  }

  return {
    async nextPush({ after: seq, ignoreBackoff }) {
      account.need();
      for (let from = seq; ; ) {
        const row = outbox.next(from, ignoreBackoff);
        if (!row) return null;
        const item = itemOf(row);
        if (item) return item;
        outbox.remove(row.contactId);
        from = row.seq;
      }
    },

    async begin(contactId, fresh) {
      account.need();
      if (fresh) names.learn(fresh);
      const row = fresh?.rows[0] ?? null;
      return writer.run(pulled('Synced with the server'), (edit) => {
        const waiting = outbox.of(contactId);
        if (!waiting || waiting.heldBy !== null) return null;
        const record = edit.find(contactId);
        if (waiting.kind === 'delete' || !record || record.deletedAt !== null) {
          return beginDelete(edit, contactId, row?.deletedAt === null ? row : null);
        }
        return beginUpsert(edit, record, row);
      });
    },

    async settle(contactId, attemptId, fresh) {
      account.need();
      if (fresh) names.learn(fresh);
      const row = fresh?.rows[0]?.deletedAt === null ? fresh.rows[0] : null;
      writer.run(pulled('Synced with the server'), (edit) => {
        const done = attempts.open(contactId);
        if (done?.id !== attemptId) return;
        if (done.expected) return settleChange(edit, contactId, done, done.expected, row);
        const link = links.of(contactId);
        attempts.close(contactId);
        if (row || !link) return noteFailure(contactId, { kind: 'transient', status: null, message: 'The server did not delete it.', inDoubt: false });
        const isBack = edit.find(contactId)?.deletedAt === null;
        presence.deleted(link);
        if (isBack) outbox.ensure(contactId);
      });
    },

    async failed(contactId, attemptId, failure) {
      account.need();
      store.transaction(() => {
        const open = attempts.open(contactId);
        if (open?.id === attemptId && !failure.inDoubt) attempts.refuse(contactId);
        if (open?.expected && failure.status === 400) names.doubt(open.expected);
        noteFailure(contactId, failure);
      });
    },

    async learnId(contactId, remoteId) {
      const known = links.of(contactId);
      links.save({ ...(known && !isReserved(known) ? known : unreadLink(contactId, remoteId, now())), remoteId });
    },
  };
}
