import { addressShape, scalarShape, type AddressField, type ScalarField } from '../../shared/contact.ts';

/** Fields of a contact that a file can fill with one value each. */
export type ValueField = Exclude<ScalarField, 'isActive' | 'isArchived'> | AddressField;

/**
 * What a column of a file may stand for. Beside the contact's own fields: parts of a name, the company (kept in
 * `extra`), sets by name, the id, the rest of `extra` as JSON, and the times, which this book sets itself.
 */
export const fieldNames = [
  'name', 'firstName', 'middleName', 'lastName', 'company', 'contactType', 'primaryEmail', 'primaryPhone', 'website',
  'address', 'address2', 'city', 'regionCode', 'postcode', 'country', 'fax', 'fiscalInformation', 'latitude',
  'longitude', 'budget', 'budgetType', 'notes', 'inviteStatus', 'imageUrl', 'isActive', 'isArchived', 'tags', 'members', 'projects', 'uid',
  'extra', 'createdAt', 'updatedAt',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** Which field each column fills; null or absent leaves a column to `extra`. */
export type Mapping = Readonly<Record<string, FieldName | null>>;

const shapes = { ...scalarShape, ...addressShape };

export type ContactValues = {
  [K in ValueField]?: NonNullable<ReturnType<(typeof shapes)[K]['parse']>>;
};

/** An employee or a project as a file names it. */
export interface Reference {
  id?: string;
  name?: string;
}

/** What a tag looks like and means. */
export interface TagLook {
  color?: string;
  textColor?: string;
  icon?: string;
  description?: string;
}

/** What has no field of its own. `columns` come from CSV, `json` are unknown keys; a vCard's part passes through. */
export interface Extra {
  columns?: Record<string, string>;
  json?: Record<string, unknown>;
  [source: string]: unknown;
}

/** Something wrong with one cell (or key). The message is a whole sentence and quotes the value. */
export interface Problem {
  column: string;
  field: FieldName;
  message: string;
}

/** One contact as a file describes it. With `errors` it must not be imported; with `warnings` it may be. */
export interface ImportRecord {
  values: ContactValues & { isActive?: boolean; isArchived?: boolean };
  tags: string[];
  /** What the file says of tags beside their names, by name. */
  tagLooks: Record<string, TagLook>;
  members: Reference[];
  projects: Reference[];
  uid?: string;
  extra: Extra;
  errors: Problem[];
  warnings: Problem[];
}

/** Whether a word of a person's or program's mapping names a field. */
export function isFieldName(word: string): word is FieldName {
  return (fieldNames as readonly string[]).includes(word);
}

/** Puts a value into a record if the contact's own schema takes it; answers what is wrong otherwise. */
export function setValue(
  values: ImportRecord['values'],
  field: keyof typeof shapes,
  value: unknown,
): string | undefined {
  const parsed = shapes[field].safeParse(value);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'is not valid';
  if (parsed.data !== null) Object.assign(values, { [field]: parsed.data });
  return undefined;
}

/** A value as a message quotes it: in quotes, cut when it is long. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `"${text.slice(0, 77).toWellFormed()}…"` : `"${text.toWellFormed()}"`;
}

/** An object of JSON that may be kept: no list, and no key in it that could reach a prototype. */
export function isSafeObject(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !reachesPrototype(value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reachesPrototype(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(reachesPrototype);
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) =>
      key === '__proto__' ||
      (key === 'constructor' && isObject(inner) && Object.hasOwn(inner, 'prototype')) ||
      reachesPrototype(inner),
  );
}

export function emptyRecord(): ImportRecord {
  return { values: {}, tags: [], tagLooks: {}, members: [], projects: [], extra: {}, errors: [], warnings: [] };
}
