import { z } from 'zod';
import { email, employeeEntity, name, projectEntity, tagEntity, text, uuid } from '../contact.ts';
import { operation } from '../operation.ts';
import { flag, listOf, orderOf, wholeNumber } from '../query.ts';
import { deleteResult, page, scope, updateResult } from './common.ts';

const optional = text.nullish();

/** Filters of a list, all of which must hold. A name is searched for in any case; `fullName` is that of an employee. */
const listWhere = z
  .strictObject({
    id: uuid,
    name: text,
    fullName: text,
    isActive: flag,
    isArchived: flag,
    tenantId: uuid,
    organizationId: uuid,
    tenant: z.strictObject({ id: uuid }),
    organization: z.strictObject({ id: uuid }),
  }, { error: 'must be an object' })
  .partial();

const listOrder = orderOf(['id', 'name', 'fullName', 'createdAt', 'updatedAt']);

/** Ever Gauzy's relations of an employee and of a project. A row is the same with and without them: it has what is kept here. */
const employeeRelations = [
  'user', 'tags', 'skills', 'contact', 'organization', 'tenant', 'organizationContacts', 'organizationDepartments',
  'organizationEmploymentTypes', 'organizationPosition', 'projects', 'teams',
] as const;
const projectRelations = [
  'tags', 'members', 'members.user', 'members.employee', 'members.employee.user', 'organization', 'tenant', 'organizationContact',
  'tasks', 'teams', 'image',
] as const;

function listQuery(relations: readonly [string, ...string[]]) {
  return z
    .object({
      where: listWhere.optional(),
      order: listOrder.optional(),
      relations: listOf(z.enum(relations, { error: `must be one of: ${relations.join(', ')}` })).optional(),
      take: wholeNumber(1, 100).optional(),
      skip: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
      ...scope,
    })
    .refine((input) => input.skip === undefined || input.take !== undefined, {
      path: ['take'],
      error: 'is needed where skip is given',
    });
}
export type ListQuery = z.output<ReturnType<typeof listQuery>>;

/** A tag with the number of contacts that carry it. */
export const tagWithCount = tagEntity.extend({ organization_contact_counter: z.number() });
export type TagWithCount = z.output<typeof tagWithCount>;

const tagFields = {
  color: name,
  textColor: optional,
  icon: optional,
  description: optional,
  ...scope,
};

export const listOperations = {
  'tag.list': operation({
    summary: 'All tags, with the number of contacts that carry each.',
    access: 'view',
    input: z.object({ where: listWhere.optional(), ...scope }),
    output: page(tagWithCount),
    rest: { method: 'GET', path: '/tags', status: 200 },
  }),
  'tag.level': operation({
    summary: 'All tags.',
    access: 'view',
    input: z.object({ ...scope }),
    output: page(tagEntity.extend({ fullIconUrl: z.string().nullable() })),
    rest: { method: 'GET', path: '/tags/level', status: 200 },
  }),
  'tag.create': operation({
    summary: 'Creates a tag.',
    access: 'edit',
    input: z.object({ name, ...tagFields }),
    output: tagEntity,
    rest: { method: 'POST', path: '/tags', status: 201 },
  }),
  'tag.update': operation({
    summary: 'Renames or recolours a tag.',
    access: 'edit',
    input: z.object({ name, ...tagFields }).partial().extend({ id: uuid }),
    output: updateResult,
    rest: { method: 'PUT', path: '/tags/:id', status: 202 },
  }),
  'tag.delete': operation({
    summary: 'Removes a tag from the book and from every contact.',
    access: 'edit',
    input: z.object({ id: uuid, ...scope }),
    output: deleteResult,
    rest: { method: 'DELETE', path: '/tags/:id', status: 202 },
  }),
  'employee.list': operation({
    summary: 'The employees who can be members of contacts, a page at a time.',
    access: 'view',
    input: listQuery(employeeRelations),
    output: page(employeeEntity),
    rest: { method: 'GET', path: '/employee/pagination', status: 200 },
  }),
  'employee.members': operation({
    summary: 'All employees, briefly.',
    access: 'view',
    input: z.object({ ...scope }),
    output: page(employeeEntity.pick({ id: true, fullName: true, user: true })),
    rest: { method: 'GET', path: '/employee/members', status: 200 },
  }),
  'employee.create': operation({
    summary: 'Adds a person to the small local list of employees.',
    access: 'edit',
    input: z.object({ fullName: name, email: email.nullish(), ...scope }),
    output: employeeEntity,
    rest: { method: 'POST', path: '/employee', status: 201 },
  }),
  'project.list': operation({
    summary: 'The projects, a page at a time.',
    access: 'view',
    input: listQuery(projectRelations),
    output: page(projectEntity),
    rest: { method: 'GET', path: '/organization-projects/pagination', status: 200 },
  }),
  'project.create': operation({
    summary: 'Adds a project to the small local list.',
    access: 'edit',
    input: z.object({ name, ...scope }),
    output: projectEntity,
    rest: { method: 'POST', path: '/organization-projects', status: 201 },
  }),
};
