import { createHash } from 'node:crypto';
import { addressFields, scalarFields, setFields, type AddressField, type ScalarField, type SetField } from '../../shared/contact.ts';

/**
 * The fields that travel, with the journal's names. Sets travel beside them. `imageId` is the server's id of the
 * picture; `extra` travels only between two Fieldbooks and is null otherwise.
 */
export type SyncedField = ScalarField | `contact.${AddressField}` | 'imageId' | 'extra';

export const syncedFields: readonly SyncedField[] = [
  ...scalarFields,
  ...addressFields.map((field): SyncedField => `contact.${field}`),
  'imageId',
  'extra',
];

export type SyncedValue = string | number | boolean | null | Record<string, unknown>;

/**
 * A contact as the server holds or would hold it, in one canonical form, so that two of them can be compared.
 * The ids in sets are the server's, sorted. Fields that hold null are left out.
 */
export interface Snapshot {
  values: Partial<Record<SyncedField, Exclude<SyncedValue, null>>>;
  sets: Record<SetField, string[]>;
}

/** A snapshot of raw values: text trimmed and in NFC, an empty text is none, the domain of an e-mail in lower case. */
export function snapshotOf(values: Partial<Record<SyncedField, unknown>>, sets: Record<SetField, readonly string[]>): Snapshot {
  const kept: Snapshot['values'] = {};
  for (const field of syncedFields) {
    const value = canonical(field, values[field]);
    if (value !== null) kept[field] = value;
  }
  return {
    values: kept,
    sets: { tags: idSet(sets.tags), members: idSet(sets.members), projects: idSet(sets.projects) },
  };
}

function idSet(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

function canonical(field: SyncedField, value: unknown): SyncedValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return canonicalText(field, value);
  if (typeof value === 'number') return Number.isFinite(value) ? (Object.is(value, -0) ? 0 : value) : null;
  if (typeof value === 'boolean') return value;
  const object = sortedKeys(value) as Record<string, unknown>;
  return Object.keys(object).length === 0 ? null : object;
}

function canonicalText(field: SyncedField, value: string): string | null {
  const text = value.normalize('NFC').trim();
  if (text === '') return null;
  if (field !== 'primaryEmail') return text;
  const at = text.lastIndexOf('@');
  return text.slice(0, at + 1) + text.slice(at + 1).toLowerCase();
}

/** The same value with the keys of its objects in order, at every depth. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  );
}

export function valueOf(snapshot: Snapshot, field: SyncedField): SyncedValue {
  return snapshot.values[field] ?? null;
}

/** Whether two canonical values are the same. */
export function sameValue(a: SyncedValue, b: SyncedValue): boolean {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
}

export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/** A snapshot as text, always the same for the same content. */
export function snapshotText(snapshot: Snapshot): string {
  const values = Object.fromEntries(syncedFields.flatMap((field) => {
    const value = snapshot.values[field];
    return value === undefined ? [] : [[field, value]];
  }));
  const { tags, members, projects } = snapshot.sets;
  return JSON.stringify({ values, sets: { tags, members, projects } });
}

/** What tells two contents apart: of the text of a snapshot. */
export function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('base64url');
}

/** The fields and sets in which two snapshots differ. */
export function differences(a: Snapshot, b: Snapshot): (SyncedField | SetField)[] {
  return [
    ...syncedFields.filter((field) => !sameValue(valueOf(a, field), valueOf(b, field))),
    ...setFields.filter((set) => !sameSet(a.sets[set], b.sets[set])),
  ];
}
