import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sortColumns, sortedMatches, type ContactRow } from '../../../shared/operations/contacts.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const person = fc.record({
  name: fc.constantFrom('Ann', 'ann', 'Bob', 'Ängström', 'Zoe', '山田'),
  contactType: fc.constantFrom('LEAD' as const, 'CLIENT' as const, 'VENDOR' as const),
  primaryEmail: fc.option(fc.constantFrom('a@x.example', 'B@x.example', 'c@x.example')),
  primaryPhone: fc.option(fc.constantFrom('1', '22', '3')),
  budget: fc.option(fc.constantFrom(1, 2.5, -3)),
  city: fc.option(fc.constantFrom('Ulm', 'Bonn', 'Łódź')),
});

test('every column sorts both ways, empty cells last when ascending; cursors and offsets cut the same list', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(person, { maxLength: 30 }), fc.constantFrom(...sortColumns), fc.boolean(), fc.integer({ min: 1, max: 9 }), async (people, sort, descending, limit) => {
      const book = openTestBook();
      try {
        for (const { city, ...rest } of people) await book.call('contact.create', { ...rest, contact: { city } });
        const all = await book.call('contact.page', { sort, descending, limit: 500 });
        expect(all.total).toBe(people.length);
        expect(all.items).toHaveLength(people.length);

        const walked: ContactRow[] = [];
        let after: string | null = null;
        do {
          const page: { items: ContactRow[]; cursor: string | null } = await book.call('contact.page', { sort, descending, limit, ...(after === null ? {} : { after }) });
          walked.push(...page.items);
          after = page.cursor;
        } while (after !== null);
        expect(walked).toEqual(all.items);

        const offset = Math.floor(people.length / 2);
        const jumped = await book.call('contact.page', { sort, descending, limit, offset });
        expect(jumped.items).toEqual(all.items.slice(offset, offset + limit));

        const nullable = { primaryEmail: 'primaryEmail', primaryPhone: 'primaryPhone', budget: 'budget', place: 'city' } as const;
        const key = nullable[sort as keyof typeof nullable];
        if (key) {
          const blanks = all.items.map((row) => row[key] === null);
          expect(blanks).toEqual([...blanks].sort((a, b) => Number(a) - Number(b)));
        }
      } finally {
        book.close();
      }
    }),
    { numRuns: 40 },
  );
});

test('the list is filtered by types, tags and members together', async () => {
  const book = openTestBook();
  const tag = await book.call('tag.create', { name: 'VIP', color: '#f00' });
  const member = await book.call('employee.create', { fullName: 'Eva' });
  const wanted = await book.call('contact.create', { name: 'A', contactType: 'LEAD', tags: [{ id: tag.id }], members: [{ id: member.id }] });
  await book.call('contact.create', { name: 'B', contactType: 'LEAD', tags: [{ id: tag.id }] });
  await book.call('contact.create', { name: 'C', contactType: 'VENDOR', members: [{ id: member.id }] });
  const page = await book.call('contact.page', { limit: 10, types: ['LEAD', 'CLIENT'], tags: [tag.id], members: [member.id] });
  expect(page).toMatchObject({ total: 1, cursor: null, items: [{ id: wanted.id, tags: [tag.id], members: [member.id] }] });
  book.close();
});

test('a contact stands where the list shows it, in every order and filter, and nowhere in a list without it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 20 }), fc.constantFrom(...sortColumns), fc.boolean(), fc.boolean(), async (people, sort, descending, filtered) => {
      const book = openTestBook();
      try {
        const ids: string[] = [];
        for (const { city, ...rest } of people) ids.push((await book.call('contact.create', { ...rest, contact: { city } })).id);
        const view = { sort, descending, ...(filtered ? { types: ['LEAD' as const] } : {}) };
        const shown = (await book.call('contact.page', { ...view, limit: 500 })).items.map(({ id }) => id);
        for (const id of ids) {
          const index = shown.indexOf(id);
          expect(await book.call('contact.place', { ...view, id })).toEqual({ index: index < 0 ? null : index });
        }
        expect(await book.call('contact.place', { query: 'ann', id: ids[0] ?? '' })).toEqual({ index: null });
      } finally {
        book.close();
      }
    }),
    { numRuns: 40 },
  );
});

describe('what a search found', () => {
  let book: TestBook;
  beforeEach(() => {
    book = openTestBook();
  });
  afterEach(() => book.close());
  const names = ({ items }: { items: ContactRow[] }) => items.map(({ name }) => name);

  test('comes by relevance, or in the order of a column with empty cells last, page by page', async () => {
    for (const [name, city] of [['Ann', 'Ulm'], ['Bo Ann', null], ['Cy', 'Annaberg'], ['Ann Lee', 'Bonn'], ['Di', 'Ulm']] as const) {
      await book.call('contact.create', { name, contact: { city } });
    }
    const search = (input: object) => book.call('contact.page', { query: 'ann', limit: 500, ...input });
    expect(names(await search({}))).toEqual(['Ann', 'Ann Lee', 'Bo Ann', 'Cy']);
    expect(names(await search({ sort: 'place' }))).toEqual(['Cy', 'Ann Lee', 'Ann', 'Bo Ann']);
    expect(names(await search({ sort: 'place', descending: true }))).toEqual(['Ann', 'Ann Lee', 'Cy', 'Bo Ann']);
    const first = await search({ sort: 'place', limit: 3 });
    expect(first.total).toBe(4);
    expect(names(await search({ sort: 'place', limit: 3, after: first.cursor ?? '' }))).toEqual(['Bo Ann']);
    await expect(search({ sort: 'name', after: first.cursor ?? '' })).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('comes by relevance where it is too much to be sorted', async () => {
    book.writer.run({ actor: 'ui', label: 'Added people', state: 'aside' }, (edit) => {
      for (let index = 0; index < sortedMatches; index += 1) edit.create({ scalars: { name: `Bo Ann ${index}` } });
    });
    const sorted = () => book.call('contact.page', { query: 'ann', sort: 'createdAt', descending: true, limit: 1 });
    expect(await sorted()).toMatchObject({ total: sortedMatches });
    await book.call('contact.create', { name: 'Ann' });
    await book.call('contact.create', { name: 'Last Ann' });
    expect(await sorted()).toMatchObject({ total: null, items: [{ name: 'Ann' }] });
  });
});
