import {
  addressFields, scalarFields, setFields, type Address, type AddressField, type ContactChanges, type ScalarField,
  type Scalars, type SetField,
} from '../../shared/contact.ts';
import type { ContactRecord } from './record.ts';

/** What to write on a contact, field by field; a field that is absent stays. Sets are ids and replace the whole set. */
export interface Edits {
  scalars?: Partial<Scalars>;
  address?: Partial<Address>;
  sets?: Partial<Record<SetField, readonly string[]>>;
  extra?: Record<string, unknown> | null;
  imageId?: string | null;
}

/** The name of a field in the journal: address fields are told from the contact's own by `contact.`. */
export type JournalField = ScalarField | `contact.${AddressField}` | SetField | 'extra' | 'imageId' | 'deletedAt';

/** A caller's changes as edits: absent and, for sets, null leave a field; `contact: null` clears the address. */
export function editsFrom(changes: ContactChanges): Edits {
  const edits: Edits = {};
  const scalars: Record<string, unknown> = {};
  for (const field of scalarFields) if (changes[field] !== undefined) scalars[field] = changes[field];
  if (Object.keys(scalars).length > 0) edits.scalars = scalars as Partial<Scalars>;
  if (changes.contact === null) {
    edits.address = Object.fromEntries(addressFields.map((field) => [field, null])) as Partial<Address>;
  } else if (changes.contact) {
    edits.address = Object.fromEntries(
      addressFields.flatMap((field) => {
        const value = changes.contact?.[field];
        return value === undefined ? [] : [[field, value]];
      }),
    );
  }
  for (const field of setFields) {
    const references = changes[field];
    if (references) edits.sets = { ...edits.sets, [field]: references.map(({ id }) => id) };
  }
  if (changes.extra !== undefined) edits.extra = changes.extra;
  if (changes.imageId !== undefined) edits.imageId = changes.imageId;
  return edits;
}

/** The edit that gives one field, named as in the journal, a value. */
export function editOf(field: JournalField, value: unknown): Edits {
  if (field === 'extra') return { extra: value as Record<string, unknown> | null };
  if (field === 'imageId') return { imageId: value as string | null };
  if ((setFields as readonly string[]).includes(field)) return { sets: { [field]: value as string[] } };
  if (field.startsWith('contact.')) return { address: { [field.slice('contact.'.length)]: value } };
  return { scalars: { [field]: value } };
}

const flags = new Set<string>(['isActive', 'isArchived']);

/** A column's value as the world sees it: flags are numbers in the table. */
export function readField(record: ContactRecord, field: ScalarField | AddressField): string | number | boolean | null {
  const value = record[field];
  return flags.has(field) ? value === 1 : value;
}

/** A value as its column holds it. */
export function columnValue(value: string | number | boolean | null): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}
