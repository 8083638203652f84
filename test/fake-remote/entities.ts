import type { Relations } from './relations.ts';
import type {
  AddressFields,
  AddressRow,
  BaseRow,
  ContactRow,
  EmployeeRow,
  ImageRow,
  MembershipRow,
  OrganizationRow,
  ProjectRow,
  TagRow,
  UserRow,
} from './rows.ts';
import type { World } from './world.ts';

/** Rows as the API shows them: relations only when asked for, the image of a contact always. */

type Entity = Record<string, unknown>;

const none: Relations = {};

/** A stamp as JSON shows it: milliseconds of the microseconds. */
export const isoTime = (stamp: number): string => new Date(Math.floor(stamp / 1000)).toISOString();

const timeOrNull = (stamp: number | null): string | null => (stamp === null ? null : isoTime(stamp));

export function baseEntity(row: BaseRow): Entity {
  return {
    deletedAt: timeOrNull(row.deletedAt),
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    createdByUserId: row.createdByUserId,
    updatedByUserId: row.updatedByUserId,
    deletedByUserId: row.deletedByUserId,
    id: row.id,
    isActive: row.isActive,
    isArchived: row.isArchived,
    archivedAt: timeOrNull(row.archivedAt),
    tenantId: row.tenantId,
    organizationId: row.organizationId,
  };
}

export function contactEntity(world: World, row: ContactRow, relations: Relations = none): Entity {
  const { tables } = world;
  const image = row.imageId === null ? null : (tables.images.get(row.imageId) ?? null);
  const asset = image && imageEntity(world, image);
  return {
    ...baseEntity(row),
    name: row.name,
    primaryEmail: row.primaryEmail,
    primaryPhone: row.primaryPhone,
    inviteStatus: row.inviteStatus,
    notes: row.notes,
    contactType: row.contactType,
    imageUrl: asset ? asset.fullUrl : row.imageUrl,
    budget: row.budget,
    budgetType: row.budgetType,
    contactId: row.contactId,
    imageId: row.imageId,
    image: asset,
    ...(relations.tags && { tags: found(tables.tags, row.tags).map((tag) => tagEntity(tag)) }),
    ...(relations.members && {
      members: found(tables.employees, row.members).map((one) => employeeEntity(world, one, relations.members)),
    }),
    ...(relations.projects && {
      projects: projectsOf(world, row.id).map((one) => projectEntity(world, one, relations.projects)),
    }),
    ...(relations.contact && { contact: addressOf(world, row) }),
    ...common(world, row, relations),
  };
}

function addressOf(world: World, row: ContactRow): Entity | null {
  const address = row.contactId === null ? undefined : world.tables.addresses.get(row.contactId);
  return address ? addressEntity(address) : null;
}

export function addressEntity(row: AddressRow): Entity {
  return { ...baseEntity(row), ...addressFields(row) };
}

export function addressFields(row: AddressFields): AddressFields {
  const { name, firstName, lastName, country, city, address, address2, postcode } = row;
  const { latitude, longitude, regionCode, fax, fiscalInformation, website } = row;
  return {
    name,
    firstName,
    lastName,
    country,
    city,
    address,
    address2,
    postcode,
    latitude,
    longitude,
    regionCode,
    fax,
    fiscalInformation,
    website,
  };
}

export function tagEntity(row: TagRow): Entity {
  const { name, color, textColor, description, icon, isSystem } = row;
  return { ...baseEntity(row), name, color, textColor, description, icon, isSystem, fullIconUrl: null };
}

/** An employee has a name only together with the user. */
export function employeeEntity(world: World, row: EmployeeRow, relations: Relations = none): Entity {
  const user = world.tables.users.get(row.userId);
  const named = relations.user && user ? { fullName: fullName(user), user: userEntity(world, user) } : {};
  return { ...baseEntity(row), userId: row.userId, ...named, ...common(world, row, relations) };
}

export const fullName = (user: UserRow): string => `${user.firstName} ${user.lastName}`.trim();

export function userEntity(world: World, user: UserRow, { withEmployee = false } = {}): Entity {
  const employee = withEmployee
    ? [...world.tables.employees.values()].find(({ userId }) => userId === user.id)
    : undefined;
  return {
    ...baseEntity(user),
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    name: fullName(user),
    isEmailVerified: false,
    imageUrl: 'https://dummyimage.com/330x300/269aff/ffffff.jpg&text=U',
    role: { id: `role ${user.role}`, name: user.role, isSystem: true },
    ...(employee && { employee: employeeEntity(world, employee) }),
    defaultOrganizationId: null,
    lastOrganizationId: null,
  };
}

export function projectEntity(world: World, row: ProjectRow, relations: Relations = none): Entity {
  const members = found(world.tables.employees, row.members).map((employee) => ({
    id: `${row.id} ${employee.id}`,
    employeeId: employee.id,
    isManager: false,
    ...(relations.members?.employee && { employee: employeeEntity(world, employee, relations.members.employee) }),
  }));
  const contact = world.tables.contacts.get(row.organizationContactId ?? '');
  return {
    ...baseEntity(row),
    name: row.name,
    organizationContactId: row.organizationContactId,
    ...(relations.members && { members }),
    ...(relations.organizationContact && {
      organizationContact: contact ? contactEntity(world, contact, relations.organizationContact) : null,
    }),
    ...common(world, row, relations),
  };
}

export const projectsOf = (world: World, contactId: string): ProjectRow[] =>
  [...world.tables.projects.values()].filter(({ organizationContactId }) => organizationContactId === contactId);

export function imageEntity(world: World, row: ImageRow): Entity {
  const fullUrl = `${world.origin}/public/${row.url}`;
  return {
    ...baseEntity(row),
    name: row.name,
    url: row.url,
    thumb: row.url,
    width: 0,
    height: 0,
    size: row.bytes.byteLength,
    isFeatured: false,
    storageProvider: 'LOCAL',
    fullUrl,
    thumbUrl: fullUrl,
  };
}

export const organizationEntity = (row: OrganizationRow): Entity => ({
  ...baseEntity(row),
  name: row.name,
  isDefault: false,
  currency: 'USD',
  defaultValueDateType: 'TODAY',
});

export function membershipEntity(world: World, row: MembershipRow, relations: Relations): Entity {
  return { ...baseEntity(row), userId: row.userId, isDefault: row.isDefault, ...common(world, row, relations) };
}

/** Relations that every table has. What is not kept here (invoices and the like) is empty. */
function common(world: World, row: BaseRow, relations: Relations): Entity {
  const organization = world.tables.organizations.get(row.organizationId ?? '');
  const creator = world.tables.users.get(row.createdByUserId ?? '');
  const entity: Entity = {};
  for (const name of Object.keys(relations)) {
    if (name === 'organization') entity.organization = organization ? organizationEntity(organization) : null;
    if (name === 'tenant') entity.tenant = { id: row.tenantId, name: 'Tenant' };
    if (name === 'createdByUser') entity.createdByUser = creator ? userEntity(world, creator) : null;
    if (ledgers.includes(name)) entity[name] = [];
  }
  return entity;
}

const ledgers = ['invoices', 'payments', 'expenses', 'incomes', 'timeLogs'];

function found<R>(table: ReadonlyMap<string, R>, ids: readonly string[]): R[] {
  return ids.flatMap((id) => table.get(id) ?? []);
}
