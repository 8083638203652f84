import isEmail from 'validator/lib/isEmail.js';
import { z } from 'zod';
import { isBlank, isCleanJson, isCleanText, isSafeAddress } from './text.ts';

export const contactTypes = ['CUSTOMER', 'CLIENT', 'LEAD', 'VENDOR', 'PARTNER'] as const;
export const budgetTypes = ['HOURS', 'COST'] as const;
export const inviteStatuses = ['NOT_INVITED', 'INVITED', 'ACCEPTED'] as const;
export type ContactType = (typeof contactTypes)[number];
export type BudgetType = (typeof budgetTypes)[number];
export type InviteStatus = (typeof inviteStatuses)[number];

export const maxImageUrlLength = 500;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Any id of the book: a UUID of any version, in lower case. */
export const uuid = z
  .string({ error: 'must be a UUID' })
  .regex(uuidPattern, { error: 'must be a UUID' })
  .transform((id) => id.toLowerCase());

/** Text that may hold anything a person can type. */
export const text = z
  .string({ error: 'must be a string' })
  .refine(isCleanText, { error: 'must not contain NUL or broken characters' });

/** Optional text: null clears it, and an empty text is the same as none. */
export const optionalText = text.nullable().transform((value) => (value === '' ? null : value));

export const name = text.refine((value) => !isBlank(value), { error: 'should not be empty' });

/** E-mail as Ever Gauzy's own check (`@IsEmail`) takes it, so that what is valid here is accepted there. */
export const email = text
  .nullable()
  .transform((value) => (value === null ? null : value.trim() === '' ? null : value.trim()))
  .refine((value) => value === null || isEmail(value), { error: 'must be an email' });

const link = optionalText.refine((value) => value === null || isSafeAddress(value), {
  error: 'must be a web address',
});

const number = z.number({ error: 'must be a number' });

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of the following values: ${values.join(', ')}` });

/** The postal address and what belongs to it, with the names of Ever Gauzy's `contact` relation. */
export const addressShape = {
  firstName: optionalText,
  lastName: optionalText,
  website: link,
  address: optionalText,
  address2: optionalText,
  city: optionalText,
  regionCode: optionalText,
  postcode: optionalText,
  country: optionalText,
  fax: optionalText,
  fiscalInformation: optionalText,
  latitude: number.min(-90, 'must be between -90 and 90').max(90, 'must be between -90 and 90').nullable(),
  longitude: number.min(-180, 'must be between -180 and 180').max(180, 'must be between -180 and 180').nullable(),
};

/** The contact's own fields that hold one value each. */
export const scalarShape = {
  name,
  contactType: oneOf(contactTypes),
  primaryEmail: email,
  primaryPhone: optionalText,
  imageUrl: link.refine((value) => value === null || value.length <= maxImageUrlLength, {
    error: `must be shorter than or equal to ${maxImageUrlLength} characters`,
  }),
  budget: number.nullable(),
  budgetType: z
    .string({ error: `must be one of the following values: ${budgetTypes.join(', ')}` })
    .transform((value) => value.toUpperCase())
    .pipe(oneOf(budgetTypes))
    .nullable(),
  notes: optionalText,
  inviteStatus: oneOf(inviteStatuses).nullable(),
  isActive: z.boolean({ error: 'must be a boolean value' }),
  isArchived: z.boolean({ error: 'must be a boolean value' }),
};

export type AddressField = keyof typeof addressShape;
export type ScalarField = keyof typeof scalarShape;
export const addressFields = Object.keys(addressShape) as AddressField[];
export const scalarFields = Object.keys(scalarShape) as ScalarField[];

/** The sets of a contact: what it is tagged with, who looks after it, which projects are its own. */
export const setFields = ['tags', 'members', 'projects'] as const;
export type SetField = (typeof setFields)[number];

const reference = z.object({ id: uuid }, { error: 'must be an object with an id' });
/** An array of `{id}` replaces the set, `[]` clears it, absent or null leaves it. */
export const references = z.array(reference, { error: 'must be an array' }).nullable();

/** What no column holds: properties of a vCard, columns of a CSV, unknown keys of JSON. Kept, shown, exported again. */
export const extra = z
  .record(z.string(), z.unknown(), { error: 'must be an object' })
  .refine(isCleanJson, { error: 'must not contain NUL or broken characters' })
  .nullable();

const address = z.object(addressShape, { error: 'must be an object' }).partial();

/** What a caller may write of a contact. Unknown keys are ignored; server-owned ones cannot be named here at all. */
export const contactChanges = z
  .object(
    {
      ...scalarShape,
      contact: address.nullable(),
      tags: references,
      members: references,
      projects: references,
      extra,
      /** A picture that was uploaded before; null takes it away. */
      imageId: uuid.nullable(),
      tenantId: uuid.nullable(),
      organizationId: uuid.nullable(),
    },
    { error: 'must be an object' },
  )
  .partial();

/** A new contact: like changes, with a name, and an id if the caller made one. */
export const newContact = contactChanges.extend({ name, id: uuid.nullish() });

export type ContactChanges = z.output<typeof contactChanges>;
export type NewContact = z.output<typeof newContact>;
export type Address = { [K in AddressField]: z.output<(typeof addressShape)[K]> };
export type Scalars = { [K in ScalarField]: z.output<(typeof scalarShape)[K]> };

const time = z.string();
const nullableTime = z.string().nullable();

const entityBase = {
  id: z.string(),
  tenantId: z.string(),
  organizationId: z.string(),
  createdAt: time,
  updatedAt: time,
  deletedAt: nullableTime,
  createdByUserId: z.string().nullable(),
  updatedByUserId: z.string().nullable(),
  deletedByUserId: z.string().nullable(),
  isActive: z.boolean(),
  isArchived: z.boolean(),
  archivedAt: nullableTime,
};

export const tagEntity = z.object({
  ...entityBase,
  name: z.string(),
  color: z.string(),
  textColor: z.string().nullable(),
  icon: z.string().nullable(),
  description: z.string().nullable(),
  isSystem: z.boolean(),
});
export type Tag = z.output<typeof tagEntity>;

export const employeeEntity = z.object({
  ...entityBase,
  fullName: z.string(),
  user: z.object({
    id: z.string(),
    name: z.string(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    email: z.string().nullable(),
    imageUrl: z.string().nullable(),
  }),
});
export type Employee = z.output<typeof employeeEntity>;

export const projectEntity = z.object({
  ...entityBase,
  name: z.string(),
  code: z.string().nullable(),
  /** Empty, for Ever Gauzy's clients that ask for `projects.members`: who works on a project is not kept here. */
  members: z.array(z.unknown()).optional(),
});
export type Project = z.output<typeof projectEntity>;

export const invoiceEntity = z.object({
  ...entityBase,
  invoiceNumber: z.number(),
  invoiceDate: time,
  dueDate: nullableTime,
  totalValue: z.number(),
  currency: z.string(),
  status: z.string(),
});
export type Invoice = z.output<typeof invoiceEntity>;

const readText = z.string().nullable();
export const addressEntity = z.object({
  ...entityBase,
  name: readText,
  firstName: readText,
  lastName: readText,
  website: readText,
  address: readText,
  address2: readText,
  city: readText,
  regionCode: readText,
  postcode: readText,
  country: readText,
  fax: readText,
  fiscalInformation: readText,
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
});

/** A picture, with the keys of Ever Gauzy's image asset. Its addresses are paths on this server, and need a token. */
export const imageEntity = z.object({
  id: z.string(),
  mediaType: z.string(),
  name: z.string(),
  url: z.string(),
  fullUrl: z.string(),
  thumb: z.string(),
  thumbUrl: z.string(),
  size: z.number(),
  createdAt: time,
});
export type Image = z.output<typeof imageEntity>;

/** A contact as it is answered: Ever Gauzy's keys, `rev` and `extra`, and the relations that were asked for. */
export const contactEntity = z.object({
  ...entityBase,
  name: z.string(),
  contactType: z.enum(contactTypes),
  primaryEmail: readText,
  primaryPhone: readText,
  imageUrl: readText,
  budget: z.number().nullable(),
  budgetType: z.enum(budgetTypes).nullable(),
  notes: readText,
  inviteStatus: z.enum(inviteStatuses).nullable(),
  contactId: z.string(),
  imageId: readText,
  image: imageEntity.nullable(),
  rev: z.number(),
  extra: z.record(z.string(), z.unknown()).nullable(),
  contact: addressEntity.optional(),
  tags: z.array(tagEntity).optional(),
  members: z.array(employeeEntity).optional(),
  projects: z.array(projectEntity).optional(),
  invoices: z.array(invoiceEntity).optional(),
  organization: z.object({ id: z.string(), name: z.string() }).optional(),
  tenant: z.object({ id: z.string(), name: z.string() }).optional(),
  payments: z.array(z.unknown()).optional(),
  expenses: z.array(z.unknown()).optional(),
  incomes: z.array(z.unknown()).optional(),
  timeLogs: z.array(z.unknown()).optional(),
  createdByUser: z.object({ id: z.string(), name: z.string() }).optional(),
});
export type Contact = z.output<typeof contactEntity>;

/** The relations a caller may ask for. `payments expenses incomes timeLogs` exist for Ever Gauzy's clients and are empty. */
export const relations = [
  'contact', 'tags', 'members', 'members.user', 'projects', 'projects.members', 'invoices', 'organization', 'tenant',
  'image', 'payments', 'expenses', 'incomes', 'timeLogs', 'createdByUser',
] as const;
export type Relation = (typeof relations)[number];
