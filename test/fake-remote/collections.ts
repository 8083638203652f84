import { contactEntity, employeeEntity, projectEntity, projectsOf, tagEntity } from './entities.ts';
import type { EntityName, Relations } from './relations.ts';
import type { BaseRow, ContactRow, EmployeeRow, ProjectRow, TagRow } from './rows.ts';
import type { World } from './world.ts';

export type ColumnType = 'uuid' | 'text' | 'integer' | 'boolean' | 'time' | readonly string[];

/** A table that can be listed. An array as type is an enumeration. */
export interface Collection<R extends BaseRow> {
  readonly entity: EntityName;
  readonly rows: (world: World) => ReadonlyMap<string, R>;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns that `/pagination` searches by "contains". */
  readonly searched: readonly string[];
  /** Ids of the rows linked by a relation that can be filtered by. */
  readonly links: Readonly<Record<string, (world: World, row: R) => readonly string[]>>;
  readonly show: (world: World, row: R, relations: Relations) => Record<string, unknown>;
}

export const contactTypes: readonly string[] = ['CLIENT', 'CUSTOMER', 'LEAD'];
export const budgetTypes: readonly string[] = ['hours', 'cost'];
export const inviteStatuses: readonly string[] = ['NOT_INVITED', 'INVITED', 'ACCEPTED'];

const baseColumns: Readonly<Record<string, ColumnType>> = {
  id: 'uuid',
  tenantId: 'uuid',
  organizationId: 'uuid',
  createdAt: 'time',
  updatedAt: 'time',
  deletedAt: 'time',
  createdByUserId: 'uuid',
  updatedByUserId: 'uuid',
  deletedByUserId: 'uuid',
  isActive: 'boolean',
  isArchived: 'boolean',
  archivedAt: 'time',
};

export const contacts: Collection<ContactRow> = {
  entity: 'OrganizationContact',
  rows: ({ tables }) => tables.contacts,
  columns: {
    ...baseColumns,
    name: 'text',
    primaryEmail: 'text',
    primaryPhone: 'text',
    inviteStatus: inviteStatuses,
    notes: 'text',
    contactType: contactTypes,
    imageUrl: 'text',
    budget: 'integer',
    budgetType: budgetTypes,
    contactId: 'uuid',
    imageId: 'uuid',
  },
  searched: ['name', 'primaryEmail', 'primaryPhone'],
  links: {
    tags: (_, { tags }) => tags,
    members: (_, { members }) => members,
    projects: (world, { id }) => projectsOf(world, id).map((project) => project.id),
  },
  show: contactEntity,
};

export const tags: Collection<TagRow> = {
  entity: 'Tag',
  rows: ({ tables }) => tables.tags,
  columns: { ...baseColumns, name: 'text', color: 'text', description: 'text', isSystem: 'boolean' },
  searched: ['name', 'color', 'description'],
  links: {},
  show: (_, row) => tagEntity(row),
};

export const employees: Collection<EmployeeRow> = {
  entity: 'Employee',
  rows: ({ tables }) => tables.employees,
  columns: { ...baseColumns, userId: 'uuid' },
  searched: [],
  links: {},
  show: employeeEntity,
};

export const projects: Collection<ProjectRow> = {
  entity: 'OrganizationProject',
  rows: ({ tables }) => tables.projects,
  columns: { ...baseColumns, name: 'text', organizationContactId: 'uuid' },
  searched: ['name'],
  links: { members: (_, { members }) => members },
  show: projectEntity,
};
