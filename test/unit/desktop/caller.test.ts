import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callerSql } from '../../../electron/contacts/caller.ts';
import { createReindexer } from '../../../electron/contacts/reindex.ts';
import { endingToken } from '../../../electron/contacts/search-tokens.ts';
import { digitsOf } from '../../../shared/text.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

let book: TestBook;
beforeEach(() => {
  book = openTestBook({ region: 'DE' });
});
afterEach(() => book.close());

/** The names that a number gives. */
async function who(number: string): Promise<string[]> {
  const { items } = await book.call('contact.caller', { number });
  return items.map(({ contact }) => contact.name);
}

const jorg = { name: 'Jörg Müller', primaryPhone: '0171 / 234 56-78' };

test('a caller is known by the whole number in any format, and by its last digits', async () => {
  await book.call('contact.create', jorg);
  await book.call('contact.create', { name: 'Somebody Else', primaryPhone: '+49 171 2345679' });
  for (const number of ['+49 171 2345678', '0049 (171) 2345678', '01712345678', '0171-234 56 78', '171 2345678', '2345678', '45678', '56-78', '٥٦٧٨']) {
    expect(await who(number), number).toEqual(['Jörg Müller']);
  }
  expect(await who('0000')).toEqual([]);
});

test('fewer than four digits are refused with a reason', async () => {
  await expect(who('678')).rejects.toThrow('number must have at least 4 digits');
  await expect(who('Jörg')).rejects.toThrow('number must have at least 4 digits');
});

test('a number in the fax field or brought along by a file is known too, and shown as it is written', async () => {
  await book.call('contact.create', { ...jorg, contact: { fax: '040 123456-99' }, extra: { columns: { 'Phone 2': '(030) 901820' } } });
  expect((await book.call('contact.caller', { number: '12345699' })).items).toMatchObject([{ phone: '040 123456-99' }]);
  expect((await book.call('contact.caller', { number: '+49 30 901820' })).items).toMatchObject([{ phone: '(030) 901820' }]);
});

test('the number that shares more digits comes first, and one kept without its area code is still found', async () => {
  await book.call('contact.create', { name: 'Hamburg', primaryPhone: '+49 40 2345678' });
  await book.call('contact.create', { name: 'Berlin', primaryPhone: '+49 30 2345678' });
  await book.call('contact.create', { name: 'Local', primaryPhone: '2345678' });
  expect((await who('+49 30 2345678'))[0]).toBe('Berlin');
  expect((await who('2345678')).toSorted()).toEqual(['Berlin', 'Hamburg', 'Local']);
  expect(await who('+49 221 2345678')).toContain('Local');
});

test('a deleted contact does not call, and a changed number is known at once', async () => {
  const { id } = await book.call('contact.create', jorg);
  await book.call('contact.update', { id, primaryPhone: '0171 9999999' });
  expect(await who('2345678')).toEqual([]);
  expect(await who('9999999')).toEqual(['Jörg Müller']);
  await book.call('contact.softDelete', { id });
  expect(await who('9999999')).toEqual([]);
});

test('whatever number a contact has, its last four to nine digits find it', async () => {
  const number = fc.tuple(fc.constantFrom('+49 ', '0', '+351 ', '00351 '), fc.stringMatching(/^[1-9]\d{1,2}$/), fc.stringMatching(/^\d{6,7}$/));
  await fc.assert(
    fc.asyncProperty(number, fc.integer({ min: 4, max: 9 }), fc.constantFrom(' ', '-', '.', ''), async ([start, area, rest], length, separator) => {
      const { id } = await book.call('contact.create', { name: 'Who', primaryPhone: `${start}${area} ${rest}` });
      const digits = digitsOf(area + rest).slice(-length).padStart(4, '0');
      const typed = digits.match(/.{1,3}/g)?.join(separator) ?? '';
      const { items } = await book.call('contact.caller', { number: typed });
      expect(items.some(({ contact }) => contact.id === id)).toBe(true);
      await book.call('contact.delete', { id });
    }),
    { numRuns: 60 },
  );
});

test('the answer is read from an index: the same work in a large book as in a small one', async () => {
  await book.call('contact.create', jorg);
  const plan = book.store.db.prepare(`explain query plan ${callerSql}`).all(`"${endingToken('5678')}"*`) as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join('\n')).toMatch(/VIRTUAL TABLE INDEX \d+:M\d+[\s\S]*SEARCH contact USING INTEGER PRIMARY KEY/);
  expect(plan.map(({ detail }) => detail).join('\n')).not.toMatch(/TEMP B-TREE|SCAN contact$/m);
});

test('contacts of a book that an older version made are known after it was opened', async () => {
  const { id } = await book.call('contact.create', jorg);
  const { store, reader, region, slices } = book;
  const no = store.db.prepare('select no from contact where id = ?').pluck().get(id) as number;
  store.db.prepare('insert or replace into contact_search (rowid, tokens) values (?, ?)').run(no, 'jorg =jorg');
  store.db.prepare(`delete from setting where key = 'reindex.version'`).run();
  expect(await who('2345678')).toEqual([]);
  createReindexer({ store, reader, region, turns: slices, log: { error: () => undefined } }).resume();
  await expect.poll(() => who('2345678')).toEqual(['Jörg Müller']);
});

test('a new contact is compared with others by e-mail, phone and name, in whatever way they are written', async () => {
  await book.call('contact.create', { ...jorg, primaryEmail: 'J.Mueller@Nordlicht.example' });
  await book.call('contact.create', { name: 'JÖRG MÜLLER' });
  const { items } = await book.call('contact.similar', { name: ' jorg muller', email: 'j.mueller@nordlicht.example', phone: '+491712345678' });
  expect(items.map(({ contact, by }) => [contact.name, by])).toEqual([
    ['Jörg Müller', ['email', 'phone', 'name']],
    ['JÖRG MÜLLER', ['name']],
  ]);
  expect((await book.call('contact.similar', { name: '', email: '' })).items).toEqual([]);
});
