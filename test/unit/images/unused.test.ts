import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHousekeeping } from '../../../electron/housekeeping.ts';
import { candidatesSql, removeUnusedImages } from '../../../electron/images/unused.ts';
import type { Log } from '../../../electron/log.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const day = 86_400_000;
let book: TestBook;
let clock: Date;
beforeEach(() => {
  clock = new Date();
  book = openTestBook({ clock: () => clock });
});
afterEach(() => book.close());

const picture = (text: string) => ({ mediaType: 'image/png' as const, base64: Buffer.from(text).toString('base64') });
const shown = async (id: string) => Buffer.from((await book.call('image.get', { id }))?.base64 ?? '', 'base64').toString();

async function houseKept(): Promise<void> {
  const log = { error: (details: object) => expect.unreachable(JSON.stringify(details)) } as unknown as Log;
  const housekeeping = createHousekeeping({ ...book, clock: () => clock, log, unfinished: [] });
  await housekeeping.round();
  await housekeeping.close();
}

test('a picture that was replaced comes back with undo, however long ago it was stored, and goes again with redo', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann' });
  await book.call('image.set', { id, image: picture('first') });
  clock = new Date(clock.getTime() + 120 * day);
  await book.call('image.set', { id, image: picture('second') });
  await houseKept();
  await book.call('undo.undo', {});
  expect(await shown(id)).toBe('first');
  clock = new Date(clock.getTime() + 120 * day);
  await houseKept();
  await book.call('undo.redo', {});
  expect(await shown(id)).toBe('second');
});

test('a contact that is taken from the trash has its picture', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann' });
  await book.call('image.set', { id, image: picture('hers') });
  clock = new Date(clock.getTime() + 120 * day);
  await book.call('contact.delete', { id });
  await houseKept();
  await book.call('undo.undo', {});
  expect(await shown(id)).toBe('hers');
});

test('a picture that nobody can see again goes: of an erased contact, or sent and never used', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann' });
  await book.call('image.set', { id, image: picture('first') });
  await book.call('image.set', { id, image: picture('second') });
  book.images.add('image/png', Buffer.from('never used'));
  await book.call('contact.delete', { id });
  await book.call('contact.purge', { ids: [id] });
  const left = () => book.store.db.prepare('select count(*) from image').pluck().get();
  await houseKept();
  expect(left(), 'younger than 90 days').toBe(3);
  clock = new Date(clock.getTime() + 91 * day);
  await houseKept();
  expect(left()).toBe(0);
});

test('in a book with many pictures every one is looked at, in slices, and none in use is lost', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann' });
  const used = (await book.call('image.set', { id, image: picture('hers') })).imageId;
  book.store.transaction(() => {
    for (let index = 0; index < 120; index += 1) book.images.add('image/png', Buffer.from(`unused ${index}`));
  });
  let turns = 0;
  const oneEach = { turn: async () => (turns += 1, () => false) };
  const before = new Date(clock.getTime() + day).toISOString();
  expect(await removeUnusedImages({ store: book.store, turns: oneEach }, before, () => false)).toBe(120);
  expect(turns).toBeGreaterThan(120);
  expect(book.store.db.prepare('select id from image').pluck().all()).toEqual([used]);
});

test('what is in use is found by indexes alone: the same work for each picture in a large book as in a small one', () => {
  const plan = book.store.db.prepare(`explain query plan ${candidatesSql}`).all({ before: 'b', createdAt: '', id: '' }) as { detail: string }[];
  const text = plan.map(({ detail }) => detail).join('\n');
  expect(text).toMatch(/SEARCH i USING COVERING INDEX image_by_time/);
  expect(text).toMatch(/SEARCH c USING COVERING INDEX contact_by_image/);
  expect(text).toMatch(/SEARCH j USING (COVERING )?INDEX journal_of_image/);
  expect(text).not.toMatch(/SCAN [icj]\b|TEMP B-TREE/);
});
