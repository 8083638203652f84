import { rolePermissions } from './roles.ts';
import type { EmployeeRow, UserRow } from './rows.ts';
import { newBase, put, type World } from './world.ts';

/** An account that can sign in. */
export interface Account {
  id: string;
  email: string;
  password: string;
  employeeId: string | null;
}

/** What a new server holds: two tenants, three organisations, and people who can sign in. */
export interface Directory {
  tenantId: string;
  organizationId: string;
  secondOrganizationId: string;
  /** ADMIN, member of both organisations. */
  admin: Account;
  /** EMPLOYEE, member of the first organisation. */
  employee: Account;
  /** ADMIN who uses the server's own web client. */
  webUser: Account;
  other: { tenantId: string; organizationId: string; admin: Account };
}

/** Fills an empty server with tenants, organisations, roles and people. */
export function createDirectory(world: World): Directory {
  const tenantId = addTenant(world);
  const organizationId = addOrganization(world, tenantId, 'Head office');
  const secondOrganizationId = addOrganization(world, tenantId, 'Branch');
  const both = [organizationId, secondOrganizationId];
  const otherTenantId = addTenant(world);
  const otherOrganizationId = addOrganization(world, otherTenantId, 'Another company');
  return {
    tenantId,
    organizationId,
    secondOrganizationId,
    admin: addAccount(world, {
      tenantId,
      organizationIds: both,
      role: 'ADMIN',
      name: 'Local Admin',
      email: 'admin@example.com',
    }),
    employee: addAccount(world, {
      tenantId,
      organizationIds: [organizationId],
      role: 'EMPLOYEE',
      name: 'Erin Employee',
      email: 'employee@example.com',
    }),
    webUser: addAccount(world, {
      tenantId,
      organizationIds: both,
      role: 'ADMIN',
      name: 'Wanda Web',
      email: 'web@example.com',
    }),
    other: {
      tenantId: otherTenantId,
      organizationId: otherOrganizationId,
      admin: addAccount(world, {
        tenantId: otherTenantId,
        organizationIds: [otherOrganizationId],
        role: 'ADMIN',
        name: 'Other Admin',
        email: 'other@example.com',
      }),
    },
  };
}

/** A person with a password; of the first organisation also an employee. */
export function addAccount(
  world: World,
  values: {
    tenantId: string;
    organizationIds: readonly string[];
    role: string;
    name: string;
    email: string;
    password?: string;
  },
): Account {
  const { tenantId, organizationIds, role, email } = values;
  const [firstName = '', lastName = ''] = values.name.split(' ');
  const password = values.password ?? 'secret';
  const base = newBase(world, { tenantId, organizationId: null, userId: null });
  const user: UserRow = { ...base, email, password, firstName, lastName, role };
  put(world, world.tables.users, user);
  for (const organizationId of organizationIds) {
    const membership = newBase(world, { tenantId, organizationId, userId: null });
    const isDefault = organizationId === organizationIds[0];
    put(world, world.tables.memberships, { ...membership, organizationId, userId: user.id, isDefault });
  }
  const [organizationId] = organizationIds;
  const employeeId = organizationId === undefined ? null : addEmployee(world, tenantId, organizationId, user.id).id;
  return { id: user.id, email, password, employeeId };
}

/** An employee without an account of interest: a name to assign contacts to. */
export function addColleague(world: World, tenantId: string, organizationId: string, name: string): EmployeeRow {
  const [firstName = '', lastName = ''] = name.split(' ');
  const base = newBase(world, { tenantId, organizationId: null, userId: null });
  const email = `${firstName}.${lastName}@example.com`.toLowerCase();
  put(world, world.tables.users, { ...base, email, password: base.id, firstName, lastName, role: 'EMPLOYEE' });
  return addEmployee(world, tenantId, organizationId, base.id);
}

function addEmployee(world: World, tenantId: string, organizationId: string, userId: string): EmployeeRow {
  const employee = { ...newBase(world, { tenantId, organizationId, userId: null }), userId };
  put(world, world.tables.employees, employee);
  return employee;
}

function addTenant(world: World): string {
  const tenantId = world.newId();
  for (const [role, permissions] of Object.entries(rolePermissions)) {
    world.tables.permissions.set(`${tenantId} ${role}`, permissions);
  }
  return tenantId;
}

function addOrganization(world: World, tenantId: string, name: string): string {
  const base = newBase(world, { tenantId, organizationId: null, userId: null });
  put(world, world.tables.organizations, { ...base, name });
  return base.id;
}
