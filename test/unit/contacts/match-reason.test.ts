import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Input } from '../../../shared/operations/index.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

let book: TestBook;
beforeEach(() => {
  book = openTestBook({ region: 'DE' });
});
afterEach(() => book.close());

const add = (input: Input<'contact.create'>) => book.call('contact.create', input);

async function reason(query: string) {
  const { items } = await book.call('contact.page', { query, limit: 100 });
  return items.map((row) => row.reason && `${row.reason.label ?? row.reason.field}: ${row.reason.snippet}`);
}

test('a row says where the search found it when none of its cells shows that', async () => {
  const tag = await book.call('tag.create', { name: 'Boat fair', color: '#123456' });
  const member = await book.call('employee.create', { fullName: 'Rui Costa' });
  await add({
    name: 'Ann Lee', primaryEmail: 'ann@lee.example', primaryPhone: '+49 171 2345678', tags: [{ id: tag.id }], members: [{ id: member.id }],
    notes: 'Always asks to be answered in writing, best of all by\nreturn of post, never by phone, and not on Fridays after two o’clock or so in the afternoon.',
    contact: { city: 'Umeå', address: '12 Harbour Street', fax: '030 / 765 43 21', firstName: 'Annabel' },
    extra: { columns: { Company: 'Quay 7', Pet: 'Cat Mimi' }, vcard: { version: '4.0', properties: [{ name: 'TEL', params: [], value: '+49 171 2345678' }, { name: 'TEL', params: [['TYPE', ['home']]], value: '+49 89 55501' }] } },
  });
  expect(await reason('return of post')).toEqual([
    'notes: …in writing, best of all by return of post, never by phone, and not on Fridays after two o’clock or so in the a…',
  ]);
  expect(await reason('umea')).toEqual(['city: Umeå']);
  expect(await reason('ann harb')).toEqual(['address: 12 Harbour Street']);
  expect(await reason('annab')).toEqual(['firstName: Annabel']);
  expect(await reason('boat')).toEqual(['tags: Boat fair']);
  expect(await reason('rui')).toEqual(['members: Rui Costa']);
  expect(await reason('mimi')).toEqual(['Pet: Cat Mimi']);
  expect(await reason('0307654')).toEqual(['fax: 030 / 765 43 21']);
  expect(await reason('089 555')).toEqual(['Phone (home): +49 89 55501']);
});

test('a row that shows what was found says nothing more, nor does one of a list without a search', async () => {
  await add({ name: 'Zoë Ångström', primaryEmail: 'z@quay.example', primaryPhone: '+49 171 2345678', notes: 'Zoë', extra: { columns: { Company: 'Pier' } } });
  for (const query of ['zoe', 'ang zo', 'quay', 'pier', '0171 234', '49171']) expect(await reason(query), query).toEqual([undefined]);
  const { items } = await book.call('contact.page', { limit: 10 });
  expect(items[0]).not.toHaveProperty('reason');
});

test('a reason is found in scripts without blanks, and in a note of any length', async () => {
  await add({ name: 'Ann', notes: `${'x '.repeat(3_000)}株式会社山田商店 ${'y '.repeat(50_000)}` });
  expect((await reason('山田'))[0]).toMatch(/^notes: …(x )*株式会社山田商店 (y )+y?…$/);
});
