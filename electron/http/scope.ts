import { AppError, invalidField } from '../../shared/errors.ts';

/** The one tenant and organization of a profile. */
export interface Scope {
  tenantId: string;
  organizationId: string;
}

/** Throws `forbidden` when a request names another tenant in its `Tenant-Id` header. */
export function assertTenantHeader(header: string | string[] | undefined, scope: Scope): void {
  if (header !== undefined) assertTenant(header, scope);
}

/** Throws `forbidden` when a query names another tenant, directly or in its filters. */
export function assertQueryScope(query: Readonly<Record<string, unknown>>, scope: Scope): void {
  assertTenantOf(query, scope);
  const { where, findInput } = query;
  assertTenantOf(where, scope);
  assertTenantOf(findInput, scope);
  if (isRecord(where)) for (const group of Object.values(where)) assertTenantOf(group, scope);
  if (query['data'] === undefined) return;
  const data = parsed(query['data']);
  assertTenantOf(data, scope);
  if (isRecord(data)) assertTenantOf(data['findInput'], scope);
}

/** Throws `forbidden` when a body names another tenant, `invalid` when it names another organization. */
export function assertBodyScope(body: Readonly<Record<string, unknown>>, scope: Scope): void {
  for (const [path, part] of [['', body], ['contact.', body['contact']]] as const) {
    assertTenantOf(part, scope);
    if (!isRecord(part)) continue;
    assertOrganization(part['organizationId'], `${path}organizationId`, scope);
    if (isRecord(part['organization'])) assertOrganization(part['organization']['id'], `${path}organization.id`, scope);
  }
}

/**
 * A query or form of one of our own routes without the tenant and organization that any call may name: these routes know
 * all of their parameters. Throws `invalid` for another organization.
 */
export function withoutScope(fields: Readonly<Record<string, unknown>>, scope: Scope): Record<string, unknown> {
  const { tenantId: _tenantId, organizationId, ...rest } = fields;
  assertOrganization(organizationId, 'organizationId', scope);
  return rest;
}

function assertTenantOf(part: unknown, scope: Scope): void {
  if (!isRecord(part)) return;
  assertTenant(part['tenantId'], scope);
  if (isRecord(part['tenant'])) assertTenant(part['tenant']['id'], scope);
}

function assertTenant(tenantId: unknown, scope: Scope): void {
  if (isOther(tenantId, scope.tenantId)) throw new AppError('forbidden', 'Forbidden resource');
}

function assertOrganization(organizationId: unknown, field: string, scope: Scope): void {
  if (isOther(organizationId, scope.organizationId)) throw invalidField(field, 'is not the organization of this book');
}

/** Absent and null stand for the profile's own. What is no text is left to the operation's validation. */
function isOther(id: unknown, own: string): boolean {
  if (Array.isArray(id)) return id.some((each) => isOther(each, own));
  return typeof id === 'string' && id.toLowerCase() !== own.toLowerCase();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The `data` parameter as far as it is JSON; whether it is well-formed, the operation's validation tells. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
