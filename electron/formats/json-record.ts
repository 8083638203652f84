import { addressFields, scalarFields } from '../../shared/contact.ts';
import { isCleanText } from '../../shared/text.ts';
import { nameFrom, parseContactType } from './cell-values.ts';
import {
  emptyRecord, isObject, isSafeObject, type ImportRecord, type Problem, quoted, type Reference, setValue,
  type TagLook,
} from './import-record.ts';

/** What the book or a server sets itself, and what it works out from other fields: neither read nor kept. */
const ownedKeys = new Set([
  'tenantId', 'organizationId', 'tenant', 'organization', 'rev', 'createdAt', 'updatedAt', 'deletedAt', 'archivedAt',
  'createdByUserId', 'updatedByUserId', 'deletedByUserId', 'contactId', 'imageId', 'image', 'invoices', 'payments',
  'expenses', 'incomes', 'timeLogs',
]);
const addressOwnedKeys = new Set([...ownedKeys, 'id', 'isActive', 'isArchived']);
const addressKeys: ReadonlySet<string> = new Set(addressFields);
const valueKeys: ReadonlySet<string> = new Set([...scalarFields, ...addressFields]);

/** What flat lists of other programs call a field, where the field itself is not there. */
const aliases = new Map<string, 'primaryEmail' | 'primaryPhone'>([['email', 'primaryEmail'], ['phone', 'primaryPhone']]);

type ValueKey = Parameters<typeof setValue>[1];

/**
 * A contact of a JSON file: our own export, an entity of Ever Gauzy's API, or a flat object with the same names. Null
 * is the same as absent. Unknown keys go to `extra.json`; a bad value is an error that names its key; nothing throws.
 */
export function recordFromJson(object: Readonly<Record<string, unknown>>): ImportRecord {
  const record = emptyRecord();
  if (!isSafeObject(object)) {
    refuse(record, 'name', 'name', 'The contact has the key "__proto__" or "constructor.prototype": not allowed.');
    return record;
  }
  const unknown: [string, unknown][] = [];
  // The fields themselves come first: an alias fills only what they leave.
  const entries = Object.entries(object).toSorted(([a], [b]) => Number(aliases.has(a)) - Number(aliases.has(b)));
  for (const [key, value] of entries) {
    if (value === null || ownedKeys.has(key)) continue;
    if (!readKey(record, key, value)) unknown.push([key, value]);
  }
  const rest = readAddress(record, object['contact']);
  if (rest.length > 0) unknown.push(['contact', Object.fromEntries(rest)]);
  if (unknown.length > 0) record.extra.json = { ...objectOrNone(record.extra.json), ...Object.fromEntries(unknown) };

  const name = record.values.name ?? nameFrom(record.values);
  if (name !== undefined) record.values.name = name;
  else if (!record.errors.some(({ field }) => field === 'name')) {
    refuse(record, 'name', 'name', 'The contact has no name, e-mail or phone to go by.');
  }
  return record;
}

/** Reads one key of a contact into the record; false for a key that no field takes. */
function readKey(record: ImportRecord, key: string, value: unknown): boolean {
  if (key === 'contact') return isObject(value);
  if (key === 'id' || key === 'uid') {
    if (typeof value === 'string' && value.trim() !== '') record.uid ??= value;
    else refuse(record, key, 'uid', `${key}: ${quoted(value)} must be a text`);
    return true;
  }
  if (key === 'tags') {
    readTags(record, value);
    return true;
  }
  if (key === 'members' || key === 'projects') {
    readReferences(record, key, value);
    return true;
  }
  if (key === 'extra') {
    if (isObject(value)) record.extra = { ...record.extra, ...value };
    else refuse(record, key, 'extra', `extra: ${quoted(value)} must be an object`);
    return true;
  }
  if (key === 'company' && typeof value === 'string' && value.trim() !== '') {
    record.extra.columns = { Company: value, ...record.extra.columns };
    return true;
  }
  const alias = aliases.get(key);
  if (alias !== undefined) {
    const isFree = record.values[alias] === undefined;
    return isFree && typeof value === 'string' && setValue(record.values, alias, value) === undefined;
  }
  if (!valueKeys.has(key)) return false;
  assign(record, key, key as ValueKey, value);
  return true;
}

/** Reads the nested address; answers what of it no field takes. Its name, if it only repeats the contact's, says nothing. */
function readAddress(record: ImportRecord, address: unknown): [string, unknown][] {
  const rest: [string, unknown][] = [];
  for (const [key, value] of Object.entries(objectOrNone(address))) {
    if (value === null || addressOwnedKeys.has(key)) continue;
    if (key === 'name' && value === record.values.name) continue;
    if (addressKeys.has(key)) assign(record, `contact.${key}`, key as ValueKey, value);
    else rest.push([key, value]);
  }
  return rest;
}

function readTags(record: ImportRecord, value: unknown): void {
  const names = new Set<string>();
  for (const tag of Array.isArray(value) ? value : [value]) {
    const name: unknown = isObject(tag) ? tag['name'] : tag;
    if (typeof name !== 'string' || name.trim() === '') {
      refuse(record, 'tags', 'tags', `tags: ${quoted(tag)} must be a name or an object with a name`);
      continue;
    }
    names.add(name.trim());
    if (isObject(tag)) record.tagLooks[name.trim()] = lookOf(tag);
  }
  record.tags = [...names];
}

function lookOf(tag: Record<string, unknown>): TagLook {
  const keys = ['color', 'textColor', 'icon', 'description'] as const;
  const filled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '' && isCleanText(value);
  return Object.fromEntries(keys.flatMap((key) => (filled(tag[key]) ? [[key, tag[key]]] : [])));
}

function readReferences(record: ImportRecord, field: 'members' | 'projects', value: unknown): void {
  for (const entry of Array.isArray(value) ? value : [value]) {
    const reference = referenceFrom(entry);
    if (reference) record[field].push(reference);
    else refuse(record, field, field, `${field}: ${quoted(entry)} must be a name or an object with an id or a name`);
  }
}

function referenceFrom(entry: unknown): Reference | undefined {
  if (typeof entry === 'string' && entry.trim() !== '') return { name: entry };
  if (!isObject(entry)) return undefined;
  const { id } = entry;
  const name = entry['fullName'] ?? entry['name'];
  const reference: Reference = {};
  if (typeof id === 'string') reference.id = id;
  if (typeof name === 'string') reference.name = name;
  return reference.id === undefined && reference.name === undefined ? undefined : reference;
}

function assign(record: ImportRecord, key: string, field: ValueKey, value: unknown): void {
  const known = typeof value === 'string' ? readText(field, value) : value;
  const problem = setValue(record.values, field, known);
  if (problem !== undefined) refuse(record, key, field, `${key}: ${quoted(value)} ${problem}`);
}

/** A number or a type written as a text. */
function readText(field: ValueKey, text: string): unknown {
  if (field === 'contactType') return parseContactType(text) ?? text;
  const isNumber = field === 'budget' || field === 'latitude' || field === 'longitude';
  return isNumber && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function objectOrNone(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function refuse(record: ImportRecord, column: string, field: Problem['field'], message: string): void {
  record.errors.push({ column, field, message });
}
