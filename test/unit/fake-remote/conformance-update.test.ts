import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { contactKeys, serverUnderTest } from './server-under-test.ts';

const server = serverUnderTest();
const contacts = '/api/organization-contact';

describe('updating', () => {
  test('answers 202 with 24 keys and no relations; absent scalars stay, null clears', async () => {
    const { create, update } = server();
    const { id } = await create({ name: 'Patch', notes: 'stays', primaryPhone: '123' });
    const { status, body } = await update(id, { name: 'Patch', primaryPhone: null });
    expect(status).toBe(202);
    expect(Object.keys(body).toSorted()).toEqual(contactKeys);
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
