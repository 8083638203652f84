import { setFields, type SetField } from '../../../shared/contact.ts';
import type { Dialect, RemoteName, RemoteRow, StrangeRow } from '../ports.ts';
import { hashOf, snapshotOf, snapshotText, type SyncedField } from '../snapshot.ts';
import { wireFields, type WireField } from './fields.ts';
import { typeOfTag } from './type-tags.ts';

/** A contact that could be read: with the names that its sets refer to, and where its picture is. */
export interface ReadRow {
  kind: 'row';
  row: RemoteRow;
  names: Record<SetField, RemoteName[]>;
  /** The address of the picture `imageId`, as the server gives it; null when it gives none. */
  pictureUrl: string | null;
}

export type Decoded = ReadRow | { kind: 'strange'; strange: StrangeRow };

type Json = Record<string, unknown>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const maxRaw = 100_000;

/**
 * Reads one contact as a list or a GET by id answers it, with the relations tags, members, members.user, projects and
 * contact. Fields nobody here knows are ignored; a field whose value the book cannot hold is named in `strange`; a row
 * without an id or name, or with values of the wrong type, is no contact but a `StrangeRow` with the reason in words.
 * `forUpdate` keeps what an update has to send back.
 */
export function decodeContact(json: unknown, dialect: Dialect, { forUpdate = false } = {}): Decoded {
  try {
    if (!isObject(json)) throw new Unreadable('it is no object');
    return readContact(json, dialect, forUpdate);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { kind: 'strange', strange: strangeRow(json, error.message) };
  }
}

/** What the server holds cannot be understood as a contact; the message says why. */
class Unreadable extends Error {}

function readContact(json: Json, dialect: Dialect, forUpdate: boolean): ReadRow {
  if (typeof json.id !== 'string' || !uuid.test(json.id)) throw new Unreadable('its id is not a UUID');
  const address = json.contact ?? null;
  if (address !== null && !isObject(address)) throw new Unreadable('its address is no object');
  const names = {
    tags: namesOf('tags', json.tags),
    members: namesOf('members', json.members),
    projects: namesOf('projects', json.projects),
  };
  const typeTags = dialect.server === 'gauzy' ? names.tags.filter(({ name }) => typeOfTag(name)) : [];
  const isTypeTag = new Set(typeTags.map(({ id }) => id));
  const tags = names.tags.filter(({ id }) => !isTypeTag.has(id));

  const values: Partial<Record<SyncedField, unknown>> = {};
  const strange: SyncedField[] = [];
  const hasPicture = textOrNull(json.imageId) !== null;
  for (const field of wireFields) {
    // The address of a picture that the server keeps follows from it.
    const value = field.name === 'imageUrl' && hasPicture ? null : readField(field, json, address);
    if (value === null) continue;
    values[field.name] = value;
    if (!field.isHoldable(value)) strange.push(field.name);
  }
  if (dialect.server === 'gauzy') translateFromGauzy(values, typeTags);
  if (dialect.server === 'fieldbook' && isObject(json.extra)) values.extra = json.extra;
  if (values.contactType === undefined) strange.push('contactType');

  const snapshot = snapshotOf({ isActive: true, isArchived: false, ...values }, { tags: idsOf(tags), members: idsOf(names.members), projects: idsOf(names.projects) });
  if (snapshot.values.name === undefined) throw new Unreadable('it has no name');
  const row: RemoteRow = {
    remoteId: json.id,
    addressId: textOrNull(address?.id),
    createdAt: time(json, 'createdAt'),
    updatedAt: time(json, 'updatedAt'),
    deletedAt: json.deletedAt === null || json.deletedAt === undefined ? null : time(json, 'deletedAt'),
    snapshot,
    hash: hashOf(snapshotText(snapshot)),
    strange,
    ...(forUpdate && { wire: { name: json.name as string, address: resent(address ?? {}) } }),
  };
  return { kind: 'row', row, names: { ...names, tags }, pictureUrl: pictureUrl(json) };
}

function readField({ name, column, inAddress, type }: WireField, json: Json, address: Json | null): unknown {
  const value = inAddress ? address?.[column] : json[column];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === type) return value;
  throw new Unreadable(`${name} is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`} where a ${type} belongs`);
}

function translateFromGauzy(values: Partial<Record<SyncedField, unknown>>, typeTags: readonly RemoteName[]): void {
  if (isInventedPicture(values.imageUrl)) delete values.imageUrl;
  // A type that was changed there counts more than a tag that was left behind.
  const tag = typeTags[0];
  if (tag && values.contactType === 'CLIENT') values.contactType = typeOfTag(tag.name);
  if (typeof values.budgetType === 'string') values.budgetType = values.budgetType.toUpperCase();
}

/** Ever Gauzy makes a picture of the first letter for whoever has none. */
function isInventedPicture(url: unknown): boolean {
  return typeof url === 'string' && /^https?:\/\/(www\.)?dummyimage\.com\//i.test(url);
}

function namesOf(set: SetField, list: unknown): RemoteName[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw new Unreadable(`its ${set} are no list`);
  return list.map((one: unknown) => {
    if (!isObject(one) || typeof one.id !== 'string') throw new Unreadable(`one of its ${set} has no id`);
    const user = isObject(one.user) ? one.user : {};
    const name = set === 'members' ? (one.fullName ?? user.name) : one.name;
    return {
      id: one.id,
      name: typeof name === 'string' ? name.trim() : '',
      ...(typeof one.color === 'string' && { color: one.color }),
      ...(set === 'members' && { email: textOrNull(user.email) }),
    };
  });
}

const idsOf = (names: readonly RemoteName[]) => names.map(({ id }) => id);

function pictureUrl({ image, imageUrl }: Json): string | null {
  const urls = isObject(image) ? [image.fullUrl, image.url, imageUrl] : [imageUrl];
  return textOrNull(urls.find((url) => typeof url === 'string' && url !== ''));
}

/** What an address holds beside its id, times and owners: the server forgets what is not sent back. */
function resent(address: Json): Json {
  return Object.fromEntries(
    Object.entries(address).filter(([key, value]) => !serverOwned.test(key) && (value === null || typeof value !== 'object')),
  );
}

const serverOwned = /^(id|tenantId|organizationId|archivedAt|(created|updated|deleted)(At|ByUserId))$/;

function time(json: Json, key: string): string {
  const value = json[key];
  const date = typeof value === 'string' ? new Date(value) : null;
  if (!date || Number.isNaN(date.getTime())) throw new Unreadable(`${key} is no time`);
  return date.toISOString();
}

function strangeRow(json: unknown, problem: string): StrangeRow {
  const row = isObject(json) ? json : {};
  return {
    remoteId: typeof row.id === 'string' ? row.id.slice(0, 100) : '',
    name: typeof row.name === 'string' ? row.name.slice(0, 200) : null,
    reason: `The server's contact cannot be read: ${problem}.`,
    raw: (JSON.stringify(json) ?? '').slice(0, maxRaw),
    isDeleted: typeof row.deletedAt === 'string',
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The names of several rows, each once, those without a text left out. */
export function joinNames(rows: readonly Pick<ReadRow, 'names'>[]): Record<SetField, RemoteName[]> {
  const joined = { tags: new Map<string, RemoteName>(), members: new Map<string, RemoteName>(), projects: new Map<string, RemoteName>() };
  for (const { names } of rows) {
    for (const set of setFields) for (const name of names[set]) if (name.name !== '') joined[set].set(name.id, name);
  }
  return { tags: [...joined.tags.values()], members: [...joined.members.values()], projects: [...joined.projects.values()] };
}
