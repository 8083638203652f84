import { AppError, invalidField } from '../../../shared/errors.ts';
import type { Dialect, RemoteRows, SyncBook, Tokens, TokenStore, Transport, World } from '../ports.ts';
import { rules } from '../rules.ts';
import { isObject } from '../wire/answer.ts';
import { createApi, persistently, wordsOf, type Answer, type Api } from './api.ts';
import { claimsOf } from './auth.ts';
import { noForeign, type FetchForeign } from './engine.ts';
import { withPictures } from './intake.ts';
import { healthOf } from './health.ts';
import { createRemote } from './remote.ts';
import { RequestError, Stop } from './stop.ts';

export interface Credentials {
  email?: string | undefined;
  password?: string | undefined;
  /** An access token instead of e-mail and password. */
  token?: string | undefined;
}

/** Who one is on a server, and what is there. */
export interface SignedIn {
  dialect: Dialect;
  tenantId: string;
  userName: string;
  organizations: { id: string; name: string; contacts: number | null }[];
  tokens: Tokens;
}

interface Deps {
  transport: Transport;
  world: World;
}

type Json = Record<string, unknown>;

const endless = () => new AbortController().signal;
const jsonHeaders = { accept: 'application/json', 'content-type': 'application/json' };
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * Signs in with e-mail and password, or with a token, and finds out what kind of server it is, who one is there and which
 * organizations one may work in.
 * @throws AppError naming `email`, `password`, `token` or `url`, or `unavailable` with the reason in words
 */
export async function signIn(deps: Deps, credentials: Credentials): Promise<SignedIn> {
  try {
    const { token } = credentials;
    const session = token ? { tokens: { access: token, refresh: null }, user: null } : await login(deps, credentials);
    return await lookAround(deps, session);
  } catch (error) {
    throw asAppError(error);
  }
}

interface Session {
  tokens: Tokens;
  /** As the answer to signing in names one. */
  user: Json | null;
}

async function login(deps: Deps, { email, password }: Credentials): Promise<Session> {
  if (!email) throw invalidField('email', 'should not be empty');
  if (!password) throw invalidField('password', 'should not be empty');
  const api = apiFor(deps, { access: '', refresh: null }, '');
  const answer = await persistently(api, () =>
    api.plain({ method: 'POST', path: '/api/auth/login', headers: jsonHeaders, body: JSON.stringify({ email, password }) }),
  );
  const { status, json } = answer;
  if (status === 401 || status === 404) throw await refusedLogin(api);
  if (status === 400) throw invalidField(/password/i.test(wordsOf(answer)) ? 'password' : 'email', `was refused: ${wordsOf(answer)}`);
  const access = isObject(json) ? text(json.token) : undefined;
  if (!isObject(json) || access === undefined) throw notThisServer();
  return { tokens: { access, refresh: text(json.refresh_token) ?? null }, user: isObject(json.user) ? json.user : null };
}

/** A 401 may mean a wrong password, a server that has lost its database, or a Fieldbook, where one signs in with a token. */
async function refusedLogin(api: Api): Promise<AppError> {
  const health = await healthOf((request) => api.plain(request));
  if (!health) return new AppError('unavailable', 'The server is having trouble: it cannot reach its own data.');
  if (health.info === undefined) return invalidField('token', 'is needed: this server is a Fieldbook, where one signs in with a token');
  return invalidField('password', 'or e-mail is wrong');
}

async function lookAround(deps: Deps, { tokens, user }: Session): Promise<SignedIn> {
  const claims = claimsOf(tokens.access) ?? {};
  const tenant = text(user?.tenantId) ?? text(claims.tenantId) ?? '';
  const api = apiFor(deps, tokens, tenant);
  const answer = await persistently(api, () => api.call({ method: 'GET', path: '/api/user/me' }));
  const me = answer.json;
  if (answer.status !== 200 || !isObject(me) || text(me.id) === undefined) throw notThisServer(answer);
  const tenantId = text(me.tenantId) ?? tenant;
  const userName = text(me.name) ?? text(user?.name) ?? text(me.email) ?? 'You';
  // Only a Fieldbook says at once where one is and what one may do.
  const fieldbookOrganization = Array.isArray(me.permissions) ? text(me.organizationId) : undefined;
  const server = fieldbookOrganization === undefined ? 'gauzy' : 'fieldbook';
  const known = fieldbookOrganization === undefined
    ? await organizationsOf(api, text(me.id) ?? '', tenantId, { ...claims, ...user })
    : [{ id: fieldbookOrganization, name: text(me.organizationName) ?? 'Fieldbook' }];
  const organizations = [];
  for (const one of known) organizations.push({ ...one, contacts: await countOf(api, one.id, tenantId) });
  if (organizations.length === 0) throw new AppError('forbidden', 'This account does not belong to any organization on the server.');
  const dialect: Dialect = { server, clientIds: true, ...(server === 'fieldbook' && { clientIdsProven: true }) };
  return { dialect, tenantId, userName, organizations, tokens };
}

/** The server answers with everybody's memberships, whatever it is asked. */
async function organizationsOf(api: Api, userId: string, tenantId: string, person: Json): Promise<{ id: string; name: string }[]> {
  const data = JSON.stringify({ relations: ['organization'], findInput: { userId, tenantId } });
  const { json } = await persistently(api, () =>
    api.call({ method: 'GET', path: `/api/user-organization?${new URLSearchParams({ data }).toString()}` }),
  );
  const rows = isObject(json) && Array.isArray(json.items) ? json.items.filter(isObject) : [];
  const found = new Map<string, string>();
  for (const { userId: owner, organizationId, organization } of rows) {
    const id = text(organizationId);
    if (id !== undefined && owner === userId) found.set(id, (isObject(organization) && text(organization.name)) || id);
  }
  const employer = isObject(person.employee) ? text(person.employee.organizationId) : text(person.organizationId);
  if (found.size === 0 && employer !== undefined) found.set(employer, employer);
  return [...found].map(([id, name]) => ({ id, name }));
}

/** How many contacts an organization has; null where the server does not say. */
async function countOf(api: Api, organizationId: string, tenantId: string): Promise<number | null> {
  const query = new URLSearchParams({ organizationId, tenantId });
  const { status, json } = await persistently(api, () =>
    api.call({ method: 'GET', path: `/api/organization-contact/count?${query.toString()}` }),
  );
  return status === 200 && typeof json === 'number' ? json : null;
}

/**
 * What the server of the linked book holds of a contact now; null when it has none with this id.
 * @throws AppError `unavailable` with the reason in words when it cannot be asked
 */
export async function readOne(
  { book, tokens, transport, world, fetchForeign = noForeign }: Deps & { book: SyncBook; tokens: TokenStore; fetchForeign?: FetchForeign },
  remoteId: string,
): Promise<RemoteRows | null> {
  const account = await book.account();
  const signal = endless();
  const api = createApi({ transport, tokens, world, tenantId: account.tenantId, clockOffsetMs: account.progress.clockOffsetMs, signal });
  const remote = createRemote(api, account);
  const counts = { pulled: 0, pushed: 0, deleted: 0 };
  try {
    const found = await persistently(api, () => remote.byId(remoteId));
    if (found === null) return null;
    if (found.kind === 'strange') throw new AppError('unprocessable', found.strange.reason);
    const engine = { book, api, remote, world, rules, origin: account.url, fetchForeign, unreachable: new Set<string>(), signal, counts };
    return await withPictures(engine, [found]);
  } catch (error) {
    throw error instanceof Stop ? new AppError('unavailable', error.message) : asAppError(error);
  }
}

function apiFor({ transport, world }: Deps, tokens: Tokens, tenantId: string): Api {
  let kept = tokens;
  const store: TokenStore = {
    load: () => Promise.resolve(kept),
    save(next) {
      kept = next;
      return Promise.resolve();
    },
  };
  return createApi({ transport, tokens: store, world, tenantId, signal: endless() });
}

const notThisServer = (answer?: Answer): AppError =>
  invalidField('url', `leads to something else than Ever Gauzy or a Fieldbook${answer ? `: ${wordsOf(answer)}` : ''}`);

function asAppError(error: unknown): unknown {
  if (error instanceof Stop && error.outcome === 'signedOut') return invalidField('token', 'is not taken by the server');
  if (error instanceof Stop || error instanceof RequestError) return new AppError('unavailable', error.message);
  return error;
}
