import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { exchange, jsonType, serverUnderTest, signIn, withData, type Answer } from './server-under-test.ts';

const server = serverUnderTest();
const contacts = '/api/organization-contact';

const post = (path: string, body: unknown): Promise<Answer> =>
  exchange(server().url + path, 'POST', jsonType, JSON.stringify(body));

const refresh = (refresh_token: string): Promise<Answer> => post('/api/auth/refresh-token', { refresh_token });

describe('signing in', () => {
  test('gives the person, the tenant, the organisation of the employee and two tokens', async () => {
    const { email, password } = server();
    const { status, body } = await post('/api/auth/login', { email, password });
    expect(status).toBe(200);
    expect(body.user).toMatchObject({
      email,
      tenantId: server().tenantId,
      employee: { organizationId: server().organizationId },
    });
    const claims = JSON.parse(Buffer.from(body.token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    expect(claims).toMatchObject({ id: body.user.id, tenantId: server().tenantId, tokenType: 'ACCESS_TOKEN_TYPE' });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(86_400);
    expect(claims.permissions).toContain('ORG_CONTACT_EDIT');
  });

  test('fails with 401 for a wrong password and an unknown person, with 400 for a malformed request', async () => {
    const { email, password } = server();
    for (const body of [
      { email, password: 'wrong' },
      { email: 'nobody@example.com', password },
    ]) {
      const answer = await post('/api/auth/login', body);
      expect([answer.status, answer.body]).toEqual([401, { statusCode: 401, message: 'Unauthorized' }]);
    }
    expect((await post('/api/auth/login', { email })).body.message).toEqual(['password should not be empty']);
    expect((await post('/api/auth/login', { email: 'x', password })).body.message).toEqual(['email must be an email']);
  });
});

describe('refreshing', () => {
  test('rotates: the old token is dead, the new one and the access token of before are not', async () => {
    const { url, email, password } = server();
    const session = await signIn(url, email, password);
    const first = await refresh(session.tokens.refresh_token);
    expect([first.status, typeof first.body.token]).toEqual([200, 'string']);
    const again = await refresh(session.tokens.refresh_token);
    expect([again.status, again.body]).toEqual([
      401,
      { message: 'Token is rotated', error: 'Unauthorized', statusCode: 401 },
    ]);
    expect((await refresh(first.body.refresh_token)).status).toBe(200);
    expect((await session.call('GET', '/api/user/me')).status).toBe(200);
  });

  test('twice at once gives one pair and one 401', async () => {
    const { url, email, password } = server();
    const { tokens } = await signIn(url, email, password);
    const answers = await Promise.all([refresh(tokens.refresh_token), refresh(tokens.refresh_token)]);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '401']);
  });

  test('with rubbish is 401', async () => {
    expect((await refresh('rubbish')).body).toEqual({ message: 'Unauthorized', statusCode: 401 });
  });

  test('after signing out is 401, while the access token lives on', async () => {
    const { url, email, password } = server();
    const { call, tokens } = await signIn(url, email, password);
    const out = await call('POST', '/api/auth/logout', { refresh_token: tokens.refresh_token });
    expect([out.status, out.text]).toEqual([200, '']);
    expect((await refresh(tokens.refresh_token)).body.message).toBe('Token is revoked');
    expect((await call('GET', '/api/user/me')).status).toBe(200);
  });
});

describe('a token', () => {
  test('missing, malformed or of the other kind is 401 without WWW-Authenticate', async () => {
    const { call, tokens } = server();
    for (const value of [undefined, 'Bearer rubbish', `Bearer ${tokens.refresh_token}`]) {
      const answer = await call('GET', contacts, undefined, { Authorization: value });
      expect([answer.status, answer.body]).toEqual([401, { message: 'Unauthorized', statusCode: 401 }]);
      expect(answer.headers).not.toHaveProperty('www-authenticate');
    }
  });

  test('is asked about for nothing', async () => {
    const { call } = server();
    expect((await call('GET', '/api/auth/authenticated')).text).toBe('true');
    expect((await call('GET', '/api/auth/authenticated', undefined, { Authorization: 'Bearer x' })).text).toBe('false');
    expect((await call('GET', '/api/auth/permissions?permissions[0]=ORG_CONTACT_EDIT')).text).toBe('true');
    expect((await call('GET', '/api/auth/permissions?permissions[0]=NO_SUCH_RIGHT')).text).toBe('false');
  });
});

describe('the tenant', () => {
  const forbidden = { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 };

  test('must be named in the header, under one of two spellings, and be the own one', async () => {
    const { call, tenantId } = server();
    const status = async (headers: Record<string, string | undefined>): Promise<number> =>
      (await call('GET', `${contacts}/count`, undefined, { 'Tenant-Id': undefined, ...headers })).status;
    expect(await status({ 'Tenant-Id': tenantId })).toBe(200);
    expect(await status({ 'tenant-id': tenantId })).toBe(200);
    expect(await status({ 'TENANT-ID': tenantId })).toBe(403);
    const wrong = await call('GET', `${contacts}/count?tenantId=${tenantId}`, undefined, { 'Tenant-Id': randomUUID() });
    expect([wrong.status, wrong.body]).toEqual([403, forbidden]);
  });

  test('without the header must be in the query of GET and DELETE, in the body of POST and PUT', async () => {
    const { call, organizationId, tenantId } = server();
    const none = { 'Tenant-Id': undefined };
    const status = async (method: string, path: string, body?: unknown): Promise<number> =>
      (await call(method, path, body, none)).status;
    expect(await status('GET', `${contacts}/count?tenantId=${tenantId}`)).toBe(200);
    expect(await status('GET', `${contacts}?${withData({ findInput: { organizationId, tenantId } })}`)).toBe(200);
    expect(
      await status('GET', `${contacts}/pagination?where[organizationId]=${organizationId}&where[tenantId]=${tenantId}`),
    ).toBe(403);
    expect(await status('DELETE', `${contacts}/${randomUUID()}?tenantId=${tenantId}`)).toBe(202);
    expect(await status('DELETE', `${contacts}/${randomUUID()}`)).toBe(403);
    expect(await status('POST', contacts, { name: 'Body', organizationId, tenantId })).toBe(201);
    expect(await status('POST', contacts, { name: 'Body', organizationId, tenant: { id: tenantId } })).toBe(201);
    expect(await status('POST', contacts, { name: 'Body', organizationId })).toBe(403);
  });

  test('is all that matters: a wrong Organization-Id and another Language change nothing', async () => {
    const headers = { 'Organization-Id': randomUUID(), Language: 'bg' };
    expect((await server().call('GET', contacts, undefined, headers)).status).toBe(200);
  });
});

describe('the server itself', () => {
  test('says who it is and how it is, to anybody', async () => {
    const { url } = server();
    expect((await exchange(`${url}/api`, 'GET', {})).body).toEqual({ status: 200, message: 'Gauzy API' });
    const health = await exchange(`${url}/api/health`, 'GET', {});
    expect([health.status, health.body]).toMatchObject([200, { status: 'ok', info: { database: { status: 'up' } } }]);
  });

  test('does not compress', async () => {
    const { headers } = await server().call('GET', contacts, undefined, { 'Accept-Encoding': 'gzip, br' });
    expect(headers).not.toHaveProperty('content-encoding');
  });

  test('refuses requests with more than 16 kB before the body, and bodies above 50 MB', async () => {
    const { call, organizationId } = server();
    const long = await call('GET', `${contacts}?${'x'.repeat(17_000)}`);
    expect([long.status, long.text]).toEqual([431, '']);
    const large = await call('POST', contacts, { name: 'Large', organizationId, notes: 'x'.repeat(51 * 1024 * 1024) });
    expect([large.status, large.body]).toEqual([413, { statusCode: 413, message: 'request entity too large' }]);
  });
});
