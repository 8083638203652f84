import { isObject, dataOf, type Call, type Caller } from './call.ts';
import { forbidden, HttpError, unauthorized } from './errors.ts';
import { readToken } from './tokens.ts';
import type { World } from './world.ts';

/** Who may call a route. */
export interface Access {
  /** Only the tenant is checked, or nothing but the token. */
  tenant: boolean;
  /** One of these is enough. */
  permissions?: readonly string[];
}

/** Milliseconds for which the server remembers a permission. */
const permissionMemory = 5 * 60_000;

/** Lets the request pass and names its caller, or throws 401 or 403. */
export function guard(call: Omit<Call, 'caller'>, access: Access, memory: PermissionMemory): Caller {
  const caller = authenticate(call.world, call.headers.authorization);
  if (access.tenant && !sameTenant(call, caller.tenantId)) throw forbidden();
  if (access.permissions && !access.permissions.some((name) => memory.has(caller, name))) throw forbidden();
  return caller;
}

/** The person of a bearer token. With the database down it is 401, whatever the token. */
export function authenticate(world: World, authorization: string | undefined): Caller {
  const [, token] = /^bearer\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  const claims = token === undefined ? null : readToken(token);
  if (claims?.tokenType !== 'ACCESS_TOKEN_TYPE' || claims.exp * 1000 <= world.settings.clock()) throw unauthorized();
  if (!world.databaseUp) {
    throw new HttpError(401, {
      message: 'unauthorized',
      error: 'connect ECONNREFUSED 127.0.0.1:5432',
      statusCode: 401,
    });
  }
  const user = world.tables.users.get(claims.id);
  if (!user) throw new HttpError(401, { message: 'unauthorized', error: 'Unauthorized', statusCode: 401 });
  return { user, tenantId: user.tenantId, employeeId: employeeOf(world, user.id) };
}

export type PermissionMemory = ReturnType<typeof createPermissionMemory>;

/** Permissions as the server sees them: a change takes effect when what it remembers is five minutes old. */
export function createPermissionMemory(world: World) {
  const remembered = new Map<string, { permissions: readonly string[]; until: number }>();
  const permissionsOf = (caller: Caller): readonly string[] => {
    const role = `${caller.tenantId} ${caller.user.role}`;
    const now = world.settings.clock();
    let entry = remembered.get(role);
    if (!entry || entry.until <= now) {
      entry = { permissions: world.tables.permissions.get(role) ?? [], until: now + permissionMemory };
      remembered.set(role, entry);
    }
    return entry.permissions;
  };
  return {
    has: (caller: Caller, name: string): boolean => permissionsOf(caller).includes(name),
    forget: (): void => remembered.clear(),
  };
}

/** The tenant guard: the header under one of two spellings, else the query (GET, DELETE) or the body (POST, PUT). */
function sameTenant({ request, query, body }: Omit<Call, 'caller'>, tenantId: string): boolean {
  const named = request.headers['Tenant-Id'] ?? request.headers['tenant-id'];
  if (named !== undefined) return named === tenantId;
  if (request.method === 'GET' || request.method === 'DELETE') {
    const { findInput } = dataOf(query);
    return query.tenantId === tenantId || (isObject(findInput) && findInput.tenantId === tenantId);
  }
  return body.tenantId === tenantId || (isObject(body.tenant) && body.tenant.id === tenantId);
}

function employeeOf(world: World, userId: string): string | null {
  for (const employee of world.tables.employees.values()) if (employee.userId === userId) return employee.id;
  return null;
}
