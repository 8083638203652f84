import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '../../../shared/operations/index.ts';
import { fullPage } from '../../../electron/contacts/search.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

let book: TestBook;
beforeEach(() => {
  book = openTestBook({ region: 'DE' });
});
afterEach(() => book.close());

async function names(q: string, filters: Partial<Input<'contact.search'>> = {}): Promise<string[]> {
  const { items } = await book.call('contact.search', { q, limit: 100, ...filters });
  return items.map(({ name }) => name);
}

const add = (input: Input<'contact.create'>) => book.call('contact.create', input);

describe('search finds a contact', () => {
  test('by the beginning of any word, in any case, with or without diacritics', async () => {
    await add({ name: 'Zoë Ångström', notes: 'wohnt in der Hauptstraße', contact: { city: 'Łódź' } });
    await add({ name: 'Nguyễn Văn An' });
    for (const q of ['zoe', 'ZOË', 'ang', 'ångs', 'angstrom zoe', 'strom'.slice(0, 0) + 'haupt', 'hauptstrasse', 'lodz']) {
      expect(await names(q), q).toEqual(['Zoë Ångström']);
    }
    expect(await names('nguyen van')).toEqual(['Nguyễn Văn An']);
    expect(await names('gstrom')).toEqual([]);
  });

  test('in scripts without blanks by any part', async () => {
    await add({ name: '株式会社山田商店' });
    await add({ name: 'บริษัทไทย' });
    await add({ name: '김철수' });
    expect(await names('山田')).toEqual(['株式会社山田商店']);
    expect(await names('田商店')).toEqual(['株式会社山田商店']);
    expect(await names('店')).toEqual(['株式会社山田商店']);
    expect(await names('ไทย')).toEqual(['บริษัทไทย']);
    expect(await names('김철')).toEqual(['김철수']);
  });

  test('by its phone as people begin to type it, in any format', async () => {
    await add({ name: 'Ann', primaryPhone: '+49 (171) 234-5678' });
    await add({ name: 'Bob', primaryPhone: '030 / 765 43 21' });
    for (const q of ['0171 234', '+49171', '0049 171 2345', '1712345678', '(0171) 2345678', '171 234', '49 171 234 56']) {
      expect(await names(q), q).toEqual(['Ann']);
    }
    for (const q of ['030 765', '+49 30 76', '0307654321', '30/765']) expect(await names(q), q).toEqual(['Bob']);
    expect(await names('ann 0171-234')).toEqual(['Ann']);
    expect(await names('bob 0171-234')).toEqual([]);
  });

  test('by e-mail, tag, member, project, and what an import kept besides', async () => {
    const tag = await book.call('tag.create', { name: 'Großkunde', color: '#f00' });
    const member = await book.call('employee.create', { fullName: 'Eva Klein' });
    const project = await book.call('project.create', { name: 'Apollo' });
    await add({
      name: 'Ann', primaryEmail: 'ann.lee@acme.example', tags: [{ id: tag.id }], members: [{ id: member.id }],
      projects: [{ id: project.id }], extra: { columns: { Spouse: 'Béatrice' } },
    });
    await add({ name: 'Bob' });
    for (const q of ['ann.lee@acme', 'acme', 'grosskunde', 'eva', 'klein ann', 'apollo', 'beatrice']) {
      expect(await names(q), q).toEqual(['Ann']);
    }
    await book.call('tag.update', { id: tag.id, name: 'Stammkunde' });
    expect(await names('stammkunde')).toEqual(['Ann']);
    expect(await names('grosskunde')).toEqual([]);
  });

  test('and ranks names that begin with the text, then names, then the rest', async () => {
    await add({ name: 'Zed', notes: 'met Ann' });
    await add({ name: 'Lee Ann' });
    await add({ name: 'Ann Lee' });
    await add({ name: 'Anna Berg' });
    expect(await names('ann')).toEqual(['Ann Lee', 'Anna Berg', 'Lee Ann', 'Zed']);
  });

  test('only of the type, tag or member that is asked for', async () => {
    const tag = await book.call('tag.create', { name: 'VIP', color: '#f00' });
    await add({ name: 'Ann One', contactType: 'LEAD', tags: [{ id: tag.id }] });
    await add({ name: 'Ann Two', contactType: 'VENDOR' });
    expect(await names('ann', { contactType: 'LEAD' })).toEqual(['Ann One']);
    expect(await names('ann', { tag: tag.id })).toEqual(['Ann One']);
    expect(await names('', { contactType: 'VENDOR' })).toEqual(['Ann Two']);
    expect(await names('ann', { member: '00000000-0000-4000-8000-000000000000' })).toEqual([]);
  });
});

test('no text at all makes a search fail, and none changes anything', async () => {
  await add({ name: "O'Neil-C++ “Ann” (foo:bar)" });
  const head = book.journal.head();
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('"', "'", '*', '(', ')', '-', '^', ':', '+', '{', '}', 'AND', 'OR', 'NOT', 'NEAR', ' ', '\0', '\\', ';', '=', '#', '%', '@', '~', '1', 'a'), maxLength: 30 }),
  );
  await fc.assert(
    fc.asyncProperty(hostile, async (q) => {
      await book.call('contact.search', { q });
      await book.call('contact.page', { query: q, limit: 10 });
    }),
    { numRuns: 400 },
  );
  await book.call('contact.search', { q: '('.repeat(1000) });
  expect(book.journal.head()).toBe(head);
});

test('pages of a search put together are the whole answer, nothing twice', async () => {
  const words = ['ann', 'anna', 'lee', 'berg', 'max'];
  const person = fc.record({ name: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }), notes: fc.array(fc.constantFrom(...words), { maxLength: 2 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(person, { maxLength: 40 }), fc.array(fc.constantFrom('a', 'an', 'ann', 'l', 'm', 'anna'), { minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 7 }), async (people, terms, limit) => {
      const mine = openTestBook();
      try {
        const expected: string[] = [];
        for (const { name, notes } of people) {
          const { id } = await mine.call('contact.create', { name: name.join(' '), notes: notes.join(' ') });
          if (terms.every((term) => [...name, ...notes].some((word) => word.startsWith(term)))) expected.push(id);
        }
        const found: string[] = [];
        let cursor: string | null = null;
        do {
          const page: { items: { id: string }[]; nextCursor: string | null } = await mine.call('contact.search', { q: terms.join(' '), limit, ...(cursor === null ? {} : { cursor }) });
          found.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        } while (cursor !== null);
        expect([...found].sort()).toEqual(expected.sort());
      } finally {
        mine.close();
      }
    }),
    { numRuns: 25 },
  );
});

test('a cursor of another query, or of none, is refused', async () => {
  for (const name of ['Ann One', 'Ann Two', 'Ann Three']) await add({ name });
  const { nextCursor } = await book.call('contact.search', { q: 'ann', limit: 1 });
  await expect(book.call('contact.search', { q: 'bob', limit: 1, cursor: nextCursor ?? '' })).rejects.toMatchObject({ kind: 'invalid', issues: [{ field: 'cursor' }] });
  await expect(book.call('contact.search', { q: 'ann', cursor: 'nonsense' })).rejects.toMatchObject({ kind: 'invalid' });
});

test('names that begin with the text come first, by name; then names with such words, then whoever has them anywhere', async () => {
  const words = ['ann', 'anna', 'lee', 'max'];
  const some = (most: number) => fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: most });
  const person = fc.record({ name: some(2), notes: some(1) });
  await fc.assert(
    fc.asyncProperty(fc.array(person, { maxLength: 30 }), fc.constantFrom('a', 'ann', 'anna', 'l', 'ann l', 'lee a'), async (people, text) => {
      const mine = openTestBook();
      try {
        const made = people.map(({ name, notes }) => ({ name: name.join(' '), words: [...name, ...notes] }));
        for (const { name, words: all } of made) await mine.call('contact.create', { name, notes: all.join(' ') });
        const has = (all: string[]) => text.split(' ').every((term) => all.some((word) => word.startsWith(term)));
        const tierOf = ({ name, words: all }: (typeof made)[number]) => (name.startsWith(text) ? 0 : has(name.split(' ')) ? 1 : has(all) ? 2 : null);
        const inTier = (tier: number) => made.filter((one) => tierOf(one) === tier).map(({ name }) => name);
        const { items } = await mine.call('contact.search', { q: text, limit: 100 });
        expect(items.map(({ name }) => name)).toEqual([...inTier(0).sort(), ...inTier(1), ...inTier(2)]);
      } finally {
        mine.close();
      }
    }),
    { numRuns: 25 },
  );
});

test('what an earlier part of the results has shown is passed over in pieces, and what is behind it is found all the same', async () => {
  book.writer.run({ actor: 'ui', label: 'Added people', state: 'aside' }, (edit) => {
    for (let number = 0; number < 2_500; number += 1) edit.create({ scalars: { name: `Anton ${number}` } });
    edit.create({ scalars: { name: 'Bo Antonsen' } });
  });
  const first = book.search.page({ text: 'anton' }, { tier: 1, key: '', no: 0 }, 10);
  expect(first.nos).toEqual([]);
  expect(first.next?.no).toBeLessThan(2_000);
  expect(await fullPage(book.search, book.slices, { text: 'anton' }, first.next, 10)).toMatchObject({ nos: [2_501], next: null });
});

test('names that begin with a symbol are found by it, also among those of a type', async () => {
  await add({ name: '😀😀 Smile Inc', contactType: 'CLIENT' });
  await add({ name: '😀😀 Laugh Ltd', contactType: 'LEAD' });
  await add({ name: '₿ Exchange' });
  await add({ name: 'Ann', notes: '😀😀' });
  const found = async (query: object) => (await book.call('contact.search', query)).items.map(({ name }) => name);
  expect(await found({ q: '😀😀' })).toEqual(['😀😀 Laugh Ltd', '😀😀 Smile Inc']);
  expect(await found({ q: '😀', contactType: 'LEAD' })).toEqual(['😀😀 Laugh Ltd']);
  expect(await found({ q: '₿' })).toEqual(['₿ Exchange']);
  expect(await found({ q: '€' })).toEqual([]);
  expect(await book.call('contact.page', { query: '😀', limit: 10 })).toMatchObject({ total: 2, items: [{ name: '😀😀 Laugh Ltd' }, {}] });
  expect(await book.call('contact.page', { query: '😀', limit: 10, sort: 'createdAt' })).toMatchObject({ total: 2, items: [{ name: '😀😀 Smile Inc' }, {}] });
});
