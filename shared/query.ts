import { z } from 'zod';
import {
  addressFields, budgetTypes, contactTypes, inviteStatuses, relations, text, uuid, type AddressField,
} from './contact.ts';

/** A number that may arrive as the text of a query string. */
export function wholeNumber(min: number, max: number) {
  return z
    .union([z.number(), z.string().regex(/^-?\d+$/).transform(Number)], { error: 'must be an integer number' })
    .refine(Number.isInteger, { error: 'must be an integer number' })
    .refine((value) => value >= min, { error: `must not be less than ${min}` })
    .refine((value) => value <= max, { error: `must not be greater than ${max}` });
}

/** A boolean that may arrive as the text of a query string. */
export const flag = z.union(
  [z.boolean(), z.enum(['true', '1']).transform(() => true), z.enum(['false', '0']).transform(() => false)],
  { error: 'must be a boolean value' },
);

/** A list that may arrive as an array, as `key[0]=…` or as one value. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess((value) => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.values(value);
    return value;
  }, z.array(item, { error: 'must be an array' }));
}

/** Ids in one parameter, separated by commas, or as an array. */
export const idList = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').filter((id) => id !== '') : value),
  z.array(uuid, { error: 'must be a list of ids' }),
);

export const relationList = listOf(z.enum(relations, { error: `must be one of: ${relations.join(', ')}` }));

/** The columns of a contact that can be filtered by equality and ordered by. */
export const filterColumns = {
  id: uuid,
  contactType: z.enum(contactTypes, { error: `must be one of the following values: ${contactTypes.join(', ')}` }),
  budgetType: z.preprocess(
    (value) => (typeof value === 'string' ? value.toUpperCase() : value),
    z.enum(budgetTypes, { error: `must be one of the following values: ${budgetTypes.join(', ')}` }),
  ),
  inviteStatus: z.enum(inviteStatuses, {
    error: `must be one of the following values: ${inviteStatuses.join(', ')}`,
  }),
  budget: z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i).transform(Number)], { error: 'must be a number' }),
  notes: text,
  imageUrl: text,
  isActive: flag,
  isArchived: flag,
  archivedAt: text,
  imageId: uuid,
  createdAt: text,
  updatedAt: text,
  name: text,
  primaryEmail: text,
  primaryPhone: text,
};
export type FilterColumn = keyof typeof filterColumns;

/** Filters by these are "contains", in any case, with `%` and `_` as plain characters. */
export const containsColumns = ['name', 'primaryEmail', 'primaryPhone'] as const satisfies readonly FilterColumn[];

const addressFilter = z.strictObject(
  Object.fromEntries(
    addressFields.map((field) => [field, z.union([text, z.number()], { error: 'must be a string' }).optional()]),
  ) as Record<AddressField, z.ZodOptional<z.ZodUnion<[typeof text, z.ZodNumber]>>>,
);

const idOrObject = z.union([listOf(uuid), z.strictObject({ id: uuid }).transform(({ id }) => [id])], {
  error: 'must be an array of ids',
});

/** One group of filters, all of which must hold. */
export const where = z.strictObject({
  ...filterColumns,
  tags: idOrObject,
  members: idOrObject,
  projects: idOrObject,
  contact: addressFilter,
  tenantId: uuid,
  organizationId: uuid,
  tenant: z.strictObject({ id: uuid }),
  organization: z.strictObject({ id: uuid }),
  createdByUserId: uuid,
}).partial();
export type Where = z.output<typeof where>;

/** A group that holds nothing. */
const nobody = { organizationId: '00000000-0000-0000-0000-000000000000' };

/**
 * `where[…]` or, for "one of these groups", `where[0][…]`, `where[1][…]` (at most 20). In the second form texts are compared
 * for equality, also where there is one group: it comes out with another beside it, which holds nothing.
 */
export const whereGroups = z.preprocess(
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const keys = Object.keys(value);
    if (keys.length === 0 || !keys.every((key) => /^\d+$/.test(key))) return [value];
    return keys.length === 1 ? [...Object.values(value), nobody] : Object.values(value);
  },
  z.array(where, { error: 'must be an object' }).max(20, 'must not have more than 20 groups'),
);

export const direction = z.preprocess(
  (value) => (typeof value === 'string' ? value.toUpperCase() : value),
  z.enum(['ASC', 'DESC'], { error: 'must be ASC or DESC' }),
);

/** Columns with their directions, the first of them deciding first: a record keeps them as they came, an object would sort them. */
export function orderOf<C extends string>(columns: readonly C[]) {
  return z.partialRecord(z.enum(columns), direction.optional());
}

export const order = orderOf([...(Object.keys(filterColumns) as FilterColumn[]), 'deletedAt']);
export type Order = z.output<typeof order>;

/** The columns of a contact that are given out; relations are asked for by their own names. */
const selectable = [
  ...(Object.keys(filterColumns) as FilterColumn[]), 'deletedAt', 'contactId', 'rev', 'extra', 'tenantId', 'organizationId',
  'createdByUserId', 'updatedByUserId', 'deletedByUserId',
] as const;
export type SelectColumn = (typeof selectable)[number];

/** `select[id]=true&select[updatedAt]=true`: the columns that a row is cut down to. */
export const select = z.strictObject(
  Object.fromEntries(selectable.map((column) => [column, flag.optional()])) as Record<SelectColumn, z.ZodOptional<typeof flag>>,
);
export type Select = z.output<typeof select>;

/** A parameter that is an object, as JSON text in a query string: Ever Gauzy's `data`. Its schema says so with `contentMediaType`. */
export function jsonParameter<T extends z.ZodType>(schema: T) {
  const parse = (value: unknown, context: z.RefinementCtx) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.issues.push({ code: 'custom', message: 'must be valid JSON', input: value });
      return z.NEVER;
    }
  };
  return z.preprocess(parse, schema).meta({ contentMediaType: 'application/json' });
}
