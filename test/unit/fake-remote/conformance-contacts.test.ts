import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { serverUnderTest, withData } from './server-under-test.ts';

const server = serverUnderTest();
const contacts = '/api/organization-contact';

const keys = (
  'archivedAt budget budgetType contactId contactType createdAt createdByUserId deletedAt deletedByUserId id image ' +
  'imageId imageUrl inviteStatus isActive isArchived name notes organizationId primaryEmail primaryPhone tenantId ' +
  'updatedAt updatedByUserId'
).split(' ');

describe('reading one contact', () => {
  test('gives 24 keys, and relations only when asked for in `data`', async () => {
    const { call, create, read } = server();
    const { id } = await create({ name: 'Read Co' });
    const bare = await call('GET', `${contacts}/${id}?relations[0]=tags`);
    expect(bare.status).toBe(200);
    expect(Object.keys(bare.body).toSorted()).toEqual(keys);
    expect(Object.keys((await read(id)).body).toSorted()).toEqual(
      [...keys, 'tags', 'members', 'projects', 'contact'].toSorted(),
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

describe('updating', () => {
  test('answers 202 with 24 keys and no relations; absent scalars stay, null clears', async () => {
    const { create, update } = server();
    const { id } = await create({ name: 'Patch', notes: 'stays', primaryPhone: '123' });
    const { status, body } = await update(id, { name: 'Patch', primaryPhone: null });
    expect(status).toBe(202);
    expect(Object.keys(body).toSorted()).toEqual(keys);
    expect(body).toMatchObject({ notes: 'stays', primaryPhone: null });
  });

  test('needs name and organisation', async () => {
    const { call, create } = server();
    const { id } = await create({ name: 'Needs' });
    expect((await call('PUT', `${contacts}/${id}`, { notes: 'x' })).status).toBe(400);
  });

  test('of an unknown id creates it', async () => {
    const { read, update } = server();
    const id = randomUUID();
    expect((await update(id, { name: 'Risen' })).status).toBe(202);
    expect((await read(id)).body.name).toBe('Risen');
  });

  test('without the address, or with an address without id, links a new empty one', async () => {
    const { create, read, update } = server();
    const { id } = await create({ name: 'Lost', contact: { city: 'Berlin' } });
    const before = (await read(id)).body.contact;
    await update(id, { contactId: before.id });
    const after = (await read(id)).body.contact;
    expect(before.city).toBe('Berlin');
    expect(after.city).toBeNull();
    expect(after.id).not.toBe(before.id);
    await update(id, { contact: { city: 'Lyon' } });
    const third = (await read(id)).body.contact;
    expect(third.city).toBe('Lyon');
    expect(third.id).not.toBe(after.id);
  });

  test('with a part of the address sets the rest to null; only the whole with its id keeps it', async () => {
    const { create, read, update } = server();
    const { id } = await create({ name: 'Part', contact: { city: 'Berlin', country: 'DE' } });
    const whole = (await read(id)).body.contact;
    await update(id, { contact: whole });
    expect((await read(id)).body.contact).toMatchObject({ id: whole.id, city: 'Berlin', country: 'DE' });
    await update(id, { contact: { id: whole.id, city: 'Bonn' } });
    expect((await read(id)).body.contact).toMatchObject({ id: whole.id, city: 'Bonn', country: null });
  });

  test('replaces a set by an array, clears it by an empty one, leaves it by null or absence', async () => {
    const { call, create, organizationId, read, update } = server();
    const made = await Promise.all(
      ['one', 'two'].map((name) => call('POST', '/api/tags', { name, color: '#000', organizationId })),
    );
    const [one, two] = made.map(({ body }) => ({ id: body.id }));
    const { id } = await create({ name: 'Sets', tags: [one] });
    const tagIds = async (): Promise<string[]> => (await read(id)).body.tags.map((tag) => tag.id);
    await update(id, { tags: null });
    expect(await tagIds()).toEqual([one?.id]);
    await update(id, { tags: [two] });
    expect(await tagIds()).toEqual([two?.id]);
    await update(id, { tags: [] });
    expect(await tagIds()).toEqual([]);
  });

  test('bumps updatedAt even when nothing changes, and growing ones in a row', async () => {
    const { create, update } = server();
    const { id } = await create({ name: 'Same' });
    const times: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      times.push((await update(id, {})).body.updatedAt);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(new Set(times).size).toBe(5);
    expect(times.toSorted()).toEqual(times);
  });

  test('writes the stamps of a body, years back too', async () => {
    const { create, update } = server();
    const { id } = await create({ name: 'Echoed' });
    const old = { createdAt: '2019-01-02T03:04:05.006Z', updatedAt: '2020-01-02T03:04:05.006Z' };
    expect((await update(id, old)).body).toMatchObject(old);
  });

  test('ignores the id of the body and If-Match', async () => {
    const { call, create, organizationId } = server();
    const { id } = await create({ name: 'Path' });
    const body = { id: randomUUID(), name: 'Path wins', organizationId };
    const answer = await call('PUT', `${contacts}/${id}`, body, { 'If-Match': '"nothing"' });
    expect([answer.status, answer.body.id, answer.body.name]).toEqual([202, id, 'Path wins']);
  });

  test('answers 202 with a message to an e-mail that is a number, and saves nothing', async () => {
    const { create, read, update } = server();
    const { id } = await create({ name: 'Trim' });
    const { status, body } = await update(id, { name: 'Not saved', primaryEmail: 5 });
    expect([status, body]).toEqual([202, { message: 'params.value.trim is not a function' }]);
    expect((await read(id)).body.name).toBe('Trim');
  });

  test('wraps an error of the database in a body of its own, without statusCode', async () => {
    const { create, update } = server();
    const { id } = await create({ name: 'Decimal' });
    const { status, body } = await update(id, { budget: 1.5 });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      status: 400,
      name: 'BadRequestException',
      message: 'invalid input syntax for type integer: "1.5"',
    });
    expect(body).not.toHaveProperty('statusCode');
  });

  test('answers 404 to PATCH, /bulk and /:id/employee', async () => {
    const { call, create } = server();
    const { id } = await create({ name: 'Routes' });
    for (const [method, path] of [
      ['PATCH', `/${id}`],
      ['POST', '/bulk'],
      ['PUT', `/${id}/employee`],
    ] as const) {
      const { status, body } = await call(method, contacts + path, {});
      expect([status, body.error]).toEqual([404, 'Not Found']);
    }
  });
});

describe('fields', () => {
  const accepted: [string, unknown, unknown][] = [
    ['primaryEmail', '  a+b@example.com ', 'a+b@example.com'],
    ['primaryEmail', '', null],
    ['primaryEmail', 'ü@example.com', 'ü@example.com'],
    ['primaryPhone', '', ''],
    ['notes', '', ''],
    ['notes', '<b>😀</b>', '<b>😀</b>'],
    ['budget', -2_147_483_648, -2_147_483_648],
    ['budget', null, null],
    ['budgetType', null, null],
    ['inviteStatus', 'ACCEPTED', 'ACCEPTED'],
    ['imageUrl', 'javascript:alert(1)', 'javascript:alert(1)'],
    ['imageUrl', null, null],
    ['name', '   ', '   '],
  ];
  test.each(accepted)('%s takes %j as %j', async (field, value, stored) => {
    const { create, update } = server();
    const { id } = await create({ name: 'Fields' });
    const { status, body } = await update(id, { [field]: value });
    expect([status, body[field]]).toEqual([202, stored]);
  });

  const refused: [string, unknown, string][] = [
    ['contactType', 'VENDOR', 'contactType must be one of the following values: CLIENT, CUSTOMER, LEAD'],
    ['contactType', 'lead', 'contactType must be one of the following values: CLIENT, CUSTOMER, LEAD'],
    ['budgetType', 'HOURS', 'budgetType must be one of the following values: hours, cost'],
    ['budget', '5', 'budget must be a number conforming to the specified constraints'],
    ['primaryEmail', 'a@localhost', 'primaryEmail must be an email'],
    ['primaryEmail', '   ', 'primaryEmail must be an email'],
    ['primaryEmail', 'a@b.de, c@d.de', 'primaryEmail must be an email'],
    ['primaryPhone', 5, 'primaryPhone must be a string'],
    ['imageId', 'abc', 'imageId must be a UUID'],
    ['tags', 'abc', 'tags must be an array'],
    ['name', '', 'name should not be empty'],
  ];
  test.each(refused)('%s refuses %j', async (field, value, message) => {
    const { create, update } = server();
    const { id } = await create({ name: 'Fields' });
    const { status, body } = await update(id, { [field]: value });
    expect([status, body]).toEqual([400, { message: [message], error: 'Bad Request', statusCode: 400 }]);
  });

  const refusedByDatabase: [string, unknown][] = [
    ['contactType', null],
    ['budget', 2_147_483_648],
    ['imageUrl', 'x'.repeat(501)],
    ['notes', 'a\0b'],
    ['imageId', randomUUID()],
    ['members', [{ id: randomUUID() }]],
    ['projects', [{ id: randomUUID() }]],
    ['projects', ['a string']],
  ];
  test.each(refusedByDatabase)('%s %j is an error of the database', async (field, value) => {
    const { create, update } = server();
    const { id } = await create({ name: 'Fields' });
    const { status, body } = await update(id, { [field]: value });
    expect([status, body.name]).toEqual([400, 'BadRequestException']);
  });
});

describe('deleting', () => {
  test('is hard by default, and no error where there is nothing', async () => {
    const { call, create, page } = server();
    const name = `Gone ${randomUUID()}`;
    const { id } = await create({ name });
    expect((await call('DELETE', `${contacts}/${id}`)).body).toEqual({ raw: [], affected: 1 });
    const again = await call('DELETE', `${contacts}/${id}`);
    expect([again.status, again.body]).toEqual([202, { raw: [], affected: 0 }]);
    expect((await call('GET', `${contacts}/${id}`)).status).toBe(404);
    expect((await page(`withDeleted=true&where[name]=${encodeURIComponent(name)}`)).body.total).toBe(0);
  });

  test('softly sets deletedAt and updatedAt, and does not store by whom', async () => {
    const { call, create, page, userId } = server();
    const name = `Soft ${randomUUID()}`;
    const { id } = await create({ name });
    const { status, body } = await call('DELETE', `${contacts}/${id}/soft`);
    expect([status, body.deletedByUserId, body.deletedAt]).toEqual([202, userId, body.updatedAt]);
    expect((await call('GET', `${contacts}/${id}`)).status).toBe(404);
    const filter = `where[name]=${encodeURIComponent(name)}`;
    expect((await page(filter)).body.total).toBe(0);
    const [seen] = (await page(`${filter}&withDeleted=true`)).body.items;
    expect(seen).toMatchObject({ id, deletedByUserId: null });
    const again = await call('DELETE', `${contacts}/${id}/soft`);
    expect([again.status, again.body.message]).toEqual([
      404,
      'An error occurred during soft removal: The requested record was not found',
    ]);
  });

  test('is not undone by recover, but by a PUT or POST with deletedAt null', async () => {
    const { call, create, organizationId, update } = server();
    const { id } = await create({ name: 'Back' });
    expect((await call('PUT', `${contacts}/${id}/recover`)).status).toBe(202);
    await call('DELETE', `${contacts}/${id}/soft`);
    const recover = await call('PUT', `${contacts}/${id}/recover`, {});
    expect([recover.status, recover.body.message]).toEqual([
      404,
      'An error occurred during restoring entity: The requested record was not found',
    ]);
    expect((await update(id, { deletedAt: null })).status).toBe(202);
    await call('DELETE', `${contacts}/${id}/soft`);
    await call('POST', contacts, { id, name: 'Back', organizationId, deletedAt: null });
    expect((await call('GET', `${contacts}/${id}`)).status).toBe(200);
  });

  test('softly, a PUT still writes and answers 404, and a POST answers 201 and leaves it deleted', async () => {
    const { call, create, organizationId, page, update } = server();
    const { id } = await create({ name: 'Tombstone' });
    await call('DELETE', `${contacts}/${id}/soft`);
    const name = `Edited ${randomUUID()}`;
    expect((await update(id, { name })).status).toBe(404);
    expect((await page(`withDeleted=true&where[name]=${encodeURIComponent(name)}`)).body.total).toBe(1);
    expect((await call('POST', contacts, { id, name, organizationId })).status).toBe(201);
    expect((await call('GET', `${contacts}/${id}`)).status).toBe(404);
  });

  test('can be done by a PUT with a date in deletedAt', async () => {
    const { create, read, update } = server();
    const { id } = await create({ name: 'By body' });
    expect((await update(id, { deletedAt: new Date().toISOString() })).status).toBe(404);
    expect((await read(id)).status).toBe(404);
  });

  test('unlinks projects', async () => {
    const { call, create, read } = server();
    const { id } = await create({ name: 'With project', projects: [{ name: `Job ${randomUUID()}` }] });
    const [project] = (await read(id)).body.projects;
    await call('DELETE', `${contacts}/${id}`);
    const other = await create({ name: 'Next', projects: [{ id: project?.id }] });
    expect((await read(other.id)).body.projects.map((one) => one.id)).toEqual([project?.id]);
  });
});
