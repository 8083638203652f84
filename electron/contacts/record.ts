import type { BudgetType, Contact, ContactType, Image, InviteStatus } from '../../shared/contact.ts';
import type { ContactRow } from '../../shared/operations/contacts.ts';
import { readPhone } from '../../shared/phone.ts';
import { fold } from '../../shared/text.ts';
import { companyOf } from '../../shared/vcard/occupation.ts';
import { uidOf } from '../../shared/vcard/contact-from-card.ts';
import { storedCard } from '../../shared/vcard/stored-card.ts';
import type { InferSelectModel } from '../store/drizzle.ts';
import type { contact } from '../store/schema.ts';

/** A contact as its table row. */
export type ContactRecord = InferSelectModel<typeof contact>;

/** Whose book this is: what every entity carries. */
export interface Profile {
  tenantId: string;
  organizationId: string;
  userId: string;
}

/** Beyond this, names that differ only later sort as equal. */
export const sortLength = 1000;

export const derivedKeys = ['company', 'sortName', 'sortPlace', 'phoneKey', 'sourceUid'] as const satisfies readonly (keyof ContactRecord)[];
export type DerivedColumns = Pick<ContactRecord, (typeof derivedKeys)[number]>;

/** The columns that follow from others. `region` is where phones without a country code belong. */
export function derivedColumns(
  record: Pick<ContactRecord, 'id' | 'name' | 'city' | 'primaryPhone'>,
  extra: Record<string, unknown> | null,
  region: string,
): DerivedColumns {
  const company = (extra && companyOf(extra)) || null;
  const uid = extra && sourceUidOf(extra);
  const place = company ?? record.city;
  return {
    company,
    sortName: fold(record.name).trim().slice(0, sortLength),
    sortPlace: place === null ? null : fold(place).trim().slice(0, sortLength),
    phoneKey: record.primaryPhone === null ? null : (readPhone(record.primaryPhone, region)?.match ?? null),
    sourceUid: uid === null || uid.toLowerCase() === record.id ? null : uid,
  };
}

/** What the file that a contact came from called it: the UID of its card, or the one an import noted beside it. */
export function sourceUidOf(extra: Record<string, unknown>): string | null {
  if (typeof extra['uid'] === 'string' && extra['uid'] !== '') return extra['uid'];
  return uidOf(storedCard(extra)?.properties ?? []) ?? null;
}

export function parseExtra(record: Pick<ContactRecord, 'extra'>): Record<string, unknown> | null {
  return record.extra === null ? null : (JSON.parse(record.extra) as Record<string, unknown>);
}

/** Whoever made and changed an entity, as far as this book knows: the person of the profile. */
export function authorship(
  profile: Profile,
  record: { rev?: number; deletedAt?: string | null },
): Pick<Contact, 'createdByUserId' | 'updatedByUserId' | 'deletedByUserId'> {
  return {
    createdByUserId: profile.userId,
    updatedByUserId: (record.rev ?? 1) > 1 ? profile.userId : null,
    deletedByUserId: record.deletedAt ? profile.userId : null,
  };
}

/** The columns that an entity without relations is made of: less than half of the row, and so less to read. */
export const entityColumns = [
  'id', 'createdAt', 'updatedAt', 'deletedAt', 'rev', 'name', 'contactType', 'primaryEmail', 'primaryPhone', 'imageUrl', 'imageId',
  'budget', 'budgetType', 'notes', 'inviteStatus', 'isActive', 'isArchived', 'archivedAt', 'addressId', 'extra',
] as const satisfies readonly (keyof ContactRecord)[];

export type EntityRecord = Pick<ContactRecord, (typeof entityColumns)[number]>;

/** A record in the keys of Ever Gauzy's entity, with `rev` and `extra`; relations are added by the reader. */
export function toEntity(record: EntityRecord, profile: Profile, image: Contact['image']): Contact {
  return {
    id: record.id,
    tenantId: profile.tenantId,
    organizationId: profile.organizationId,
    name: record.name,
    contactType: record.contactType as ContactType,
    primaryEmail: record.primaryEmail,
    primaryPhone: record.primaryPhone,
    imageUrl: record.imageUrl,
    budget: record.budget,
    budgetType: record.budgetType as BudgetType | null,
    notes: record.notes,
    inviteStatus: record.inviteStatus as InviteStatus | null,
    isActive: record.isActive === 1,
    isArchived: record.isArchived === 1,
    archivedAt: record.archivedAt,
    contactId: record.addressId,
    imageId: record.imageId,
    image,
    rev: record.rev,
    extra: parseExtra(record),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    deletedAt: record.deletedAt,
    ...authorship(profile, record),
  };
}

/** The address of a record as Ever Gauzy's `contact` relation. */
export function toAddress(record: ContactRecord, profile: Profile): NonNullable<Contact['contact']> {
  return {
    id: record.addressId,
    tenantId: profile.tenantId,
    organizationId: profile.organizationId,
    name: record.name,
    firstName: record.firstName,
    lastName: record.lastName,
    website: record.website,
    address: record.address,
    address2: record.address2,
    city: record.city,
    regionCode: record.regionCode,
    postcode: record.postcode,
    country: record.country,
    fax: record.fax,
    fiscalInformation: record.fiscalInformation,
    latitude: record.latitude,
    longitude: record.longitude,
    isActive: true,
    isArchived: false,
    archivedAt: null,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    deletedAt: null,
    ...authorship(profile, { rev: record.rev }),
  };
}

/** What is read of a picture beside its bytes. */
export type ImageRow = Pick<Image, 'id' | 'mediaType' | 'size' | 'createdAt'>;

export function toImage(row: ImageRow): Image {
  const url = `/api/image-assets/${row.id}/file`;
  return { ...row, name: `${row.id}.${row.mediaType.replace('image/', '')}`, url, fullUrl: url, thumb: url, thumbUrl: url };
}

/** The columns that a row of the window's list needs. */
export const rowColumns = [
  'no', 'id', 'name', 'contactType', 'company', 'city', 'primaryEmail', 'primaryPhone', 'budget', 'budgetType',
  'imageId', 'rev', 'updatedAt', 'deletedAt',
] as const satisfies readonly (keyof ContactRecord)[];

export type RowRecord = Pick<ContactRecord, (typeof rowColumns)[number]>;

export function toRow(record: RowRecord, tags: string[], members: string[]): ContactRow {
  const { no: _no, ...rest } = record;
  return { ...rest, contactType: record.contactType as ContactType, budgetType: record.budgetType as BudgetType | null, tags, members };
}
