import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBook, type TestBook } from '../support/book.ts';

let book: TestBook;
beforeEach(() => {
  book = openTestBook();
});
afterEach(() => book.close());

/** SQLite refuses to grow the file, with the same error as when the disk is full. */
function fillDisk(): void {
  book.store.db.exec('vacuum');
  const pages = book.store.db.pragma('page_count', { simple: true }) as number;
  book.store.db.pragma(`max_page_count = ${pages}`);
}

const emptyDisk = (): void => void book.store.db.pragma('max_page_count = 1000000');

test('a change that the disk has no room for is refused as a whole, and works again when there is room', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann' });
  fillDisk();
  const change = { id, name: 'Bea', notes: 'long '.repeat(20_000) };
  await expect(book.call('contact.update', change)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  await expect(book.call('contact.create', { name: 'Carl', notes: 'long '.repeat(20_000) })).rejects.toMatchObject({ code: 'SQLITE_FULL' });

  expect(await book.call('contact.get', { id })).toMatchObject({ name: 'Ann', rev: 1, notes: null });
  expect((await book.call('contact.history', { id })).total).toBe(1);
  expect((await book.call('contact.search', { q: 'bea' })).items).toEqual([]);
  expect(book.counts.live()).toBe(1);

  emptyDisk();
  expect(await book.call('contact.update', change)).toMatchObject({ name: 'Bea', rev: 2 });
  expect((await book.call('contact.search', { q: 'bea' })).items).toMatchObject([{ id }]);
  expect(book.store.db.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('many changes at once on a disk that fills up: each is there wholly or not at all', async () => {
  fillDisk();
  book.store.db.pragma(`max_page_count = ${(book.store.db.pragma('page_count', { simple: true }) as number) + 40}`);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, (_, index) => book.call('contact.create', { name: `Contact ${index}`, notes: 'long '.repeat(500) })),
  );
  const created = outcomes.filter(({ status }) => status === 'fulfilled').length;
  expect(created).toBeGreaterThan(0);
  expect(created).toBeLessThan(60);
  expect(book.counts.live()).toBe(created);
  expect(book.store.db.prepare('select count(*) from contact').pluck().get()).toBe(created);
  expect(book.store.db.prepare('select count(*) from contact_search').pluck().get()).toBe(created);
  expect(book.store.db.pragma('integrity_check', { simple: true })).toBe('ok');
});
