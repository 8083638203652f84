import isEmail from 'validator/lib/isEmail.js';
import { json, type Call, type Reply } from './call.ts';
import { badRequest, HttpError, unauthorized } from './errors.ts';
import { authenticate, type PermissionMemory } from './guards.ts';
import { otherPermissions } from './roles.ts';
import type { UserRow } from './rows.ts';
import { readToken, signToken } from './tokens.ts';
import { userEntity } from './entities.ts';
import type { World } from './world.ts';

/** `POST /api/auth/login` */
export function login({ world, body }: Call): Reply {
  const { email, password } = body;
  const errors = [
    ...(typeof email === 'string' && isEmail(email) ? [] : ['email must be an email']),
    ...(typeof password === 'string' && password !== '' ? [] : ['password should not be empty']),
  ];
  if (errors.length > 0) throw badRequest(errors);
  const user = [...world.tables.users.values()].find((one) => one.email === email);
  if (!world.databaseUp || user?.password !== password || !user)
    throw new HttpError(401, { statusCode: 401, message: 'Unauthorized' });
  const reply = json({ user: userEntity(world, user, { withEmployee: true }), ...newTokens(world, user) });
  return { ...reply, headers: { ...reply.headers, 'set-cookie': 'connect.sid=s%3Afake; Path=/; HttpOnly' } };
}

/** `POST /api/auth/refresh-token`: gives a new pair, and the token used is dead from then on. */
export function refresh({ world, body }: Call): Reply {
  const token = typeof body.refresh_token === 'string' ? body.refresh_token : '';
  const claims = readToken(token);
  const row = claims && world.tables.refreshTokens.get(claims.tokenId);
  if (!world.databaseUp || !row || claims.exp * 1000 <= world.settings.clock()) throw unauthorized();
  if (row.state !== 'live') {
    throw new HttpError(401, { message: `Token is ${row.state}`, error: 'Unauthorized', statusCode: 401 });
  }
  const user = world.tables.users.get(row.userId);
  if (!user) throw unauthorized();
  world.tables.refreshTokens.set(claims.tokenId, { ...row, state: 'rotated' });
  return json(newTokens(world, user));
}

/** `POST /api/auth/logout`: ends the refresh token; the access token lives on. */
export function logout({ world, body }: Call): Reply {
  const claims = typeof body.refresh_token === 'string' ? readToken(body.refresh_token) : null;
  const row = claims && world.tables.refreshTokens.get(claims.tokenId);
  if (row?.state === 'live') world.tables.refreshTokens.set(claims?.tokenId ?? '', { ...row, state: 'revoked' });
  return { body: '' };
}

/** `GET /api/auth/authenticated` */
export function isAuthenticated({ world, headers }: Call): Reply {
  try {
    authenticate(world, headers.authorization);
    return json(true);
  } catch {
    return json(false);
  }
}

/** `GET /api/auth/permissions?permissions[0]=…`: whether the caller has one of them. */
export const hasPermissions =
  (memory: PermissionMemory) =>
  ({ caller, query }: Call): Reply => {
    const asked = Array.isArray(query.permissions) ? query.permissions : [query.permissions];
    return json(caller !== null && asked.some((name) => memory.has(caller, String(name))));
  };

/** A new session: an access token and a refresh token. */
export function newTokens(world: World, user: UserRow): { token: string; refresh_token: string } {
  const { accessTokenSeconds, refreshTokenSeconds, largeTokens, clock } = world.settings;
  const iat = Math.floor(clock() / 1000);
  const employee = [...world.tables.employees.values()].find(({ userId }) => userId === user.id);
  const permissions = world.tables.permissions.get(`${user.tenantId} ${user.role}`) ?? [];
  const refreshId = world.newId();
  world.tables.refreshTokens.set(refreshId, { userId: user.id, state: 'live' });
  const shared = { id: user.id, tenantId: user.tenantId, iat };
  return {
    token: signToken({
      ...shared,
      organizationId: employee?.organizationId ?? null,
      employeeId: employee?.id ?? null,
      role: user.role,
      permissions: largeTokens ? [...permissions, ...otherPermissions] : permissions,
      tokenType: 'ACCESS_TOKEN_TYPE',
      tokenId: world.newId(),
      exp: iat + accessTokenSeconds,
    }),
    refresh_token: signToken({
      ...shared,
      tokenType: 'REFRESH_TOKEN_TYPE',
      tokenId: refreshId,
      exp: iat + refreshTokenSeconds,
    }),
  };
}
