import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { serverUnderTest, withData, type Entity } from './server-under-test.ts';

const server = serverUnderTest();
const contacts = '/api/organization-contact';
const mark = `List ${randomUUID()}`;
const made: Entity[] = [];

beforeAll(async () => {
  for (let i = 0; i < 25; i += 1) {
    const contactType = i % 2 === 0 ? 'LEAD' : 'CLIENT';
    made.push(await server().create({ name: `${mark} ${i}`, contactType, primaryPhone: `555${i}` }));
  }
});

const marked = `where[name]=${encodeURIComponent(mark)}`;

describe('pages', () => {
  test('have 10 rows by default, and skip is the number of a page from 1', async () => {
    const { page } = server();
    const order = 'order[createdAt]=ASC&order[id]=ASC';
    const ids = async (query: string): Promise<string[]> =>
      (await page(`${marked}&${order}&${query}`)).body.items.map(({ id }) => id);
    const all = made.map(({ id }) => id);
    expect(await ids('')).toEqual(all.slice(0, 10));
    expect(await ids('take=0')).toEqual(all.slice(0, 10));
    expect(await ids('take=7&skip=0')).toEqual(all.slice(0, 7));
    expect(await ids('take=7&skip=1')).toEqual(all.slice(0, 7));
    expect(await ids('take=7&skip=2')).toEqual(all.slice(7, 14));
    expect(await ids('take=7&skip=9')).toEqual([]);
    expect((await page(`${marked}&take=7&skip=9`)).body.total).toBe(25);
  });

  test('refuse take above 100, negative and malformed numbers, and skip without take', async () => {
    const { page } = server();
    expect((await page('take=101')).body.message).toEqual(['take must not be greater than 100']);
    for (const query of ['take=-1', 'take=abc', 'skip=-1']) expect((await page(query)).status).toBe(400);
    const alone = await page('skip=1');
    expect([alone.status, alone.body]).toEqual([400, {}]);
    expect((await page('page=3&limit=2')).body.items).toHaveLength(10);
  });

  test('need a filter with an organisation of the caller', async () => {
    const { call, userId } = server();
    expect((await call('GET', `${contacts}/pagination?take=5`)).body.message).toEqual(['where should not be empty']);
    expect((await call('GET', `${contacts}/pagination?where[name]=x`)).body.message).toEqual([
      'where.organization must be an object',
      'where.organizationId must be a UUID',
    ]);
    const foreign = await call('GET', `${contacts}/pagination?where[organizationId]=${randomUUID()}`);
    expect([foreign.status, foreign.body.message]).toEqual([
      400,
      [`where.The user with ID ${userId} is not associated with the specified organization.`],
    ]);
  });

  test('search name, e-mail and phone by what they contain, but turn what parses as JSON into booleans', async () => {
    const { page } = server();
    const total = async (filter: string): Promise<number> => (await page(`${filter}&take=1`)).body.total;
    expect(await total(`where[name]=${encodeURIComponent(mark.toUpperCase().slice(5))}`)).toBe(25);
    expect(await total(`where[name]=${encodeURIComponent(`List%${mark.slice(6)}`)}`)).toBe(25);
    expect(await total(`${marked}&where[primaryPhone]=555`)).toBe(0);
    expect(await total(`${marked}&where[primaryPhone]=5551x`)).toBe(0);
    expect(await total(`${marked}&where[contactType]=LEAD`)).toBe(13);
    expect(await total(`${marked}&where[isActive]=true&where[isArchived]=false`)).toBe(25);
  });

  test('filter by a tag and by members', async () => {
    const { call, organizationId, create, page } = server();
    const tag = await call('POST', '/api/tags', { name: 'filter', color: '#000', organizationId });
    const { id } = await create({ name: 'Tagged', tags: [{ id: tag.body.id }] });
    const byTag = await page(`where[tags][id]=${tag.body.id}`);
    expect(byTag.body.items.map((one) => one.id)).toEqual([id]);
    const wrong = await page(`where[tags][0]=${tag.body.id}`);
    expect([wrong.status, wrong.body]).toEqual([400, {}]);
    expect((await page(`where[members][0]=${randomUUID()}`)).body.total).toBe(0);
  });

  test('take up to 20 ids in the OR form, and compare names there', async () => {
    const { call, organizationId, userId } = server();
    const terms = (rows: readonly Entity[]): string =>
      rows.map(({ id }, i) => `where[${i}][organizationId]=${organizationId}&where[${i}][id]=${id}`).join('&');
    const twenty = await call('GET', `${contacts}/pagination?${terms(made.slice(0, 20))}&take=100`);
    expect([twenty.status, twenty.body.total]).toEqual([200, 20]);
    expect((await call('GET', `${contacts}/pagination?${terms(made.slice(0, 21))}&take=100`)).status).toBe(400);
    const name = encodeURIComponent(mark);
    const equal = `where[0][organizationId]=${organizationId}&where[0][name]=${name}`;
    expect((await call('GET', `${contacts}/pagination?${equal}`)).body.total).toBe(0);
    const foreign = `${equal}&where[1][organizationId]=${randomUUID()}`;
    expect((await call('GET', `${contacts}/pagination?${foreign}`)).body.message).toEqual([
      `where.1.The user with ID ${userId} is not associated with the specified organization.`,
    ]);
  });

  test('cannot be filtered by a list of ids, nor by times later than one', async () => {
    const { page } = server();
    expect((await page(`where[id][0]=${made[0]?.id}&where[id][1]=${made[1]?.id}`)).status).toBe(400);
    for (const operator of ['gt', '$gt', 'gte', 'moreThan']) {
      expect((await page(`where[updatedAt][${operator}]=2026-01-01T00:00:00.000Z`)).status).toBe(400);
    }
    const { updatedAt } = made[3] as Entity;
    expect((await page(`where[updatedAt]=${updatedAt}`)).body.total).toBe(0);
  });

  test('are put in order by any column in either direction, ties by id', async () => {
    const { page } = server();
    const { body } = await page(`${marked}&order[contactType]=desc&take=100`);
    const expected = made.toSorted((a, b) => {
      if (a.contactType !== b.contactType) return a.contactType === 'LEAD' ? -1 : 1;
      return a.id < b.id ? -1 : 1;
    });
    expect(body.items.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    const unknown = await page('order[nope]=ASC');
    expect([unknown.status, unknown.body]).toEqual([400, {}]);
    expect((await page('order[name]=sideways')).status).toBe(200);
  });

  test('without an order are cut by id', async () => {
    const { page } = server();
    const ids = made.map(({ id }) => id).toSorted();
    const { body } = await page(`${marked}&take=10&skip=2`);
    expect(body.items.map(({ id }) => id).toSorted()).toEqual(ids.slice(10, 20));
  });

  test('have the relations of a list; a plain string is refused, an object ignored', async () => {
    const { page } = server();
    const asked = await page(`${marked}&take=1&relations[0]=tags&relations[1]=members.user&relations[]=contact`);
    expect(asked.body.items[0]).toMatchObject({ tags: [], members: [], contact: { city: null } });
    for (const query of ['relations[0]=nope', 'relations=tags,members']) {
      const { status, body } = await page(query);
      expect([status, body]).toEqual([400, {}]);
    }
    expect((await page(`${marked}&take=1&relations[tags]=true`)).body.items[0]).not.toHaveProperty('tags');
    expect((await page(`${marked}&take=1&join[alias]=c&join[leftJoin][tags]=c.tags`)).status).toBe(200);
  });

  test('can be narrowed to some columns, which must include those of the order', async () => {
    const { page } = server();
    const { body } = await page(`${marked}&take=1&select[id]=true&select[updatedAt]=true&order[updatedAt]=DESC`);
    expect(Object.keys(body.items[0] ?? {}).toSorted()).toEqual(['id', 'image', 'updatedAt']);
    expect((await page(`${marked}&select[id]=true&order[updatedAt]=DESC`)).status).toBe(400);
  });

  test('wrong values of an enumeration are refused by the database', async () => {
    const { status, body } = await server().page('where[contactType]=VENDOR');
    expect([status, body.name]).toEqual([400, 'BadRequestException']);
  });

  test('in descending order of deletion have the live rows first', async () => {
    const { call, create, page } = server();
    const name = `Order ${randomUUID()}`;
    const live = await create({ name });
    const dead = await create({ name });
    await call('DELETE', `${contacts}/${dead.id}/soft`);
    const { body } = await page(`where[name]=${encodeURIComponent(name)}&withDeleted=true&order[deletedAt]=DESC`);
    expect(body.items.map(({ id }) => id)).toEqual([live.id, dead.id]);
  });

  test('answer 304 to the tag of a page that is still the same', async () => {
    const { call, organizationId, update } = server();
    const where = `where[organizationId]=${organizationId}&${marked}`;
    const path = `${contacts}/pagination?${where}&take=100&order[updatedAt]=DESC`;
    const rename = (letter: string) => update(made[0]?.id ?? '', { name: `${mark} ${letter}` });
    await rename('X');
    const tag = String((await call('GET', path)).headers.etag);
    expect((await call('GET', path, undefined, { 'If-None-Match': tag })).status).toBe(304);
    await rename('Y');
    expect((await call('GET', path, undefined, { 'If-None-Match': tag })).status).toBe(200);
  });
});

describe('the list at once', () => {
  test('gives all rows, whatever take, skip, order and withDeleted say, and never the soft-deleted', async () => {
    const { call, create, organizationId } = server();
    const { id } = await create({ name: 'Dead' });
    await call('DELETE', `${contacts}/${id}/soft`);
    const data = { relations: ['contact'], findInput: { organizationId }, take: 1, skip: 2, withDeleted: true };
    const { status, body } = await call('GET', `${contacts}?${withData(data)}`);
    expect([status, body.items.length]).toEqual([200, body.total]);
    const ids = new Set(body.items.map((one) => one.id));
    expect(made.every((one) => ids.has(one.id))).toBe(true);
    expect(ids.has(id)).toBe(false);
    expect(body.items[0]).toHaveProperty('contact.city');
  });

  test('ignores flat and where parameters and data that is no JSON', async () => {
    const { call } = server();
    const everything = (await call('GET', contacts)).body.total;
    for (const query of [`organizationId=${randomUUID()}`, 'where[name]=nobody', 'data={broken']) {
      expect((await call('GET', `${contacts}?${query}`)).body.total).toBe(everything);
    }
  });

  test('filters by equality only, and answers 200 with a message to what it does not know', async () => {
    const { call, organizationId } = server();
    const list = (findInput: unknown, relations: string[] = []) =>
      call('GET', `${contacts}?${withData({ relations, findInput })}`);
    expect((await list({ organizationId, name: `${mark} 3` })).body.total).toBe(1);
    expect((await list({ organizationId, name: mark })).body.total).toBe(0);
    expect((await list({ organizationId: randomUUID() })).body).toEqual({ items: [], total: 0 });
    for (const answer of [await list({ nope: 1 }), await list({}, ['nope']), await list({ name: { like: '%' } })]) {
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.body)).toEqual(['message']);
    }
  });

  test('with an employee needs a type and the members', async () => {
    const { call, organizationId } = server();
    const list = (findInput: unknown, relations: string[]) =>
      call('GET', `${contacts}?${withData({ relations, findInput })}`);
    const employeeId = randomUUID();
    expect((await list({ organizationId, employeeId }, [])).body).toEqual({
      message: 'missing FROM-clause entry for table "members"',
    });
    expect((await list({ organizationId, employeeId }, ['members'])).body.total).toBe(0);
    const mine = await list({ organizationId, employeeId, contactType: 'LEAD' }, ['members']);
    expect(mine.body.total).toBeGreaterThanOrEqual(12);
  });

  test('and the count are bare about what they count', async () => {
    const { call, organizationId } = server();
    const list = await call('GET', `${contacts}?${withData({ findInput: { organizationId, contactType: 'LEAD' } })}`);
    const count = await call('GET', `${contacts}/count?organizationId=${organizationId}&contactType=LEAD`);
    expect([count.status, count.text]).toEqual([200, String(list.body.total)]);
    const unknown = await call('GET', `${contacts}/count?where[name]=x`);
    expect([unknown.status, unknown.body.message]).toEqual([
      200,
      'Property "where" was not found in "OrganizationContact". Make sure your query is correct.',
    ]);
  });
});
