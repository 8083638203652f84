import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Account } from '../../fake-remote/people.ts';
import type { RemoteOptions } from '../../fake-remote/world.ts';
import { exchange, jsonType, openFake, signIn, withData, type Session } from './server-under-test.ts';

/** Facts about servers that differ in database, settings or people, which takes a server of one's own to see. */

const contacts = '/api/organization-contact';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(options: RemoteOptions = {}) {
  const fake = await openFake(options);
  closing.push(fake.close);
  const as = ({ email, password }: Account): Promise<Session> => signIn(fake.session.url, email, password);
  return { ...fake, as };
}

/** A clock that stands still until it is moved. */
function standingClock(start = Date.UTC(2026, 5, 1)) {
  let now = start;
  return { clock: () => now, move: (ms: number) => void (now += ms) };
}

describe('on SQLite', () => {
  test('stamps are whole seconds, so that two edits of one second have equal ones', async () => {
    const { clock, move } = standingClock(Date.UTC(2026, 5, 1) + 123);
    const { session } = await open({ database: 'sqlite', clock });
    const { id, updatedAt } = await session.create({ name: 'Second' });
    expect(updatedAt).toBe('2026-06-01T00:00:00.000Z');
    move(500);
    expect((await session.update(id, { name: 'Same second' })).body.updatedAt).toBe(updatedAt);
    expect((await session.page(`where[updatedAt]=${updatedAt}`)).body.total).toBe(0);
    expect((await session.page('where[updatedAt]=2026-06-01 00:00:00'.replace(' ', '%20'))).body.total).toBe(1);
  });

  test('decimal budgets are taken, perhaps echoed, and read back cut', async () => {
    const { session } = await open({ database: 'sqlite' });
    const made = await session.create({ name: 'Decimal', budget: 1500.75 });
    expect(made.budget).toBe(1500.75);
    expect((await session.read(made.id)).body.budget).toBe(1500);
    expect((await session.update(made.id, { budget: 99.9 })).status).toBe(202);
  });

  test('any id is kept, long image addresses too, and an unknown type finds nothing', async () => {
    const { session } = await open({ database: 'sqlite' });
    expect((await session.create({ id: 'abc', name: 'Short id' })).id).toBe('abc');
    expect((await session.call('GET', `${contacts}/abc`)).status).toBe(406);
    const { id } = await session.create({ name: 'Long' });
    expect((await session.update(id, { imageUrl: 'x'.repeat(501) })).status).toBe(202);
    expect((await session.page('where[contactType]=VENDOR')).body).toEqual({ items: [], total: 0 });
  });

  test('raw tags have raw dates and numbers for booleans', async () => {
    const { session } = await open({ database: 'sqlite' });
    const { call, organizationId } = session;
    await call('POST', '/api/tags', { name: 'raw', color: '#000', organizationId });
    const [tag] = (await call('GET', `/api/tags?where[organizationId]=${organizationId}`)).body.items;
    expect(tag?.createdAt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect([tag?.isActive, tag?.isSystem]).toEqual([1, 0]);
  });
});

describe('a server that makes ids itself', () => {
  test('ignores the id of a POST and creates nothing by PUT', async () => {
    const { session } = await open({ clientIds: false });
    const id = randomUUID();
    const made = await session.create({ id, name: 'Own id' });
    expect(made.id).not.toBe(id);
    expect((await session.update(randomUUID(), { name: 'Nobody' })).status).toBe(404);
  });
});

describe('a server without soft deletion', () => {
  test('has no such route', async () => {
    const { session } = await open({ softDelete: false });
    const { id } = await session.create({ name: 'Hard only' });
    const { status, body } = await session.call('DELETE', `${contacts}/${id}/soft`);
    expect([status, body.message]).toEqual([404, `Cannot DELETE ${contacts}/${id}/soft`]);
  });
});

describe('roles', () => {
  test('an EMPLOYEE reads and deletes, but neither creates nor changes', async () => {
    const { remote, session, as } = await open();
    const employee = await as(remote.directory.employee);
    const { id } = await session.create({ name: 'Anybody may delete' });
    expect((await employee.page('take=1')).status).toBe(200);
    expect((await employee.call('GET', '/api/employee/pagination?where[organizationId]=x')).status).toBe(403);
    const refused = await employee.update(id, { name: 'No' });
    expect([refused.status, refused.body]).toEqual([
      403,
      { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 },
    ]);
    expect((await employee.call('POST', contacts, { name: 'No', organizationId: session.organizationId })).status).toBe(
      403,
    );
    expect((await employee.call('DELETE', `${contacts}/${id}`)).body).toEqual({ raw: [], affected: 1 });
  });

  test('without the right to view, pages and counts are 403, while lists and single contacts are not', async () => {
    const { clock, move } = standingClock();
    const { remote, session } = await open({ clock });
    const { call, create, page, tenantId } = session;
    const { id } = await create({ name: 'Seen anyway' });
    expect((await page('take=1')).status).toBe(200);
    remote.world.tables.permissions.set(`${tenantId} ADMIN`, []);
    expect((await page('take=1')).status).toBe(200);
    move(5 * 60_000);
    expect((await page('take=1')).status).toBe(403);
    expect((await call('GET', `${contacts}/count`)).status).toBe(403);
    expect((await call('GET', contacts)).status).toBe(200);
    expect((await call('GET', `${contacts}/${id}`)).status).toBe(200);
  });
});

describe('tenants', () => {
  test('do not see each other in reads and deletions, but a POST with an id takes a contact over', async () => {
    const { remote, session, as } = await open();
    const other = await as(remote.directory.other.admin);
    const { id } = await session.create({ name: 'Ours' });
    expect((await other.read(id)).status).toBe(404);
    expect((await other.call('DELETE', `${contacts}/${id}`)).body).toEqual({ raw: [], affected: 0 });
    expect((await other.create({ id, name: 'Theirs' })).id).toBe(id);
    expect((await session.read(id)).status).toBe(404);
    expect((await other.read(id)).body).toMatchObject({ name: 'Theirs', tenantId: other.tenantId });
    expect((await session.page('take=10&withDeleted=true')).body.total).toBe(0);
  });

  test('without a filter, the list goes across organisations', async () => {
    const { remote, session } = await open();
    const { secondOrganizationId } = remote.directory;
    await session.create({ name: 'Here' });
    await session.create({ name: 'There', organizationId: secondOrganizationId });
    expect((await session.call('GET', contacts)).body.total).toBe(2);
    const findInput = { organizationId: secondOrganizationId };
    expect((await session.call('GET', `${contacts}?${withData({ findInput })}`)).body.total).toBe(1);
    expect((await session.page('take=10')).body.total).toBe(1);
  });
});

describe('tokens', () => {
  test('expire: the access token after a day, and the refresh token too', async () => {
    const { clock, move } = standingClock();
    const { session } = await open({ clock });
    move(86_399_000);
    expect((await session.call('GET', '/api/user/me')).status).toBe(200);
    move(1000);
    expect((await session.call('GET', '/api/user/me')).status).toBe(401);
    const body = JSON.stringify({ refresh_token: session.tokens.refresh_token });
    expect((await exchange(`${session.url}/api/auth/refresh-token`, 'POST', jsonType, body)).status).toBe(401);
  });

  test('of people who are gone answer with another 401', async () => {
    const { remote, session } = await open();
    remote.world.tables.users.delete(session.userId);
    const { status, body } = await session.call('GET', contacts);
    expect([status, body]).toEqual([401, { message: 'unauthorized', error: 'Unauthorized', statusCode: 401 }]);
  });

  test('can be as large as the real ones', async () => {
    const { session } = await open({ largeTokens: true });
    expect(session.tokens.token.length).toBeGreaterThan(6000);
    expect((await session.call('GET', contacts)).status).toBe(200);
  });
});

describe('with the database down', () => {
  test('every call is 401, signing in too, and only health says why', async () => {
    const { remote, session } = await open();
    remote.world.databaseUp = false;
    const call = await session.call('GET', contacts);
    expect([call.status, call.body.message]).toEqual([401, 'unauthorized']);
    expect(call.body.error).toMatch(/ECONNREFUSED/);
    const { email, password } = session;
    const login = await exchange(
      `${session.url}/api/auth/login`,
      'POST',
      jsonType,
      JSON.stringify({ email, password }),
    );
    expect([login.status, login.body]).toEqual([401, { statusCode: 401, message: 'Unauthorized' }]);
    const health = await exchange(`${session.url}/api/health`, 'GET', {});
    expect([health.status, health.body.status]).toEqual([503, 'error']);
    remote.world.databaseUp = true;
    expect((await session.call('GET', contacts)).status).toBe(200);
  });
});

describe('a contact that the database refuses', () => {
  test('leaves its address behind', async () => {
    const { remote, session } = await open();
    const { organizationId } = session;
    await session.call('POST', contacts, { name: 'Half', organizationId, budget: 0.5, contact: { city: 'Orphan' } });
    expect(remote.rows()).toEqual([]);
    expect([...remote.world.tables.addresses.values()].map(({ city }) => city)).toEqual(['Orphan']);
  });
});

describe('with the rate limit on', () => {
  test('answers carry what is left per route, and 429 says when to come back', async () => {
    const { clock, move } = standingClock();
    const { session } = await open({ clock, throttle: { limit: 3, ttlMs: 20_000 } });
    const first = await session.call('GET', contacts);
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '2',
      'x-ratelimit-reset': '20',
    });
    await session.call('GET', contacts);
    await session.call('GET', contacts);
    move(5000);
    const over = await session.call('GET', contacts);
    expect([over.status, over.body]).toEqual([
      429,
      { statusCode: 429, message: 'ThrottlerException: Too Many Requests' },
    ]);
    expect(over.headers['retry-after']).toBe('20');
    expect(over.headers).not.toHaveProperty('x-ratelimit-limit');
    expect((await session.call('GET', `${contacts}/count`)).status).toBe(200);
    move(15_000);
    expect((await session.call('GET', contacts)).status).toBe(429);
    move(5000);
    expect((await session.call('GET', contacts)).status).toBe(200);
  });

  test('five people a minute may sign in', async () => {
    const { session } = await open({ throttle: { limit: 1000, ttlMs: 60_000 } });
    const login = () =>
      exchange(
        `${session.url}/api/auth/login`,
        'POST',
        jsonType,
        JSON.stringify({ email: session.email, password: 'wrong' }),
      );
    for (let i = 0; i < 4; i += 1) expect((await login()).status).toBe(401);
    const sixth = await login();
    expect([sixth.status, sixth.headers['retry-after']]).toEqual([429, '60']);
  });

  test('off, nothing is counted', async () => {
    const { session } = await open();
    expect((await session.call('GET', contacts)).headers).not.toHaveProperty('x-ratelimit-limit');
  });
});
