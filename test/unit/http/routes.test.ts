import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { pathParameters } from '../../../shared/operation.ts';
import { restRoutes, type RestRoute } from '../../../electron/http/operation-routes.ts';
import { AppError, invalidField } from '../../../shared/errors.ts';
import { contactId, otherId, scope, startServer } from './support/server.ts';

const routes = restRoutes();
const contacts = '/api/organization-contact';

function addressOf({ rest }: RestRoute): string {
  return `/api${rest.path.replace(/:\w+/g, contactId)}`;
}

/** An input that passes the validation of each operation that asks for something. */
const queries: Partial<Record<string, string>> = { 'contact.export': '?format=csv', 'contact.caller': '?number=2345678' };
const bodies: Partial<Record<string, unknown>> = {
  'contact.create': { name: 'Ann' },
  'contact.assign': { member: { id: contactId } },
  'tag.create': { name: 'Key account', color: '#fff' },
  'employee.create': { fullName: 'Ann Lee' },
  'project.create': { name: 'Bridge' },
  'sync.resolve': { choice: 'mine' },
};

function askFor(route: RestRoute): { path: string; body?: string; headers?: Record<string, string> } {
  const path = addressOf(route) + (queries[route.name] ?? '');
  const [type] = Object.keys(route.operation.accepts?.types ?? {});
  if (type) return { path, body: 'name\nAnn\n', headers: { 'content-type': type } };
  if (route.rest.method === 'GET' || route.rest.method === 'DELETE') return { path };
  return { path, body: JSON.stringify(bodies[route.name] ?? {}) };
}

describe('every route of the table', () => {
  it('reaches its operation and answers with its status', async () => {
    const file = () => ({ mediaType: 'text/csv', fileName: 'a.csv', chunks: ['a'] });
    const { ask, calls } = await startServer({
      handlers: { 'contact.find': file, 'contact.ofEmployee': file, 'contact.export': file, 'import.failures': file, 'image.file': file },
    });
    for (const route of routes) {
      const { path, ...options } = askFor(route);
      const answer = await ask(route.rest.method, path, options);
      expect([route.name, answer.status, answer.text]).toEqual([route.name, route.rest.status, expect.any(String)]);
      const call = calls.at(-1);
      expect(call?.name).toBe(route.name);
      for (const parameter of pathParameters(route.rest)) expect(call?.input[parameter]).toBe(contactId);
    }
    expect(calls.map((call) => call.name)).toEqual(routes.map((route) => route.name));
  });

  it('asks for a token and for the permission that the table names', async () => {
    const { ask, tokenFor, calls } = await startServer();
    const viewer = tokenFor(['ORG_CONTACT_VIEW']);
    const editor = tokenFor(['ORG_CONTACT_EDIT']);
    for (const route of routes) {
      const { access } = route.operation;
      if (access === 'public') continue;
      const { path, ...options } = askFor(route);
      const nobody = await ask(route.rest.method, path, { ...options, token: null });
      expect([route.name, nobody.status, nobody.headers['www-authenticate']]).toEqual([route.name, 401, 'Bearer']);
      if (access === 'token') continue;
      const lacking = await ask(route.rest.method, path, { ...options, token: access === 'view' ? editor : viewer });
      expect([route.name, lacking.status, lacking.json()]).toEqual([
        route.name,
        403,
        { statusCode: 403, message: 'Forbidden resource', error: 'Forbidden' },
      ]);
    }
    expect(calls).toEqual([]);
  });

  it('refuses a malformed id in the path with 406', async () => {
    const { ask, calls } = await startServer();
    for (const id of ['abc', '1', `${contactId}x`, 'x'.repeat(5000), '%00', 'a%2Fb']) {
      const answer = await ask('GET', `${contacts}/${id}`);
      expect([id, answer.status]).toEqual([id, 406]);
    }
    expect(calls).toEqual([]);
  });

  it('answers HEAD like GET, without the body', async () => {
    const { ask } = await startServer({ handlers: { 'contact.count': () => 12345 } });
    const answer = await ask('HEAD', `${contacts}/count`);
    expect([answer.status, answer.text, answer.headers['content-length']]).toEqual([200, '', '5']);
  });
});

describe('an answer', () => {
  it('is never cached, never sniffed, and has a request id of its own', async () => {
    const { ask } = await startServer();
    const answers = [
      await ask('GET', '/api/health', { token: null }),
      await ask('GET', '/api/nowhere'),
      await ask('GET', `${contacts}/count`, { token: null }),
      await ask('GET', '/api/docs', { token: null }),
      await ask('GET', `${contacts}/count`, { headers: { host: 'evil.example' } }),
    ];
    for (const { headers } of answers) {
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    expect(new Set(answers.map((answer) => answer.headers['x-request-id'])).size).toBe(answers.length);
  });

  it('is logged as method, route pattern, status, time and request id, and nothing else', async () => {
    const { ask, logged, all } = await startServer();
    const answer = await ask('GET', `${contacts}/${contactId}?data=${encodeURIComponent('{"relations":["tags"]}')}`);
    await ask('POST', contacts, { body: '{"name":"Secret Person"}' });
    await expect.poll(() => logged.length).toBe(2);
    expect(logged[0]).toEqual({
      requestId: answer.headers['x-request-id'],
      method: 'GET',
      route: `${contacts}/:id`,
      status: 200,
      ms: expect.any(Number),
    });
    const text = JSON.stringify(logged);
    for (const secret of [all, 'Secret Person', 'relations', contactId]) expect(text).not.toContain(secret);
  });

  it('says nothing of an unexpected error but that there was one, and logs where it was', async () => {
    const { ask, logged } = await startServer({
      handlers: {
        'contact.count': () => {
          throw new Error('no such column: secret_column');
        },
      },
    });
    const answer = await ask('GET', `${contacts}/count`);
    expect(answer.status).toBe(500);
    expect(answer.json()).toEqual({ statusCode: 500, message: 'Internal server error', error: 'Internal Server Error' });
    expect(JSON.stringify(logged)).toContain('routes.test.ts');
    expect(JSON.stringify(logged)).not.toContain('secret_column');
  });

  it('gives the refusals of an operation with all their messages', async () => {
    const { ask } = await startServer({
      handlers: {
        'contact.get': () => {
          throw new AppError('notFound', 'The requested record was not found');
        },
        'contact.create': async () => {
          throw invalidField('tags.0.id', 'is not a tag');
        },
      },
    });
    const missing = await ask('GET', `${contacts}/${contactId}`);
    expect(missing.json()).toEqual({ statusCode: 404, message: 'The requested record was not found', error: 'Not Found' });
    const refused = await ask('POST', contacts, { body: '{"name":"Ann"}' });
    expect(refused.json()).toEqual({ statusCode: 400, message: ['tags.0.id is not a tag'], error: 'Bad Request' });
  });
});

describe('a token', () => {
  it('may be sent as bearer in any case', async () => {
    const { ask, all } = await startServer();
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const answer = await ask('GET', '/api/user/me', { token: null, headers: { authorization: `${scheme} ${all}` } });
      expect(answer.status).toBe(200);
    }
  });

  it.each(['', 'Bearer', 'Bearer ', 'Basic Zm9vOmJhcg==', 'Bearer a b', 'Bearer fbk_wrong', 'fbk_bare'])(
    'is refused as %j, always in the same words',
    async (authorization) => {
      const { ask } = await startServer();
      const answer = await ask('GET', '/api/user/me', { token: null, headers: { authorization } });
      expect(answer.json()).toEqual({ statusCode: 401, message: 'Unauthorized', error: 'Unauthorized' });
    },
  );

  it('is refused once it is revoked or has expired, also when that happens while its body is on the way', async () => {
    const { ask, port, tokens, calls, time } = await startServer();
    const brief = tokens.create({ name: 'brief', permissions: ['ALL_ORG_EDIT', 'ALL_ORG_VIEW'], expiresIn: 60 }).secret;
    expect((await ask('GET', '/api/user/me', { token: brief })).status).toBe(200);
    time.now += 60_000;
    expect((await ask('GET', '/api/user/me', { token: brief })).status).toBe(401);

    const revoked = tokens.create({ name: 'revoked', permissions: ['ALL_ORG_EDIT'] }).secret;
    const body = '{"name":"Ann"}';
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST ${contacts} HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${revoked}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body.slice(0, 5)}`,
    );
    // The token has been accepted when its use is noted.
    await expect.poll(() => tokens.list().find((token) => token.name === 'revoked')?.lastUsedAt).not.toBeNull();
    tokens.revoke('revoked');
    socket.write(body.slice(5));
    let received = '';
    for await (const chunk of socket) received += String(chunk);
    expect(received).toMatch(/^HTTP\/1.1 401 /);
    expect(calls.filter((call) => call.name === 'contact.create')).toEqual([]);
  });
});

describe('what has no route', () => {
  it('is 401 without a token and 404 with one', async () => {
    const { ask } = await startServer();
    for (const [method, path] of [['GET', '/api/nowhere'], ['PATCH', `${contacts}/${contactId}`], ['GET', '/'], ['POST', '/api']] as const) {
      expect((await ask(method, path, { token: null })).status).toBe(401);
      const answer = await ask(method, `${path}?a=1`);
      expect(answer.json()).toEqual({ statusCode: 404, message: `Cannot ${method} ${path}`, error: 'Not Found' });
    }
  });
});

describe('a query', () => {
  it('of the contact routes may hold what we do not know; of our own routes it may not', async () => {
    const { ask } = await startServer();
    expect((await ask('GET', `${contacts}/pagination?join[alias]=x&where[organizationId]=${scope.organizationId}`)).status).toBe(200);
    const ours = await ask('GET', `${contacts}/search?q=ann&page=2`);
    expect([ours.status, ours.json()['message']]).toEqual([400, ['page is not known here']]);
    const undo = await ask('POST', `/api/imports/${contactId}/undo?force=true`, { body: '{}' });
    expect([undo.status, undo.json()['message']]).toEqual([400, ['force is not known here']]);
  });

  it('passes nested filters on', async () => {
    const { ask, calls } = await startServer();
    const query = 'where[0][name]=a%26b&where[1][members][0]=' + contactId + '&select[name]=true&order[name]=desc&relations[]=tags&take=5&skip=2';
    expect((await ask('GET', `${contacts}/pagination?${query}`)).status).toBe(200);
    expect(calls[0]?.input).toEqual({
      where: [{ name: 'a&b' }, { members: [contactId] }],
      select: { name: true },
      order: { name: 'DESC' },
      relations: ['tags'],
      take: 5,
      skip: 2,
    });
  });

  it('takes 20 groups of filters and refuses 21', async () => {
    const { ask, calls } = await startServer();
    const groups = (count: number) => Array.from({ length: count }, (_, index) => `where[${index}][name]=a`).join('&');
    expect((await ask('GET', `${contacts}/pagination?${groups(20)}`)).status).toBe(200);
    expect(calls[0]?.input['where']).toHaveLength(20);
    expect((await ask('GET', `${contacts}/pagination?${groups(21)}`)).status).toBe(400);
  });

  it.each([
    ['where[contactType]=X', 'where.contactType must be one of'],
    ['where[shoeSize]=1', 'where.shoeSize is not known here'],
    ['where[0][contactType]=X', 'where.0.contactType must be one of'],
    ['where[0][name]=a&where[1][contactType]=X', 'where.1.contactType must be one of'],
    ['where=a', 'where must be an object'],
    ['relations=shoes', 'relations must be one of'],
    ['relations[0]=tags&relations[1]=shoes', 'relations.1 must be one of'],
  ])('is refused in the words it was asked in: %s', async (query, message) => {
    const { ask } = await startServer();
    const answer = await ask('GET', `${contacts}/pagination?${query}`);
    expect([answer.status, answer.json()['message']]).toEqual([400, [expect.stringContaining(message)]]);
  });

  it.each([
    'where[name=a', 'where]name[=a', '=a', 'take=%zz', 'where[name]=%ff', '__proto__[a]=b', 'where[__proto__][a]=b',
    `where${'[a]'.repeat(40)}=b`, Array.from({ length: 1001 }, (_, index) => `a${index}=1`).join('&'), 'take=1&take=2',
  ])('is refused as %s', async (query) => {
    const { ask, calls } = await startServer();
    expect((await ask('GET', `${contacts}/pagination?${query}`)).status).toBe(400);
    expect(calls).toEqual([]);
  });

  it('never changes what a body says', async () => {
    const { ask, calls } = await startServer();
    await ask('PUT', `${contacts}/${contactId}?name=Mallory&organizationId=${scope.organizationId}`, { body: '{"notes":"a"}' });
    expect(calls[0]?.input).toEqual({ id: contactId, notes: 'a', ifMatch: undefined });
  });
});

describe('tenant and organization', () => {
  it.each([
    ['header', 'GET', '/count', { 'Tenant-Id': otherId }, undefined],
    ['header in capitals', 'GET', '/count', { 'TENANT-ID': otherId }, undefined],
    ['query', 'DELETE', `/${contactId}?tenantId=${otherId}`, {}, undefined],
    ['filter', 'GET', `/pagination?where[tenantId]=${otherId}`, {}, undefined],
    ['group of filters', 'GET', `/pagination?where[0][name]=a&where[1][tenant][id]=${otherId}`, {}, undefined],
    ['data', 'GET', `?data=${encodeURIComponent(JSON.stringify({ findInput: { tenantId: otherId } }))}`, {}, undefined],
    ['body', 'POST', '', {}, { name: 'Ann', tenantId: otherId }],
    ['object in the body', 'PUT', `/${contactId}`, {}, { tenant: { id: otherId } }],
    ['address in the body', 'PUT', `/${contactId}`, {}, { contact: { tenantId: otherId } }],
  ] as const)('of another tenant, in a %s, are forbidden', async (_where, method, path, headers, body) => {
    const { ask, calls } = await startServer();
    const answer = await ask(method, contacts + path, { headers, ...(body && { body: JSON.stringify(body) }) });
    expect(answer.json()).toEqual({ statusCode: 403, message: 'Forbidden resource', error: 'Forbidden' });
    expect(calls).toEqual([]);
  });

  it('of the profile are accepted everywhere, in any case', async () => {
    const { ask } = await startServer();
    const body = JSON.stringify({ ...scope, name: 'Ann', tenant: { id: scope.tenantId }, organization: { id: scope.organizationId } });
    expect((await ask('POST', contacts, { body, headers: { 'tenant-id': scope.tenantId.toUpperCase() } })).status).toBe(201);
  });

  it('another organization is refused in a body, and left to the filter in a query', async () => {
    const { ask, calls } = await startServer();
    for (const body of [{ organizationId: otherId }, { organization: { id: otherId } }, { contact: { organizationId: otherId } }]) {
      const answer = await ask('POST', contacts, { body: JSON.stringify({ name: 'Ann', ...body }) });
      expect(answer.status).toBe(400);
      expect(answer.json()['message']).toEqual([expect.stringMatching(/organization.* is not the organization of this book/)]);
    }
    expect(calls).toEqual([]);
    expect((await ask('GET', `${contacts}/count?organizationId=${otherId}`)).status).toBe(200);
    expect(calls[0]?.input).toEqual({ organizationId: otherId });
  });
});
