import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortColumns, type ContactRow } from '../../../shared/operations/contacts.ts';
import { openTestBook } from '../support/book.ts';

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
