import { z } from 'zod';
import {
  contactChanges, contactEntity, contactTypes, newContact, references, uuid, type Contact,
} from '../contact.ts';
import { operation } from '../operation.ts';
import {
  flag, idList, jsonParameter, order, relationList, select, where, whereGroups, wholeNumber, type Order,
} from '../query.ts';
import { deleteResult, page, scope } from './common.ts';

const relations = relationList.optional();
const ifMatch = z.string().optional();

/** Filters shared by search and export. `tag` and `member` are ids. */
export const searchFilters = {
  q: z.string({ error: 'must be a string' }).max(1000, 'must be shorter than or equal to 1000 characters').optional(),
  contactType: z
    .enum(contactTypes, { error: `must be one of the following values: ${contactTypes.join(', ')}` })
    .optional(),
  tag: uuid.optional(),
  member: uuid.optional(),
};

/** The columns that the window's list can be sorted by. */
export const sortColumns = ['name', 'contactType', 'place', 'primaryEmail', 'primaryPhone', 'budget', 'updatedAt', 'createdAt'] as const;
export type SortColumn = (typeof sortColumns)[number];

/** What a search found can be sorted by a column up to so many matches; more of them come by relevance only. */
export const sortedMatches = 1000;

/** What the window's list shows, and in which order. */
const listView = {
  query: searchFilters.q,
  sort: z.enum(sortColumns).optional(),
  descending: z.boolean().optional(),
  types: z.array(z.enum(contactTypes)).optional(),
  tags: z.array(uuid).optional(),
  members: z.array(uuid).optional(),
  trash: z.boolean().optional(),
};

/** Why a search found a contact whose row does not show it: the field, of `extra` also its label, and what stands there. */
export const matchReason = z.object({ field: z.string(), label: z.string().nullable(), snippet: z.string() });
export type MatchReason = z.output<typeof matchReason>;

/** A contact as a row of the window's list. Tags and members are ids; their names are in `tag.list` and `employee.list`. */
export const contactRow = z.object({
  id: z.string(),
  name: z.string(),
  contactType: z.enum(contactTypes),
  company: z.string().nullable(),
  city: z.string().nullable(),
  primaryEmail: z.string().nullable(),
  primaryPhone: z.string().nullable(),
  budget: z.number().nullable(),
  budgetType: z.enum(['HOURS', 'COST']).nullable(),
  tags: z.array(z.string()),
  members: z.array(z.string()),
  imageId: z.string().nullable(),
  rev: z.number(),
  updatedAt: z.string(),
  deletedAt: z.string().nullable(),
  reason: matchReason.optional(),
});
export type ContactRow = z.output<typeof contactRow>;

/** A contact that a new one may be the same as, and by what. */
export const similarContact = z.object({
  contact: contactRow,
  by: z.array(z.enum(['email', 'phone', 'name'])),
});
export type SimilarContact = z.output<typeof similarContact>;

export const journalEntry = z.object({
  seq: z.number(),
  at: z.string(),
  actor: z.string(),
  group: z.string(),
  kind: z.enum(['created', 'updated', 'deleted', 'restored', 'purged']),
  field: z.string().nullable(),
  old: z.unknown(),
  new: z.unknown(),
});
export type JournalEntry = z.output<typeof journalEntry>;

export const contactOperations = {
  'contact.find': operation({
    summary: 'All contacts that match, in one streamed answer.',
    access: 'view',
    stream: 'down',
    input: z.object({
      data: jsonParameter(
        z.object({
          relations,
          findInput: where.extend({ employeeId: uuid }).partial().optional(),
        }),
      ).optional(),
      ...scope,
    }),
    output: page(contactEntity),
    rest: { method: 'GET', path: '/organization-contact', status: 200 },
  }),
  'contact.paginate': operation({
    summary: 'One page of contacts; skip is the number of the page, from 1. With select, rows have only these columns.',
    access: 'view',
    input: z
      .object({
        where: whereGroups.optional(),
        select: select.optional(),
        order: order.optional(),
        relations,
        take: wholeNumber(1, 100).optional(),
        skip: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
        withDeleted: flag.optional(),
        ...scope,
      })
      .refine((input) => input.skip === undefined || input.take !== undefined, {
        path: ['take'],
        error: 'is needed where skip is given',
      })
      .superRefine((input, context) => {
        if (!input.select) return;
        for (const column of Object.keys(input.order ?? {}) as (keyof Order)[]) {
          if (input.select[column]) continue;
          context.addIssue({ code: 'custom', path: ['order', column], message: 'is not among the selected columns' });
        }
      }),
    output: page(z.union([contactEntity, contactEntity.partial()])),
    rest: { method: 'GET', path: '/organization-contact/pagination', status: 200 },
  }),
  'contact.count': operation({
    summary: 'The number of contacts that match.',
    access: 'view',
    input: where,
    output: z.number(),
    rest: { method: 'GET', path: '/organization-contact/count', status: 200 },
  }),
  'contact.ofEmployee': operation({
    summary: 'The contacts that an employee looks after, briefly.',
    access: 'view',
    stream: 'down',
    input: z.object({ employeeId: uuid, contactType: searchFilters.contactType, ...scope }),
    output: z.array(z.object({ id: z.string(), name: z.string(), imageUrl: z.string().nullable(), image: contactEntity.shape.image })),
    rest: { method: 'GET', path: '/organization-contact/employee/:employeeId', status: 200 },
  }),
  'contact.search': operation({
    summary: 'Ranked search as you type over everything about a contact.',
    access: 'view',
    input: z.strictObject({
      ...searchFilters,
      limit: wholeNumber(1, 100).optional(),
      cursor: z.string({ error: 'must be a string' }).optional(),
    }),
    output: z.object({ items: z.array(contactEntity), total: z.number().optional(), nextCursor: z.string().nullable() }),
    rest: { method: 'GET', path: '/organization-contact/search', status: 200 },
  }),
  'contact.caller': operation({
    summary: 'Whose phone ends with these digits, typed in any format: from the last four to a whole number.',
    access: 'view',
    input: z.strictObject({
      number: z.string({ error: 'must be a string' }).max(60, 'must be shorter than or equal to 60 characters'),
    }),
    /** The best first: the more of the digits are the same, the better. `phone` is the number that ends so. */
    output: z.object({ items: z.array(z.object({ contact: contactRow, phone: z.string() })) }),
    rest: { method: 'GET', path: '/organization-contact/caller', status: 200 },
  }),
  'contact.similar': operation({
    summary: 'Contacts with the same e-mail, phone or name: what a new contact may be a duplicate of.',
    access: 'owner',
    input: z.strictObject({ name: z.string().max(1000), email: z.string().max(1000), phone: z.string().max(1000) }).partial(),
    output: z.object({ items: z.array(similarContact) }),
  }),
  'contact.export': operation({
    summary: 'Contacts as CSV, vCard or JSON, streamed.',
    access: 'view',
    stream: 'down',
    input: z.strictObject({
      format: z.enum(['csv', 'vcf', 'json'], { error: 'must be one of the following values: csv, vcf, json' }),
      ids: idList.optional(),
      version: z.enum(['3.0', '4.0'], { error: 'must be one of the following values: 3.0, 4.0' }).optional(),
      profile: z
        .enum(['plain', 'spreadsheet'], { error: 'must be one of the following values: plain, spreadsheet' })
        .optional(),
      ...searchFilters,
    }),
    output: z.unknown(),
    produces: ['text/csv', 'text/vcard', 'application/json'],
    rest: { method: 'GET', path: '/organization-contact/export', status: 200 },
  }),
  'contact.get': operation({
    summary: 'One contact, with the relations that are asked for.',
    access: 'view',
    input: z.object({
      id: uuid,
      data: jsonParameter(z.object({ relations })).optional(),
      /** Also a contact in the trash. */
      withDeleted: flag.optional(),
      ...scope,
    }),
    output: contactEntity,
    rest: { method: 'GET', path: '/organization-contact/:id', status: 200, revisioned: true },
  }),
  'contact.history': operation({
    summary: 'What was changed on a contact, when and by whom, newest first.',
    access: 'view',
    input: z.strictObject({ id: uuid, limit: wholeNumber(1, 1000).optional() }),
    output: page(journalEntry),
    rest: { method: 'GET', path: '/organization-contact/:id/history', status: 200 },
  }),
  'contact.create': operation({
    summary: 'Creates a contact; the id may be made by the caller. The id of a live contact updates it.',
    access: 'edit',
    input: newContact,
    output: contactEntity,
    rest: { method: 'POST', path: '/organization-contact', status: 201, revisioned: true },
  }),
  'contact.assign': operation({
    summary: 'Adds an employee to the members of some contacts and takes it from others.',
    access: 'edit',
    input: z.object({
      member: z.object({ id: uuid }, { error: 'must be an object with an id' }),
      addedEntityIds: z.array(uuid, { error: 'must be an array of ids' }).nullish(),
      removedEntityIds: z.array(uuid, { error: 'must be an array of ids' }).nullish(),
      ...scope,
    }),
    output: z.literal(true),
    rest: { method: 'PUT', path: '/organization-contact/employee', status: 202 },
  }),
  'contact.update': operation({
    summary: 'Changes what is named, leaves the rest.',
    access: 'edit',
    input: contactChanges.extend({ id: uuid, ifMatch }),
    output: contactEntity,
    rest: { method: 'PUT', path: '/organization-contact/:id', status: 202, ifMatch: true, revisioned: true },
  }),
  'contact.delete': operation({
    summary: 'Moves a contact to the trash.',
    access: 'edit',
    input: z.object({ id: uuid, ifMatch, ...scope }),
    output: deleteResult,
    rest: { method: 'DELETE', path: '/organization-contact/:id', status: 202, ifMatch: true },
  }),
  'contact.softDelete': operation({
    summary: 'Moves a contact to the trash and answers with it.',
    access: 'edit',
    input: z.object({ id: uuid, ifMatch, ...scope }),
    output: contactEntity,
    rest: { method: 'DELETE', path: '/organization-contact/:id/soft', status: 202, ifMatch: true, revisioned: true },
  }),
  'contact.recover': operation({
    summary: 'Takes a contact out of the trash.',
    access: 'edit',
    input: z.object({ id: uuid, ifMatch, ...scope }),
    output: contactEntity,
    rest: { method: 'PUT', path: '/organization-contact/:id/recover', status: 202, ifMatch: true, revisioned: true },
  }),
  'contact.page': operation({
    summary: 'A stretch of the window’s list: sorted or searched, filtered, from a cursor or an offset.',
    access: 'owner',
    input: z.strictObject({
      ...listView,
      limit: wholeNumber(1, 500),
      after: z.string().optional(),
      offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
    }),
    /** `total` is null when a search found more than is worth counting. `cursor` is null at the end. */
    output: z.object({ items: z.array(contactRow), total: z.number().nullable(), cursor: z.string().nullable() }),
  }),
  'contact.place': operation({
    summary: 'At which index of the window’s list a contact stands; null where it is not in it, or the list is a search.',
    access: 'owner',
    input: z.strictObject({ ...listView, id: uuid }),
    output: z.object({ index: z.number().nullable() }),
  }),
  'contact.deleteMany': operation({
    summary: 'Moves contacts to the trash, as one step of undo.',
    access: 'owner',
    input: z.strictObject({ ids: z.array(uuid).min(1).max(100_000) }),
    output: z.object({ group: z.string().nullable(), affected: z.number() }),
  }),
  'contact.recoverMany': operation({
    summary: 'Takes contacts out of the trash, as one step of undo.',
    access: 'owner',
    input: z.strictObject({ ids: z.array(uuid).min(1).max(100_000) }),
    output: z.object({ group: z.string().nullable(), affected: z.number() }),
  }),
  'contact.changeMany': operation({
    summary: 'Adds and takes tags and members, and sets the type, on many contacts as one step of undo.',
    access: 'owner',
    input: z.strictObject({
      ids: z.array(uuid).min(1).max(100_000),
      contactType: z.enum(contactTypes).optional(),
      addTags: references.optional(),
      removeTags: references.optional(),
      addMembers: references.optional(),
      removeMembers: references.optional(),
    }),
    output: z.object({ group: z.string().nullable(), affected: z.number() }),
  }),
  'contact.purge': operation({
    summary: 'Erases contacts of the trash for good; without ids, the whole trash.',
    access: 'owner',
    input: z.strictObject({ ids: z.array(uuid).optional() }),
    output: z.object({ affected: z.number() }),
  }),
};

export type { Contact };
