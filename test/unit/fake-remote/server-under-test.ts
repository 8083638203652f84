import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { afterAll, beforeAll } from 'vitest';
import { serveFakeRemote } from '../../fake-remote/http.ts';
import { createFakeRemote, type FakeRemote } from '../../fake-remote/remote.ts';
import type { RemoteOptions } from '../../fake-remote/world.ts';

/** Anything that JSON may hold, with the names that tests look at. */
export interface Entity {
  [key: string]: unknown;
  id: string;
  total: number;
  items: Entity[];
  tags: Entity[];
  members: Entity[];
  projects: Entity[];
  contact: Entity;
  user: Entity;
  updatedAt: string;
  token: string;
  refresh_token: string;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
  /** The text as JSON; what is no JSON is null. */
  body: Entity;
}

/** A signed-in person, and calls as plain HTTP. */
export interface Session {
  url: string;
  email: string;
  password: string;
  userId: string;
  tenantId: string;
  organizationId: string;
  tokens: { token: string; refresh_token: string };
  /** With token and tenant, unless `headers` says otherwise; a header of undefined is left out. */
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string | undefined>) => Promise<Answer>;
  /** Makes a contact of the organisation. */
  create: (values: Record<string, unknown>) => Promise<Entity>;
  /** A contact with all relations. */
  read: (id: string) => Promise<Answer>;
  /** PUT with the name and organisation that every PUT needs. */
  update: (id: string, values: Record<string, unknown>) => Promise<Answer>;
  /** A page of the contacts of the organisation. */
  page: (query: string) => Promise<Answer>;
}

export const allRelations = ['tags', 'members', 'members.user', 'projects', 'contact'];

/** What a contact has without relations, in alphabetical order. */
export const contactKeys = (
  'archivedAt budget budgetType contactId contactType createdAt createdByUserId deletedAt deletedByUserId id image ' +
  'imageId imageUrl inviteStatus isActive isArchived name notes organizationId primaryEmail primaryPhone tenantId ' +
  'updatedAt updatedByUserId'
).split(' ');

export const withData = (data: unknown): string => `data=${encodeURIComponent(JSON.stringify(data))}`;

/** One exchange over HTTP. */
export function exchange(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string | Uint8Array,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secureRequest : request;
    // On a connection of its own: one that the server is about to close after a refusal must not be used again.
    const outgoing = send(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: json(text) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function json(text: string): Entity {
  try {
    return JSON.parse(text) as Entity;
  } catch {
    return null as unknown as Entity;
  }
}

/** Signs in. */
export async function signIn(url: string, email: string, password: string): Promise<Session> {
  const login = await exchange(`${url}/api/auth/login`, 'POST', jsonType, JSON.stringify({ email, password }));
  const { user, token, refresh_token } = login.body;
  const tenantId = String(user.tenantId);
  const organizationId = String((user.employee as Entity).organizationId);
  const call: Session['call'] = (method, path, body, headers = {}) => {
    const all = {
      ...(body !== undefined && jsonType),
      Authorization: `Bearer ${token}`,
      'Tenant-Id': tenantId,
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return exchange(
      url + path,
      method,
      sent as Record<string, string>,
      body === undefined ? undefined : JSON.stringify(body),
    );
  };
  const contact = '/api/organization-contact';
  return {
    url,
    email,
    password,
    userId: user.id,
    tenantId,
    organizationId,
    tokens: { token, refresh_token },
    call,
    create: async (values) => (await call('POST', contact, { organizationId, ...values })).body,
    read: (id) => call('GET', `${contact}/${id}?${withData({ relations: allRelations })}`),
    update: (id, values) => call('PUT', `${contact}/${id}`, { name: 'Same', organizationId, ...values }),
    page: (query) => call('GET', `${contact}/pagination?where[organizationId]=${organizationId}&${query}`),
  };
}

export const jsonType = { 'Content-Type': 'application/json' };

/**
 * The server whose facts are checked: the fake one, or with REMOTE_URL, REMOTE_EMAIL and REMOTE_PASSWORD a real one on
 * PostgreSQL, to see that the fake still tells the truth.
 */
export function serverUnderTest(): () => Session {
  const { REMOTE_URL, REMOTE_EMAIL = '', REMOTE_PASSWORD = '' } = process.env;
  let session: Session | undefined;
  let close = async (): Promise<void> => {};
  beforeAll(async () => {
    if (REMOTE_URL !== undefined) {
      session = await signIn(REMOTE_URL, REMOTE_EMAIL, REMOTE_PASSWORD);
      return;
    }
    const fake = await openFake();
    fake.remote.seed(3);
    close = fake.close;
    session = fake.session;
  });
  afterAll(() => close());
  return () => session as Session;
}

/** A fake server with its administrator signed in. */
export async function openFake(
  options: RemoteOptions = {},
): Promise<{ remote: FakeRemote; session: Session; close: () => Promise<void> }> {
  const remote = createFakeRemote(options);
  const { url, close } = await serveFakeRemote(remote);
  const { email, password } = remote.directory.admin;
  return { remote, session: await signIn(url, email, password), close };
}
