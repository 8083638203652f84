import { setFields, type SetField } from '../../shared/contact.ts';
import { sameValue, syncedFields, valueOf, type Snapshot, type SyncedField, type SyncedValue } from './snapshot.ts';

/** A field that both sides changed to different values. The row takes theirs, which other people see already. */
export interface FieldConflict {
  field: SyncedField;
  base: SyncedValue;
  mine: SyncedValue;
  theirs: SyncedValue;
}

export interface Merged {
  snapshot: Snapshot;
  conflicts: FieldConflict[];
}

/**
 * The three-way merge: the only place that decides between this book and the server.
 * A field takes the side that changed it since the base; changed on both sides it takes theirs, and mine becomes a
 * conflict. Sets take the additions and removals of both sides and never conflict.
 * Without a base nothing is known of who changed what: fields that differ are conflicts, except where one side has
 * no value, and sets are joined.
 */
export function merge(base: Snapshot | null, mine: Snapshot, theirs: Snapshot): Merged {
  const values: Snapshot['values'] = {};
  const conflicts: FieldConflict[] = [];
  for (const field of syncedFields) {
    const b = base && valueOf(base, field);
    const m = valueOf(mine, field);
    const t = valueOf(theirs, field);
    const isMine = base ? sameValue(t, b) : t === null;
    const isTheirs = base ? sameValue(m, b) : m === null;
    const value = isMine && !isTheirs ? m : t;
    if (value !== null) values[field] = value;
    if (!isMine && !isTheirs && !sameValue(m, t)) conflicts.push({ field, base: b, mine: m, theirs: t });
  }
  const sets = Object.fromEntries(
    setFields.map((set) => [set, mergeSets(base?.sets[set] ?? [], mine.sets[set], theirs.sets[set])]),
  ) as Record<SetField, string[]>;
  return { snapshot: { values, sets }, conflicts };
}

/** (theirs ∪ what I added) ∖ what I removed. */
function mergeSets(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const had = new Set(base);
  const have = new Set(mine);
  const added = mine.filter((id) => !had.has(id));
  const kept = theirs.filter((id) => have.has(id) || !had.has(id));
  return [...new Set([...kept, ...added])].sort();
}

/**
 * The base after a request whose fate is unknown: where the server now holds what was sent, that part of the request
 * arrived and is the base; elsewhere the base is what it was. Without a former base the request was a creation, and
 * what was sent is the base.
 */
export function baseAfterDoubt(base: Snapshot | null, sent: Snapshot, theirs: Snapshot): Snapshot {
  if (!base) return sent;
  const values: Snapshot['values'] = {};
  for (const field of syncedFields) {
    const value = valueOf(sameValue(valueOf(theirs, field), valueOf(sent, field)) ? sent : base, field);
    if (value !== null) values[field] = value;
  }
  const sets = Object.fromEntries(
    setFields.map((set) => [set, setAfterDoubt(base.sets[set], sent.sets[set], theirs.sets[set])]),
  ) as Record<SetField, string[]>;
  return { values, sets };
}

function setAfterDoubt(base: readonly string[], sent: readonly string[], theirs: readonly string[]): string[] {
  const wasIn = new Set(base);
  const sentIn = new Set(sent);
  const isIn = new Set(theirs);
  const all = new Set([...base, ...sent]);
  return [...all].filter((id) => (isIn.has(id) === sentIn.has(id) ? sentIn.has(id) : wasIn.has(id))).sort();
}
