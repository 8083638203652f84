import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMatching } from '../../../electron/contacts/matching.ts';
import type { Contact } from '../../../shared/contact.ts';
import type { Download } from '../../../shared/operation.ts';
import type { Where } from '../../../shared/query.ts';
import { fold } from '../../../shared/text.ts';
import type { Slices, Turns } from '../../../electron/store/slices.ts';
import { openTestBook, owner, type TestBook } from '../support/book.ts';

let book: TestBook;
beforeEach(() => {
  book = openTestBook();
});
afterEach(() => book.close());

const syllables = fc.constantFrom('an', 'Än', 'ng', 'str', 'ß', ' ', '%', '_', "O'", '山', '田', '1', '+4', '@', '.');
const someText = fc.array(syllables, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
const name = someText.filter((text) => text.trim() !== '');
const person = fc.record({ name, primaryPhone: fc.option(name), trashed: fc.boolean() });
const filter = fc.oneof(
  fc.record({ name: someText }),
  fc.record({ primaryPhone: someText }),
  fc.record({ name: someText, primaryPhone: someText }),
);
const order = fc.constantFrom(undefined, { name: 'DESC' as const }, { primaryPhone: 'ASC' as const, id: 'DESC' as const });

function addPeople(count: number): void {
  book.writer.run({ actor: 'ui', label: 'Added people', state: 'aside' }, (edit) => {
    for (let index = 0; index < count; index += 1) edit.create({ scalars: { name: `Ann ${index}` } });
  });
}

/** Whether a contact matches, found by looking at it. */
function matches(contact: Contact, { name: inName, primaryPhone: inPhone }: Where): boolean {
  return (
    (inName === undefined || fold(contact.name).includes(fold(inName))) &&
    (inPhone === undefined || (contact.primaryPhone ?? '').toLowerCase().includes(inPhone.toLowerCase()))
  );
}

describe('a list filtered by a part of a text', () => {
  test('holds exactly the contacts with that part anywhere, in the order asked for, whatever the page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 25 }), filter, order, fc.boolean(), fc.integer({ min: 1, max: 7 }), async (people, where, by, withDeleted, take) => {
        const own = openTestBook();
        try {
          for (const { trashed, ...rest } of people) {
            const { id } = await own.call('contact.create', rest);
            if (trashed) await own.call('contact.delete', { id });
          }
          const asked = { withDeleted, ...(by ? { order: by } : {}) };
          const everyone = (await own.call('contact.paginate', { ...asked, take: 100 })).items as Contact[];
          const expected = everyone.filter((contact) => matches(contact, where));

          const walked: unknown[] = [];
          for (let skip = 1; skip === 1 || walked.length < expected.length; skip += 1) {
            const page = await own.call('contact.paginate', { ...asked, where: where as never, take, skip });
            expect(page.total).toBe(expected.length);
            expect(page.items.length > 0 || expected.length === 0).toBe(true);
            walked.push(...page.items);
          }
          expect(walked).toEqual(expected);

          const live = expected.filter(({ deletedAt }) => deletedAt === null);
          expect(await own.call('contact.count', where as never)).toBe(live.length);
          const { chunks } = (await own.dispatch('contact.find', { data: { findInput: where } }, owner)) as Download;
          const found = JSON.parse([...(chunks as Iterable<string>)].join('')) as { items: Contact[]; total: number };
          expect(found.total).toBe(live.length);
          expect(found.items.map(({ id }) => id).sort()).toEqual(live.map(({ id }) => id).sort());
        } finally {
          own.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  test('finds letters beyond ASCII in any case, blanks around a text, and what is far behind in a long one', async () => {
    const long = `${'x'.repeat(1_200)} Ünder`;
    await book.call('contact.create', { name: 'Ümit', primaryEmail: 'ÜMIT@Example.com', primaryPhone: 'TÉL 123' });
    await book.call('contact.create', { name: `  ${long}  ` });
    const found = async (where: Where) => (await book.call('contact.paginate', { where: where as never })).total;
    for (const primaryEmail of ['ümit', 'ÜMIT@Example.com', 'Ümit@eX', 'example.COM']) expect(await found({ primaryEmail }), primaryEmail).toBe(1);
    for (const primaryPhone of ['tél', 'TÉL 123', 'l 12']) expect(await found({ primaryPhone }), primaryPhone).toBe(1);
    for (const name of ['  xx', 'under', 'ÜNDER  ', long]) expect(await found({ name }), name.slice(-9)).toBe(1);
  });

  test('is one whose text is equal, not contained, when the filters come as a list of groups, also of one', async () => {
    for (const name of ['Ann', 'Anna']) await book.call('contact.create', { name });
    const total = async (where: unknown) => (await book.call('contact.paginate', { where: where as never })).total;
    expect(await total({ name: 'Ann' })).toBe(2);
    expect(await total({ 0: { name: 'Ann' } })).toBe(1);
    expect(await total({ 0: { name: 'Ann' }, 1: { name: 'Anna' } })).toBe(2);
    expect(await total({ 0: { contactType: 'CLIENT' } })).toBe(2);
  });

  test('is the list of now, not the one that was asked for before a change', async () => {
    const { id } = await book.call('contact.create', { name: 'Ann Lee' });
    const named = (text: string) => book.call('contact.paginate', { where: { name: text } as never });
    expect((await named('nn l')).total).toBe(1);
    await book.call('contact.update', { id, name: 'Bo' });
    expect((await named('nn l')).total).toBe(0);
    expect((await named('bo')).total).toBe(1);
  });

  test('is in the order asked for however many match', async () => {
    addPeople(1_200);
    const last = await book.call('contact.paginate', { where: { name: 'nn' } as never, order: { name: 'DESC' }, take: 2, skip: 2 });
    expect(last).toMatchObject({ total: 1_200, items: [{ name: 'Ann 997' }, { name: 'Ann 996' }] });
  });

  test('lets others be answered in between, and neither misses nor doubles a contact that changes meanwhile', async () => {
    addPeople(1_200);
    const everyone = (await book.call('contact.page', { limit: 500 })).items;
    let parts = 0;
    const slices: Slices & Turns = {
      turn: () => book.slices.turn(),
      async each(items, work) {
        for (const item of items) {
          work(function* one() {
            yield item;
          });
          parts += 1;
          const { id } = everyone[parts] ?? {};
          if (id !== undefined) await book.call('contact.update', { id, name: `Zann ${parts}` });
        }
      },
    };
    const nos = await createMatching({ ...book, slices })({ sql: 'instr(sort_name, ?) > 0', values: ['nn'] }, 'live');
    expect(parts).toBeGreaterThan(1);
    expect(nos).toEqual(Array.from({ length: 1_200 }, (_, index) => index + 1));
  });
});

describe('selected columns', () => {
  test('are all that a row has, with its image and the relations asked for', async () => {
    const { id, updatedAt } = await book.call('contact.create', { name: 'Ann' });
    const select = { id: true, updatedAt: true, name: false };
    const page = (input: object) => book.call('contact.paginate', { select, ...input });
    expect(await page({})).toEqual({ items: [{ id, updatedAt, image: null }], total: 1 });
    expect(await page({ relations: ['tags'] })).toEqual({ items: [{ id, updatedAt, image: null, tags: [] }], total: 1 });
    expect(await page({ order: { updatedAt: 'DESC', id: 'ASC' } })).toMatchObject({ total: 1 });
  });

  test('must be known, and must include those that the rows are ordered by', async () => {
    const page = (input: object) => book.call('contact.paginate', input as never);
    await expect(page({ select: { shoeSize: true } })).rejects.toMatchObject({ kind: 'invalid', issues: [{ field: 'select.shoeSize' }] });
    for (const select of [{ id: true }, { id: true, name: false }]) {
      await expect(page({ select, order: { name: 'ASC' } })).rejects.toMatchObject({
        kind: 'invalid',
        issues: [{ field: 'order.name', message: 'order.name is not among the selected columns' }],
      });
    }
  });
});
