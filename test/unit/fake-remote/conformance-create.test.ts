import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { contactKeys, serverUnderTest, withData } from './server-under-test.ts';

const server = serverUnderTest();
const contacts = '/api/organization-contact';

describe('reading one contact', () => {
  test('gives 24 keys, and relations only when asked for in `data`', async () => {
    const { call, create, read } = server();
    const { id } = await create({ name: 'Read Co' });
    const bare = await call('GET', `${contacts}/${id}?relations[0]=tags`);
    expect(bare.status).toBe(200);
    expect(Object.keys(bare.body).toSorted()).toEqual(contactKeys);
    expect(Object.keys((await read(id)).body).toSorted()).toEqual(
      [...contactKeys, 'tags', 'members', 'projects', 'contact'].toSorted(),
    );
  });

  test('answers 404 for an unknown id and for the nil id, 406 for what is no UUID', async () => {
    const { call } = server();
    for (const id of [randomUUID(), '00000000-0000-0000-0000-000000000000']) {
      const unknown = await call('GET', `${contacts}/${id}`);
      expect([unknown.status, unknown.body]).toEqual([
        404,
        { statusCode: 404, message: 'The requested record was not found' },
      ]);
    }
    const malformed = await call('GET', `${contacts}/statistics`);
    expect(malformed.status).toBe(406);
    expect(malformed.body).toEqual({ statusCode: 406, message: 'Validation failed (valid uuid is expected)' });
  });

  test('answers 200 with a message for an unknown relation', async () => {
    const { call, create } = server();
    const { id } = await create({ name: 'Relation Co' });
    const answer = await call('GET', `${contacts}/${id}?${withData({ relations: ['nope'] })}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      message: 'Property "nope" was not found in "OrganizationContact". Make sure your query is correct.',
    });
  });

  test('carries a weak tag, and answers 304 to it unless the request says no-cache', async () => {
    const { call, create } = server();
    const { id } = await create({ name: 'Tag Co' });
    const first = await call('GET', `${contacts}/${id}`);
    const tag = String(first.headers.etag);
    expect(tag).toMatch(/^W\/"/);
    const again = await call('GET', `${contacts}/${id}`, undefined, { 'If-None-Match': tag });
    expect([again.status, again.text]).toEqual([304, '']);
    const fresh = await call('GET', `${contacts}/${id}`, undefined, {
      'If-None-Match': tag,
      'Cache-Control': 'no-cache',
    });
    expect(fresh.status).toBe(200);
  });

  test('shows times in UTC with milliseconds, and a Date header', async () => {
    const { call, create } = server();
    const { id } = await create({ name: 'Time Co' });
    const { body, headers } = await call('GET', `${contacts}/${id}`);
    expect(body.updatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(String(headers.date))).not.toBeNaN();
  });
});

describe('creating', () => {
  test('needs a name and an organisation, and names all errors at once', async () => {
    const { status, body } = await server().call('POST', contacts, {});
    expect([status, body]).toEqual([
      400,
      {
        message: [
          'organization must be an object',
          'organizationId must be a UUID',
          'name must be a string',
          'name should not be empty',
        ],
        error: 'Bad Request',
        statusCode: 400,
      },
    ]);
  });

  test('refuses an organisation of which the caller is no member', async () => {
    const { call, userId } = server();
    const { status, body } = await call('POST', contacts, { name: 'Foreign', organizationId: randomUUID() });
    expect(status).toBe(400);
    expect(body.message).toEqual([`The user with ID ${userId} is not associated with the specified organization.`]);
  });

  test('gives defaults and invents a picture', async () => {
    const { create, read } = server();
    const { id } = await create({ name: 'acme' });
    const { body } = await read(id);
    expect(body).toMatchObject({ contactType: 'CLIENT', budgetType: 'cost', isActive: true, primaryEmail: null });
    expect(body.imageUrl).toMatch(/^https:\/\/dummyimage\.com\/330x300\/[0-9a-f]{6}\/ffffff\.jpg&text=A$/);
    expect(body.contact).toMatchObject({ city: null, latitude: null });
  });

  test('keeps a client-made id, and the same id again updates instead of inserting', async () => {
    const { call, organizationId, read } = server();
    const id = randomUUID();
    const body = { id, name: 'Once', organizationId, notes: 'kept' };
    const first = await call('POST', contacts, body);
    expect([first.status, first.body.id]).toEqual([201, id]);
    const again = await call('POST', contacts, { id, name: 'Twice', organizationId });
    expect([again.status, again.body.id, again.body.notes, again.body.createdAt]).toEqual([201, id, null, null]);
    expect((await read(id)).body).toMatchObject({ name: 'Twice', notes: 'kept' });
  });

  test('of three parallel POSTs of one new id there is one contact', async () => {
    const { call, organizationId, page } = server();
    const name = `Parallel ${randomUUID()}`;
    const body = { id: randomUUID(), name, organizationId };
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', contacts, body)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await page(`where[name]=${encodeURIComponent(name)}`)).body.total).toBe(1);
  });

  test('refuses an id that is no UUID', async () => {
    const { call, organizationId } = server();
    const { status, body } = await call('POST', contacts, { id: 'abc', name: 'Short', organizationId });
    expect([status, body.message]).toEqual([400, 'Failed to create organization contact']);
  });

  test('a repeat without the address empties it', async () => {
    const { call, create, organizationId, read } = server();
    const { id } = await create({ name: 'Repeat', contact: { city: 'Berlin' } });
    await call('POST', contacts, { id, name: 'Repeat', organizationId });
    expect((await read(id)).body.contact.city).toBeNull();
  });

  test('echoes the request: tags as sent, no image, tenant and organization added', async () => {
    const { call, create, organizationId } = server();
    const tag = await call('POST', '/api/tags', { name: 'echo', color: '#fff', organizationId });
    const body = await create({ name: 'Echo', tags: [{ id: tag.body.id }] });
    expect(body.tags).toEqual([{ id: tag.body.id }]);
    expect(body).not.toHaveProperty('image');
    expect(body).toHaveProperty('tenant');
    expect(body).toHaveProperty('organization');
  });

  test('refuses unknown tags, drops strings and objects without id in silence', async () => {
    const { call, create, organizationId, read } = server();
    const unknown = await call('POST', contacts, { name: 'Tags', organizationId, tags: [{ id: randomUUID() }] });
    expect(unknown.status).toBe(400);
    expect(unknown.body.error).toMatch(/violates foreign key constraint/);
    const { id } = await create({ name: 'Tags', tags: ['a string', {}] });
    expect((await read(id)).body.tags).toEqual([]);
  });

  test('drops unknown fields, and answers 400 to invalid JSON', async () => {
    const { create, read, url, tokens, tenantId } = server();
    const { id } = await create({ name: 'Unknown', colour: 'blue' });
    expect((await read(id)).body).not.toHaveProperty('colour');
    const headers = {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${tokens.token}`,
      'Tenant-Id': tenantId,
    };
    const broken = await fetch(`${url}${contacts}`, { method: 'POST', headers, body: '{"name":' });
    expect(broken.status).toBe(400);
  });

  test('takes an organisation as an object, and then stores none', async () => {
    const { call, organizationId } = server();
    const { status, body } = await call('POST', contacts, { name: 'Homeless', organization: { id: organizationId } });
    expect(status).toBe(201);
    expect((await call('GET', `${contacts}/${body.id}`)).body.organizationId).toBeNull();
  });
});

describe('creating with projects', () => {
  test('and without members makes the members of the projects its own', async () => {
    const { call, create, organizationId, read } = server();
    const path = `/api/organization-projects/pagination?where[organizationId]=${organizationId}&take=100&skip=1`;
    const projects = (await call('GET', `${path}&relations[0]=members`)).body.items;
    const staffed = projects.find(({ members }) => members.length > 0);
    const expected = staffed?.members.map(({ employeeId }) => employeeId) ?? [];
    const filled = await create({ name: 'Filled', projects: projects.map(({ id }) => ({ id })) });
    expect((await read(filled.id)).body.members.map(({ id }) => id)).toEqual(expect.arrayContaining(expected));
    const { id } = await create({ name: 'Empty' });
    await call('PUT', `${contacts}/${id}`, { name: 'Empty', organizationId, projects: [{ id: staffed?.id }] });
    expect((await read(id)).body.members).toEqual([]);
  });
});
