import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ListQuery } from '../../../shared/operations/lists.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

let book: TestBook;
beforeEach(async () => {
  book = openTestBook();
  for (const name of ['Zebra', 'Öl und Gas', 'apollo']) {
    await book.call('project.create', { name });
    await book.call('employee.create', { fullName: name });
    await book.call('tag.create', { name, color: '#123456' });
  }
});
afterEach(() => book.close());

const other = '99999999-9999-4999-8999-999999999999';
const projects = async (query: unknown) => (await book.call('project.list', query as ListQuery)).items.map(({ name }) => name);
const employees = async (query: unknown) => (await book.call('employee.list', query as ListQuery)).items.map(({ fullName }) => fullName);

describe('lists of names', () => {
  test('find a name in any case and without its diacritics, and tell how many there are', async () => {
    expect(await book.call('project.list', { where: { name: 'OL UND' } })).toMatchObject({ total: 1, items: [{ name: 'Öl und Gas' }] });
    expect(await employees({ where: { fullName: 'APO' } })).toEqual(['apollo']);
    expect((await book.call('tag.list', { where: { name: 'zeb' } })).items.map(({ name }) => name)).toEqual(['Zebra']);
  });

  test('find by id and by state', async () => {
    const [first] = (await book.call('project.list', {})).items;
    expect(await projects({ where: { id: first?.id } })).toEqual(['Zebra']);
    expect(await projects({ where: { id: other } })).toEqual([]);
    expect(await projects({ where: { isActive: 'true', isArchived: 'false' } })).toHaveLength(3);
    expect(await projects({ where: { isArchived: 'true' } })).toEqual([]);
  });

  test('come in the order asked for, page by page', async () => {
    expect(await projects({ order: { name: 'ASC' } })).toEqual(['apollo', 'Öl und Gas', 'Zebra']);
    expect(await projects({ order: { name: 'desc' }, take: 2, skip: 2 })).toEqual(['apollo']);
    expect(await projects({ order: { createdAt: 'ASC' }, take: 100 })).toHaveLength(3);
  });

  test('take the relations that Ever Gauzy’s clients ask for, in any way of writing them', async () => {
    for (const relations of ['user', ['user', 'organization'], { 0: 'tags' }]) expect(await employees({ relations })).toHaveLength(4);
    for (const relations of ['members.user', ['tags']]) expect(await projects({ relations })).toHaveLength(3);
  });

  test('hold nothing of another organization', async () => {
    for (const query of [{ organizationId: other }, { where: { organizationId: other } }, { where: { organization: { id: other } } }]) {
      expect(await projects(query)).toEqual([]);
      expect(await employees(query)).toEqual([]);
      expect((await book.call('tag.list', query)).total).toBe(0);
    }
  });

  test.each([
    [{ where: { nope: 1 } }, 'where.nope'],
    [{ where: 'x' }, 'where'],
    [{ order: { nope: 'ASC' } }, 'order.nope'],
    [{ order: { name: 'up' } }, 'order.name'],
    [{ skip: 1 }, 'take'],
    [{ relations: 'enemies' }, 'relations'],
    [{ relations: ['organization', 'enemies'] }, 'relations.1'],
    [{ take: 0 }, 'take'],
    [{ take: 5, skip: 0 }, 'skip'],
  ])('refuse %j, naming the field', async (query, field) => {
    await expect(projects(query)).rejects.toMatchObject({ kind: 'invalid', issues: [{ field }] });
    await expect(employees(query)).rejects.toMatchObject({ kind: 'invalid', issues: [{ field }] });
  });
});

test('a list ordered by two columns is in the order of the first, and of the second where that is the same', async () => {
  await book.call('project.create', { name: 'apollo' });
  await book.call('project.create', { name: 'Zebra' });
  const byName = (await book.call('project.list', { order: { name: 'DESC', id: 'ASC' }, take: 100 })).items;
  expect(byName.map(({ name }) => name)).toEqual(['Zebra', 'Zebra', 'Öl und Gas', 'apollo', 'apollo']);
  for (const pair of [byName.slice(0, 2), byName.slice(3)]) expect(pair.map(({ id }) => id)).toEqual(pair.map(({ id }) => id).sort());
});
