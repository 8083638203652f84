import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Download } from '../../../shared/operation.ts';
import { openTestBook, owner, type TestBook } from '../support/book.ts';

/* What Ever Gauzy's own clients send, and what its recorded answers promise them. */

let book: TestBook;
beforeEach(() => {
  book = openTestBook();
});
afterEach(() => book.close());

const other = '99999999-9999-4999-8999-999999999999';

describe('a client of Ever Gauzy', () => {
  test('may say with a null that it made no id', async () => {
    const created = await book.call('contact.create', { id: null, name: 'Ann' });
    expect(created.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('finds nothing with another organization beside its filters', async () => {
    await book.call('contact.create', { name: 'Ann' });
    expect(await book.call('contact.paginate', { organizationId: other })).toEqual({ items: [], total: 0 });
    expect((await book.call('contact.paginate', { organizationId: book.profile.organizationId })).total).toBe(1);
    const { chunks } = book.dispatch('contact.find', { organizationId: other }, owner) as Download;
    expect([...(chunks as Iterable<string>)].join('')).toBe('{"items":[],"total":0}');
  });

  test('gets the members of projects that it asked for, though there are none', async () => {
    const { id } = await book.call('project.create', { name: 'Bridge' });
    await book.call('contact.create', { name: 'Ann', projects: [{ id }] });
    const { items } = await book.call('contact.paginate', { relations: ['projects.members'] });
    expect(items).toMatchObject([{ projects: [{ id, members: [] }] }]);
  });

  test('filters by numbers in any notation of JSON', async () => {
    for (const budget of [1e308, 5e-324, -2.5]) {
      await book.call('contact.create', { name: 'Ann', budget });
      expect((await book.call('contact.paginate', { where: { budget: String(budget) } as never })).total).toBe(1);
    }
  });

  test('assigns a member to live contacts only, and learns which list names another', async () => {
    const member = await book.call('employee.create', { fullName: 'Bo' });
    const { id } = await book.call('contact.create', { name: 'Ann' });
    await book.call('contact.delete', { id });
    const assign = (input: object) => book.call('contact.assign', { member: { id: member.id }, ...input });
    for (const unknown of [other, id]) {
      for (const field of ['addedEntityIds', 'removedEntityIds']) {
        await expect(assign({ [field]: [unknown] })).rejects.toMatchObject({ kind: 'invalid', issues: [{ field }] });
      }
    }
    expect((await book.call('contact.get', { id, withDeleted: true })).rev).toBe(2);
  });
});
