import { addressFields, scalarFields, setFields } from '../../../shared/contact.ts';
import type { Account, Attempt, RemoteRow } from '../ports.ts';
import { sameSet, sameValue, valueOf, type Snapshot, type SyncedField, type SyncedValue } from '../snapshot.ts';
import { isTaggedType, type TypeTags } from './type-tags.ts';

/** What a request needs to know of the account. */
export type Target = Pick<Account, 'tenantId' | 'organizationId' | 'dialect'>;

/** A request as it will be sent, exactly. */
export type Encoded = Omit<Attempt, 'id'>;

type Body = Record<string, unknown>;

const contacts = '/organization-contact';
const addressKeys = addressFields.map((field) => [field, `contact.${field}`] as const);

/**
 * The request that creates a contact, with our id where the server keeps it.
 * @throws Error when a type travels as a tag that nobody has made yet
 */
export function encodeCreate(target: Target, id: string, expected: Snapshot, typeTags: TypeTags): Encoded {
  const body: Body = { ...(target.dialect.clientIds && { id }), ...ownership(target) };
  for (const field of ownFields(target, expected)) {
    const value = wireValue(target, expected, field);
    // Without a budget type the server would choose one.
    if (value !== null || field === 'budgetType') body[field] = value;
  }
  const address = addressKeys.flatMap(([key, field]) => (valueOf(expected, field) === null ? [] : [[key, valueOf(expected, field)]]));
  if (address.length > 0) body.contact = { ...ownership(target), ...Object.fromEntries(address) };
  for (const set of setFields) {
    const ids = set === 'tags' ? wireTags(target, expected, typeTags) : expected.sets[set];
    if (ids.length > 0) body[set] = ids.map((one) => ({ id: one }));
  }
  return { method: 'POST', path: contacts, body: JSON.stringify(body) };
}

/**
 * The request that makes the server's contact, as just read, what is expected: fields and sets that change, and what
 * every such request must carry, which is the name and the whole address (what is left out of an address is lost there).
 * Null when nothing changes.
 */
export function encodeUpdate(target: Target, fresh: RemoteRow, expected: Snapshot, typeTags: TypeTags): Encoded | null {
  const changes = changedBody(target, fresh, expected, typeTags);
  return Object.keys(changes).length === 0 && !addressChanges(fresh, expected) ? null : update(target, fresh, expected, changes);
}

/** The request that takes a contact out of Ever Gauzy's trash, as just read there, and makes it what is expected. */
export function encodeRestore(target: Target, fresh: RemoteRow, expected: Snapshot, typeTags: TypeTags): Encoded {
  return update(target, fresh, expected, { ...changedBody(target, fresh, expected, typeTags), deletedAt: null });
}

/** The request that deletes: to the server's trash where it has one, so that other devices learn of it. */
export function encodeDelete(target: Target, remoteId: string): Encoded {
  const path = `${contacts}/${encodeURIComponent(remoteId)}`;
  return { method: 'DELETE', path: target.dialect.softDelete === false ? path : `${path}/soft`, body: null };
}

function update(target: Target, fresh: RemoteRow, expected: Snapshot, changes: Body): Encoded {
  const name = changes.name ?? fresh.wire?.name ?? valueOf(fresh.snapshot, 'name');
  const body = { ...ownership(target), ...changes, name, contact: wholeAddress(target, fresh, expected) };
  return { method: 'PUT', path: `${contacts}/${encodeURIComponent(fresh.remoteId)}`, body: JSON.stringify(body) };
}

function changedBody(target: Target, fresh: RemoteRow, expected: Snapshot, typeTags: TypeTags): Body {
  const body: Body = {};
  for (const field of ownFields(target, expected)) {
    const value = wireValue(target, expected, field);
    if (!sameValue(value, wireValue(target, fresh.snapshot, field))) body[field] = value;
  }
  // Without its picture the server shows the address that it has kept beside it.
  if (body.imageId === null && target.dialect.server === 'gauzy') body.imageUrl = valueOf(expected, 'imageUrl');
  for (const set of setFields) {
    if (sameSet(fresh.snapshot.sets[set], expected.sets[set]) && (set !== 'tags' || sameTypeTag(target, fresh, expected))) continue;
    const ids = set === 'tags' ? wireTags(target, expected, typeTags) : expected.sets[set];
    body[set] = ids.map((id) => ({ id }));
  }
  return body;
}

/** The fields of the contact itself that travel. While there is a picture the server makes its address itself. */
function ownFields({ dialect }: Target, expected: Snapshot): SyncedField[] {
  const hasPicture = valueOf(expected, 'imageId') !== null;
  return [
    ...scalarFields.filter((field) => field !== 'imageUrl' || !hasPicture),
    'imageId',
    ...(dialect.server === 'fieldbook' ? (['extra'] as const) : []),
  ];
}

function wireValue({ dialect }: Target, snapshot: Snapshot, field: SyncedField): SyncedValue {
  const value = valueOf(snapshot, field);
  if (dialect.server === 'fieldbook') return value;
  if (field === 'contactType' && isTaggedType(value)) return 'CLIENT';
  return field === 'budgetType' && typeof value === 'string' ? value.toLowerCase() : value;
}

function wireTags({ dialect }: Target, { values, sets }: Snapshot, typeTags: TypeTags): string[] {
  const type = values.contactType;
  if (dialect.server === 'fieldbook' || !isTaggedType(type)) return sets.tags;
  const tag = typeTags[type];
  if (tag === undefined) throw new Error(`The server has no tag for the type ${type} yet`);
  return [...sets.tags, tag];
}

function sameTypeTag({ dialect }: Target, fresh: RemoteRow, expected: Snapshot): boolean {
  const typeTag = (type: unknown) => (isTaggedType(type) ? type : null);
  return dialect.server === 'fieldbook' || typeTag(fresh.snapshot.values.contactType) === typeTag(expected.values.contactType);
}

const changesIn = (fresh: RemoteRow, expected: Snapshot) =>
  addressKeys.filter(([, field]) => !sameValue(valueOf(fresh.snapshot, field), valueOf(expected, field)));

const addressChanges = (fresh: RemoteRow, expected: Snapshot): boolean => changesIn(fresh, expected).length > 0;

function wholeAddress(target: Target, fresh: RemoteRow, expected: Snapshot): Body {
  const read = fresh.wire?.address ?? Object.fromEntries(addressKeys.map(([key, field]) => [key, valueOf(fresh.snapshot, field)]));
  const changes = changesIn(fresh, expected).map(([key, field]) => [key, valueOf(expected, field)]);
  return {
    ...(fresh.addressId !== null && { id: fresh.addressId }),
    ...ownership(target),
    ...read,
    ...Object.fromEntries(changes),
  };
}

const ownership = ({ tenantId, organizationId }: Target) => ({ organizationId, tenantId });
