import { unknownProperty } from './errors.ts';

/** Relations asked for: name to the relations below it. */
export interface Relations {
  readonly [name: string]: Relations;
}

export type EntityName =
  | 'OrganizationContact'
  | 'Tag'
  | 'Employee'
  | 'User'
  | 'OrganizationProject'
  | 'OrganizationProjectEmployee'
  | 'UserOrganization'
  | 'Organization'
  | 'Tenant'
  | 'Contact'
  | 'Other';

const targets: Readonly<Record<EntityName, Readonly<Record<string, EntityName>>>> = {
  OrganizationContact: {
    tags: 'Tag',
    members: 'Employee',
    projects: 'OrganizationProject',
    contact: 'Contact',
    invoices: 'Other',
    payments: 'Other',
    expenses: 'Other',
    incomes: 'Other',
    timeLogs: 'Other',
    organization: 'Organization',
    tenant: 'Tenant',
    createdByUser: 'User',
  },
  Tag: { organization: 'Organization', tenant: 'Tenant' },
  Employee: { user: 'User', organization: 'Organization', tenant: 'Tenant' },
  User: { tenant: 'Tenant' },
  OrganizationProject: {
    members: 'OrganizationProjectEmployee',
    organizationContact: 'OrganizationContact',
    organization: 'Organization',
    tenant: 'Tenant',
  },
  OrganizationProjectEmployee: { employee: 'Employee' },
  UserOrganization: { organization: 'Organization', user: 'User', tenant: 'Tenant' },
  Organization: {},
  Tenant: {},
  Contact: {},
  Other: {},
};

/**
 * The relations of a list of dotted names. Anything but a list of strings asks for none.
 * @throws StatuslessError for a relation the entity does not have
 */
export function relationsOf(names: unknown, entity: EntityName): Relations {
  const tree: MutableRelations = {};
  if (!Array.isArray(names)) return tree;
  for (const name of names.map(String)) {
    let level = tree;
    let of = entity;
    for (const part of name.split('.')) {
      const target = Object.hasOwn(targets[of], part) ? targets[of][part] : undefined;
      if (!target) throw unknownProperty(part, of);
      level = level[part] ??= {};
      of = target;
    }
  }
  return tree;
}

interface MutableRelations {
  [name: string]: MutableRelations;
}
