import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createListPlace } from '../../../electron/contacts/list-place.ts';
import { createMatching } from '../../../electron/contacts/matching.ts';
import { createContactPage } from '../../../electron/contacts/page.ts';
import { queryHandlers } from '../../../electron/contacts/query-handlers.ts';
import { createTotals } from '../../../electron/contacts/totals.ts';
import type { Store } from '../../../electron/store/open.ts';
import type { Contact } from '../../../shared/contact.ts';
import type { Download } from '../../../shared/operation.ts';
import { sortColumns } from '../../../shared/operations/contacts.ts';
import { filterColumns, type Order } from '../../../shared/query.ts';
import { fold } from '../../../shared/text.ts';
import { openTestBook, owner, type TestBook } from '../support/book.ts';

const orderColumns = [...Object.keys(filterColumns), 'deletedAt'] as (keyof Order)[];
const directions = ['ASC', 'DESC'] as const;

/** What a column is sorted by. */
function keyOf(contact: Contact, column: keyof Order): string | number | null {
  if (column === 'name') return fold(contact.name);
  if (column === 'primaryEmail') return contact.primaryEmail?.toLowerCase() ?? null;
  const value = contact[column];
  return typeof value === 'boolean' ? Number(value) : value;
}

function inOrder(contacts: readonly Contact[], column: keyof Order, direction: 'ASC' | 'DESC'): (string | number | null)[] {
  const keys = contacts.map((contact) => keyOf(contact, column));
  const compare = (a: string | number | null, b: string | number | null) => (a === b ? 0 : a === null ? -1 : b === null ? 1 : a < b ? -1 : 1);
  return keys.sort((a, b) => (direction === 'DESC' ? -compare(a, b) : compare(a, b)));
}

describe('pages of a list in any order', () => {
  const person = fc.record({
    name: fc.constantFrom('Ann', 'ann', 'Änne', 'Bo', 'Öz', 'Zoë'),
    primaryEmail: fc.option(fc.constantFrom('a@x.example', 'B@x.example', 'c@x.example')),
    primaryPhone: fc.option(fc.constantFrom('1', '22', '+3')),
    budget: fc.option(fc.constantFrom(0, 1.5, 20)),
    contactType: fc.constantFrom('CLIENT' as const, 'LEAD' as const),
    notes: fc.option(fc.constantFrom('x', 'y')),
    isArchived: fc.boolean(),
    trashed: fc.boolean(),
  });

  test('by a time and then others, with the trash in between, are in that order also where times are the same', async () => {
    let at = Date.parse('2026-11-01T00:00:00Z');
    const book = openTestBook({ clock: () => new Date(at) });
    const expected: Contact[] = [];
    for (let number = 0; number < 90; number += 1) {
      // One time for most of them, so that one piece does not hold them all.
      if (number % 30 > 20) at += 1000;
      const { id } = await book.call('contact.create', { name: `Ann ${number % 7}` });
      if (number % 5 === 0) await book.call('contact.delete', { id });
      expected.push((await book.call('contact.get', { id, withDeleted: true })) as Contact);
    }
    const byId = (a: Contact, b: Contact) => (a.id < b.id ? -1 : 1);
    for (const withDeleted of [true, false]) {
      const wanted = expected.filter(({ deletedAt }) => withDeleted || deletedAt === null);
      for (const [order, compare] of [
        [{ createdAt: 'ASC', id: 'ASC' }, (a: Contact, b: Contact) => Number(a.createdAt > b.createdAt) - Number(a.createdAt < b.createdAt) || byId(a, b)],
        [{ updatedAt: 'DESC', id: 'ASC' }, (a: Contact, b: Contact) => Number(a.updatedAt < b.updatedAt) - Number(a.updatedAt > b.updatedAt) || byId(a, b)],
        [{ name: 'DESC', id: 'DESC' }, (a: Contact, b: Contact) => Number(a.name < b.name) - Number(a.name > b.name) || byId(b, a)],
      ] as const) {
        const walked: string[] = [];
        for (let skip = 1; walked.length < wanted.length; skip += 1) {
          const { items, total } = await book.call('contact.paginate', { order, withDeleted, take: 7, skip });
          expect(total).toBe(wanted.length);
          expect(items.length).toBeGreaterThan(0);
          walked.push(...items.map(({ id }) => id ?? ''));
        }
        expect(walked).toEqual(wanted.toSorted(compare).map(({ id }) => id));
      }
    }
    book.close();
  });

  test('put together are everybody once, from the first to the last by that column', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 15 }), fc.boolean(), fc.integer({ min: 1, max: 4 }), async (people, withDeleted, take) => {
        const book = openTestBook();
        try {
          const made: string[] = [];
          for (const { trashed, ...rest } of people) {
            const { id } = await book.call('contact.create', rest);
            if (trashed) await book.call('contact.delete', { id });
            if (!trashed || withDeleted) made.push(id);
          }
          for (const column of orderColumns) {
            for (const direction of directions) {
              const walked: Contact[] = [];
              for (let skip = 1; skip === 1 || walked.length < made.length; skip += 1) {
                const page = await book.call('contact.paginate', { order: { [column]: direction }, withDeleted, take, skip });
                expect(page.total).toBe(made.length);
                expect(page.items.length > 0 || made.length === 0).toBe(true);
                walked.push(...(page.items as Contact[]));
              }
              expect(walked.map(({ id }) => id).sort(), column).toEqual([...made].sort());
              expect(walked.map((contact) => keyOf(contact, column)), column).toEqual(inOrder(walked, column, direction));
            }
          }
        } finally {
          book.close();
        }
      }),
      { numRuns: 8 },
    );
  });
});

/*
 * What holds the main thread in a large book is a statement that sorts or looks at all of it. So every statement that a read
 * makes is looked at: none sorts anything but a given number of contacts, and none answers with more than a slice is long.
 */
describe('in a book of many, no read does at a stretch what grows with the book', () => {
  const many = 12_000;
  const mostRows = 1_000;
  let book: TestBook;
  let seen: { sql: string; rows: number }[] = [];
  let watched: Store;

  beforeAll(async () => {
    book = openTestBook();
    const tag = await book.call('tag.create', { name: 'VIP', color: '#f00' });
    const member = await book.call('employee.create', { fullName: 'Eva Klein' });
    book.writer.run({ actor: 'ui', label: 'Added people', state: 'aside' }, (edit) => {
      for (let number = 0; number < many; number += 1) {
        edit.create({
          scalars: { name: `Ann ${number}`, contactType: number % 2 === 0 ? 'CLIENT' : 'LEAD', ...(number % 3 === 0 ? { primaryEmail: `a${number}@x.example`, primaryPhone: `${number}`, budget: number } : {}) },
          address: number % 3 === 0 ? { city: `City ${number}` } : {},
          sets: { tags: number % 4 === 0 ? [tag.id] : [], members: number % 2 === 0 ? [member.id] : [] },
        });
      }
    });
    const look = (sql: string, answer: unknown) => {
      seen.push({ sql, rows: Array.isArray(answer) ? answer.length : 1 });
      return answer;
    };
    const watch = (sql: string, statement: ReturnType<Store['statement']>): ReturnType<Store['statement']> =>
      new Proxy(statement, {
        get(target, method) {
          const value = Reflect.get(target, method, target) as unknown;
          if (typeof value !== 'function') return value;
          return (...values: unknown[]) => {
            const answer: unknown = Reflect.apply(value, target, values);
            return answer === target ? watch(sql, statement) : look(sql, answer);
          };
        },
      });
    watched = { ...book.store, statement: (sql) => watch(sql, book.store.statement(sql)) };
  });
  afterAll(() => book.close());

  function expectBounded(): void {
    expect(seen.length).toBeGreaterThan(0);
    for (const { sql, rows } of seen) {
      expect(rows, sql).toBeLessThanOrEqual(mostRows);
      const count = (sql.match(/\?/g) ?? []).length;
      const plan = book.store.db.prepare(`explain query plan ${sql}`).all(...Array.from({ length: count }, () => '1')) as { detail: string }[];
      const sorts = plan.some(({ detail }) => detail.includes('TEMP B-TREE')) && !sql.includes('json_each');
      expect(sorts, sql).toBe(false);
    }
    seen = [];
  }

  const deps = () => {
    const own = { ...book, store: watched };
    return { ...own, totals: createTotals(watched, book.counts), matching: createMatching(own) };
  };
  const queries = () => queryHandlers(deps());
  const context = { caller: owner, file: undefined };

  test.each(orderColumns.flatMap((column) => directions.map((direction) => [column, direction] as const)))('pages by %s %s', async (column, direction) => {
    const { 'contact.paginate': paginate } = queries();
    for (const input of [{ take: 10, skip: 1 }, { take: 10, skip: many / 10 }, { withDeleted: true, take: 10, skip: many / 20 }, { take: 10, where: { contactType: 'CLIENT' as const } }]) {
      expect((await paginate({ ...input, where: 'where' in input && input.where ? [input.where] : undefined, order: { [column]: direction } }, context)).items).toHaveLength(10);
    }
    expectBounded();
  });

  test('pages as sync asks for them: by a time and the id, with the trash, and one contact by its id', async () => {
    const { 'contact.paginate': paginate } = queries();
    const { items } = await paginate({ order: { updatedAt: 'DESC', id: 'ASC' }, withDeleted: true, take: 100, skip: 1 }, context);
    const [one] = items;
    expect(await paginate({ where: [{ id: one?.id ?? '' }], order: { createdAt: 'ASC', id: 'ASC' }, withDeleted: true, take: 1, skip: 1 }, context)).toMatchObject({ total: 1 });
    expect(seen.length).toBeLessThan(10);
    expect(seen.reduce((all, { rows }) => all + rows, 0)).toBeLessThan(many / 10);
    expectBounded();
  });

  test('pages in the order of the book, filtered ones, their number, and the contacts of an employee', async () => {
    const { 'contact.paginate': paginate, 'contact.count': count, 'contact.ofEmployee': ofEmployee } = queries();
    const [member] = book.lists.members.all().filter(({ fullName }) => fullName === 'Eva Klein');
    await paginate({ take: 10, skip: many / 10 }, context);
    await paginate({ where: [{ name: 'nn 9' }], order: { primaryEmail: 'DESC' } }, context);
    await count({ members: [member?.id ?? ''] }, context);
    const { chunks } = (await ofEmployee({ employeeId: member?.id ?? '' }, context)) as Download;
    const parts = [...(chunks as Iterable<string>)];
    expect(JSON.parse(parts.join(''))).toHaveLength(many / 2);
    for (const part of parts) expect(part.length).toBeLessThan(100_000);
    expectBounded();
  });

  test.each(sortColumns)('the window’s list by %s: from its beginning, after a contact, and filtered by a tag', async (sort) => {
    const page = createContactPage(deps());
    const place = createListPlace(deps());
    const [tag] = book.lists.tags.all();
    for (const descending of [false, true]) {
      const middle = await page({ sort, descending, limit: 100, offset: many / 2 });
      expect((await page({ sort, descending, limit: 100, after: middle.cursor ?? '' })).items).toHaveLength(100);
      const tagged = await page({ sort, descending, limit: 100, tags: [tag?.id ?? ''] });
      expect(tagged).toMatchObject({ total: many / 4 });
      const next = await page({ sort, descending, limit: 100, tags: [tag?.id ?? ''], after: tagged.cursor ?? '' });
      const [first] = next.items;
      expect(await place({ sort, descending, id: first?.id ?? '', tags: [tag?.id ?? ''] })).toEqual({ index: 100 });
    }
    expectBounded();
  });

  test.each(sortColumns)('a contact is found in the index of %s, not by walking to it', (sort) => {
    const page = createContactPage(deps());
    for (const descending of [false, true]) void page({ sort, descending, limit: 10, after: (page({ sort, descending, limit: 10 }) as { cursor: string }).cursor });
    const afterContacts = seen.filter(({ sql }) => /no\) [<>] \(/.test(sql));
    expect(afterContacts).toHaveLength(2);
    for (const { sql } of afterContacts) {
      const count = (sql.match(/\?/g) ?? []).length;
      const plan = book.store.db.prepare(`explain query plan ${sql}`).all(...Array.from({ length: count }, () => '1')) as { detail: string }[];
      expect(plan.map(({ detail }) => detail).join(), sql).not.toContain('SCAN');
    }
    seen = [];
  });
});
