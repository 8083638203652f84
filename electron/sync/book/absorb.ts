import { setFields, type SetField } from '../../../shared/contact.ts';
import type { ContactRecord } from '../../contacts/record.ts';
import type { Edit } from '../../contacts/writer.ts';
import { merge } from '../merge.ts';
import type { RemoteRow } from '../ports.ts';
import type { Rules } from '../rules.ts';
import { differences, sameValue, snapshotText, valueOf, type Snapshot, type SyncedField } from '../snapshot.ts';
import type { Conflicts } from './conflicts.ts';
import type { Link, Links, Sent } from './links.ts';
import type { Projector } from './project.ts';

export interface Absorbed {
  record: ContactRecord;
  link: Link;
  /** What both sides make together: what the contact is here now, and what is to be sent. */
  merged: Snapshot;
  /** Whether the server does not hold that yet. */
  isNews: boolean;
}

export interface AbsorbDeps {
  links: Links;
  conflicts: Conflicts;
  projector: Projector;
  now: () => string;
  rules: Pick<Rules, 'watchMs'>;
}

/** Takes in what the server holds of a contact that is here. */
export interface Absorb {
  /**
   * Merges against `base` (null: nothing is known of who changed what), writes here what came from there, notes the
   * conflicts, and makes the row the link's base.
   */
  merge(edit: Edit, record: ContactRecord, link: Link | null, base: Snapshot | null, row: RemoteRow): Absorbed;
  /** A link to a row that was read just now. */
  linkTo(contactId: string, row: RemoteRow): Link;
}

export function createAbsorb({ links, conflicts, projector, now, rules }: AbsorbDeps): Absorb {
  function linkTo(contactId: string, row: RemoteRow): Link {
    return {
      contactId,
      remoteId: row.remoteId,
      addressId: row.addressId,
      base: row.snapshot,
      baseHash: row.hash,
      remoteUpdatedAt: row.updatedAt,
      heldHere: {},
      checkedAt: now(),
      isGone: false,
      sent: null,
      watchedUntil: null,
    };
  }

  /** Whether a change seen now is so near to what was sent that nobody may have seen that. */
  function isWatched({ sent, watchedUntil }: Link, row: RemoteRow): boolean {
    if (!sent) return false;
    const isNearHere = watchedUntil !== null && now() < watchedUntil;
    return isNearHere || Date.parse(row.updatedAt) - Date.parse(sent.updatedAt) < rules.watchMs;
  }

  /** Tells of values that were sent, were not changed here since, and are no longer there. */
  function tellOverwritten(record: ContactRecord, { sent }: Link, mine: Snapshot, row: RemoteRow, told: ReadonlySet<string>): void {
    for (const [field, value] of Object.entries(sent?.values ?? {}) as [SyncedField, Snapshot['values'][SyncedField] | null][]) {
      const sentValue = value ?? null;
      const theirs = valueOf(row.snapshot, field);
      if (told.has(field) || sameValue(theirs, sentValue) || !sameValue(valueOf(mine, field), sentValue)) continue;
      conflicts.add({ contactId: record.id, kind: 'overwritten', field, mine: projector.valueHere(record, field), theirs });
    }
    for (const [set, { added, removed }] of Object.entries(sent?.sets ?? {}) as [SetField, { added: string[]; removed: string[] }][]) {
      const here = mine.sets[set];
      const there = row.snapshot.sets[set];
      const isLost =
        added.some((id) => here.includes(id) && !there.includes(id)) || removed.some((id) => !here.includes(id) && there.includes(id));
      if (isLost) conflicts.add({ contactId: record.id, kind: 'overwritten', field: set, mine: here, theirs: there });
    }
  }

  return {
    linkTo,
    merge(edit, record, link, base, row) {
      const { snapshot: mine, own } = projector.project(record, link);
      const { snapshot: merged, conflicts: found } = merge(base, mine, row.snapshot);
      for (const { field, base: was, theirs } of found) {
        conflicts.add({ contactId: record.id, kind: 'field', field, base: was, mine: projector.valueHere(record, field), theirs });
      }
      conflicts.refresh(record.id, (field) => fieldOf(row.snapshot, field));
      const isNear = link !== null && isWatched(link, row);
      if (link && isNear) tellOverwritten(record, link, mine, row, new Set(found.map(({ field }) => field)));

      const isTheirs = (field: SyncedField) => sameValue(valueOf(merged, field), valueOf(row.snapshot, field));
      const strange = new Set([...projector.strangeIn(row.snapshot, row.strange)].filter(isTheirs));
      const free = (Object.keys(link?.heldHere ?? {}) as SyncedField[]).filter((field) => isTheirs(field) && !strange.has(field));
      const next = edit.update(record, projector.editsBetween(record, mine, merged, strange, free));

      const heldHere: Link['heldHere'] = {};
      for (const field of strange) heldHere[field] = valueOf(own, field);
      const saved: Link = {
        ...linkTo(record.id, row),
        heldHere,
        sent: link && isNear ? stillThere(link.sent, row.snapshot) : null,
        watchedUntil: link?.watchedUntil ?? null,
      };
      links.save(saved, snapshotText(row.snapshot));
      return { record: next, link: saved, merged, isNews: differences(merged, row.snapshot).length > 0 };
    },
  };
}

const fieldOf = ({ values, sets }: Snapshot, field: string): unknown =>
  field in sets ? sets[field as SetField] : (values[field as SyncedField] ?? null);

/** What was sent and is still so: of the rest was told. */
function stillThere(sent: Sent | null, theirs: Snapshot): Sent | null {
  if (!sent) return null;
  const values = Object.entries(sent.values).filter(([field, value]) => sameValue(valueOf(theirs, field as SyncedField), value ?? null));
  const sets = (Object.entries(sent.sets) as [SetField, { added: string[]; removed: string[] }][]).filter(
    ([set, { added, removed }]) =>
      added.every((id) => theirs.sets[set].includes(id)) && !removed.some((id) => theirs.sets[set].includes(id)),
  );
  return { ...sent, values: Object.fromEntries(values), sets: Object.fromEntries(sets) };
}

/** What a request changes: of a server that held `before` to one that holds `expected`. */
export function sentBetween(before: Snapshot | null, expected: Snapshot, updatedAt: string, earlier: Sent | null): Sent {
  const values: Sent['values'] = { ...earlier?.values };
  const sets: Sent['sets'] = { ...earlier?.sets };
  const none: Snapshot = { values: {}, sets: { tags: [], members: [], projects: [] } };
  for (const field of differences(before ?? none, expected)) {
    if (isSet(field)) {
      const had = before?.sets[field] ?? [];
      const has = expected.sets[field];
      sets[field] = { added: has.filter((id) => !had.includes(id)), removed: had.filter((id) => !has.includes(id)) };
    } else {
      values[field] = valueOf(expected, field);
    }
  }
  return { updatedAt, values, sets };
}

const isSet = (field: SyncedField | SetField): field is SetField => (setFields as readonly string[]).includes(field);

