/*
 * The tables. Rows are never changed in place: a write puts a new row object, so a copy of the maps is a backup.
 * Stamps are microseconds since 1970, as PostgreSQL holds them.
 */

export interface BaseRow {
  readonly id: string;
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt: number | null;
  readonly createdByUserId: string | null;
  readonly updatedByUserId: string | null;
  readonly deletedByUserId: string | null;
  readonly isActive: boolean;
  readonly isArchived: boolean;
  readonly archivedAt: number | null;
}

export interface ContactRow extends BaseRow {
  readonly name: string;
  readonly primaryEmail: string | null;
  readonly primaryPhone: string | null;
  readonly inviteStatus: string | null;
  readonly notes: string | null;
  readonly contactType: string;
  readonly imageUrl: string | null;
  readonly budget: number | null;
  readonly budgetType: string | null;
  readonly contactId: string | null;
  readonly imageId: string | null;
  readonly tags: readonly string[];
  readonly members: readonly string[];
}

/** The postal address of a contact, a table of its own (`contact` there). */
export interface AddressRow extends BaseRow, AddressFields {}

export interface AddressFields {
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly address: string | null;
  readonly address2: string | null;
  readonly postcode: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly regionCode: string | null;
  readonly fax: string | null;
  readonly fiscalInformation: string | null;
  readonly website: string | null;
}

export interface TagRow extends BaseRow {
  readonly name: string;
  readonly color: string;
  readonly textColor: string | null;
  readonly description: string | null;
  readonly icon: string | null;
  readonly isSystem: boolean;
}

export interface EmployeeRow extends BaseRow {
  readonly userId: string;
}

export interface ProjectRow extends BaseRow {
  readonly name: string;
  readonly organizationContactId: string | null;
  readonly members: readonly string[];
}

export interface ImageRow extends BaseRow {
  readonly name: string;
  readonly url: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface OrganizationRow extends BaseRow {
  readonly name: string;
}

export interface UserRow extends BaseRow {
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: string;
}

export interface MembershipRow extends BaseRow {
  readonly userId: string;
  readonly organizationId: string;
  readonly isDefault: boolean;
}

export interface RefreshTokenRow {
  readonly userId: string;
  readonly state: 'live' | 'rotated' | 'revoked';
}

export interface Tables {
  contacts: Map<string, ContactRow>;
  addresses: Map<string, AddressRow>;
  tags: Map<string, TagRow>;
  employees: Map<string, EmployeeRow>;
  projects: Map<string, ProjectRow>;
  images: Map<string, ImageRow>;
  organizations: Map<string, OrganizationRow>;
  users: Map<string, UserRow>;
  memberships: Map<string, MembershipRow>;
  refreshTokens: Map<string, RefreshTokenRow>;
  /** Permissions by `tenantId role`. */
  permissions: Map<string, readonly string[]>;
}

export const emptyTables = (): Tables => ({
  contacts: new Map(),
  addresses: new Map(),
  tags: new Map(),
  employees: new Map(),
  projects: new Map(),
  images: new Map(),
  organizations: new Map(),
  users: new Map(),
  memberships: new Map(),
  refreshTokens: new Map(),
  permissions: new Map(),
});

/** A backup of all tables: rows are shared, as they never change. */
export const copyTables = (tables: Tables): Tables => ({
  contacts: new Map(tables.contacts),
  addresses: new Map(tables.addresses),
  tags: new Map(tables.tags),
  employees: new Map(tables.employees),
  projects: new Map(tables.projects),
  images: new Map(tables.images),
  organizations: new Map(tables.organizations),
  users: new Map(tables.users),
  memberships: new Map(tables.memberships),
  refreshTokens: new Map(tables.refreshTokens),
  permissions: new Map(tables.permissions),
});
