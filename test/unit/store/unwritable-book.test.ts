import { afterEach, beforeEach, expect, test } from 'vitest';
import { createReindexer, type Reindexer } from '../../../electron/contacts/reindex.ts';
import { createHousekeeping } from '../../../electron/housekeeping.ts';
import { digestOf } from '../../../electron/tokens/secret.ts';
import { createTokenBook } from '../../../electron/tokens/token-book.ts';
import type { Log } from '../../../electron/log.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

let book: TestBook;
let clock: Date;
beforeEach(() => {
  clock = new Date();
  book = openTestBook({ clock: () => clock });
});
afterEach(() => book.close());

/** Everything that writes by itself, and what it says of its troubles. */
function backgroundWriters() {
  const logged: string[] = [];
  const log = { error: (_details: object, message: string) => logged.push(message) } as unknown as Log;
  const tokens = createTokenBook({
    store: book.store, clock: () => clock, report: () => logged.push('the last use of a token could not be written'),
  });
  const reindexer: Reindexer = createReindexer({ ...book, turns: book.slices, log });
  const housekeeping = createHousekeeping({ ...book, clock: () => clock, log, unfinished: [() => reindexer.resume()], firstAfterMs: 0 });
  return { logged, tokens, reindexer, housekeeping };
}

test('a book that cannot be written is read all the same, and what waited is done when it can be', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann' });
  const old = await book.call('contact.create', { name: 'Bea' });
  await book.call('contact.delete', { id: old.id });
  clock = new Date(clock.getTime() + 100 * 86_400_000);
  book.store.db.exec(`delete from setting where key = 'reindex.version'`);
  const { logged, tokens, reindexer, housekeeping } = backgroundWriters();
  const digest = digestOf(tokens.create({ name: 'script', permissions: ['ALL_ORG_VIEW'] }).secret);
  book.store.db.pragma('query_only = ON');

  for (let use = 0; use < 3; use += 1) {
    clock = new Date(clock.getTime() + 60_000);
    expect(tokens.findByDigest(digest)?.name).toBe('script');
    tokens.touch(digest);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => logged.toSorted()).toEqual([
    'housekeeping failed', 'the contacts could not be derived anew; it is tried again later', 'the last use of a token could not be written',
  ]);
  expect(await book.call('contact.get', { id })).toMatchObject({ name: 'Ann' });
  expect((await book.call('contact.search', { q: 'ann' })).total).toBe(1);

  book.store.db.pragma('query_only = OFF');
  await housekeeping.round();
  expect(book.counts.trashed()).toBe(0);
  await expect.poll(() => reindexState()).toEqual([['reindex.version', expect.any(String)]]);
  expect(logged).toHaveLength(3);
  await Promise.all([housekeeping.close(), reindexer.close()]);
});

test('search words that a full disk had no room for are made when there is room', async () => {
  for (let index = 0; index < 120; index += 1) await book.call('contact.create', { name: `Contact ${index}`, notes: `Words of ${index}` });
  book.store.db.exec(`insert into contact_search (contact_search) values ('delete-all')`);
  book.store.db.exec('vacuum');
  book.store.db.pragma(`max_page_count = ${book.store.db.pragma('page_count', { simple: true }) as number}`);
  const { logged, reindexer, housekeeping } = backgroundWriters();
  reindexer.start();
  await expect.poll(() => logged).toEqual(['the contacts could not be derived anew; it is tried again later']);
  expect(await book.call('contact.count', {})).toBe(120);

  book.store.db.pragma('max_page_count = 1000000');
  await housekeeping.round();
  await expect.poll(async () => (await book.call('contact.search', { q: 'contact' })).total).toBe(120);
  expect(logged).toHaveLength(1);
  await Promise.all([housekeeping.close(), reindexer.close()]);
});

test('deriving anew holds nobody up, and puts right whatever follows from a contact', async () => {
  for (let index = 0; index < 80; index += 1) {
    await book.call('contact.create', { name: `Contact ${index}`, notes: 'word '.repeat(500), extra: { uid: `uid-${index}` } });
  }
  book.store.db.exec(`update contact set source_uid = null, sort_name = ''`);
  const { reindexer, housekeeping } = backgroundWriters();
  let asked = 0;
  reindexer.start();
  while (reindexState().some(([key]) => key === 'reindex.after')) {
    asked += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(asked).toBeGreaterThan(3);
  expect(book.store.db.prepare(`select count(*) from contact where source_uid like 'uid-%' and sort_name like 'contact %'`).pluck().get()).toBe(80);
  await Promise.all([housekeeping.close(), reindexer.close()]);
});

function reindexState(): [key: string, value: string][] {
  return book.store.db.prepare(`select key, value from setting where key like 'reindex.%'`).raw().all() as [string, string][];
}
