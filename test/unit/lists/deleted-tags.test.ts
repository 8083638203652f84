import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../../shared/permissions.ts';
import { createContactWriter } from '../../../electron/contacts/writer.ts';
import { createDeletedTags } from '../../../electron/lists/deleted-tags.ts';
import type { Store } from '../../../electron/store/open.ts';
import { createSlices } from '../../../electron/store/slices.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const program: Caller = { kind: 'token', actor: 'crm-bridge', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'] };
let book: TestBook;
let time = 0;
beforeEach(() => {
  // Three contacts a slice: what is longer is done in several.
  book = openTestBook({ slices: createSlices(() => (time += 1), 3) });
});
afterEach(() => book.close());

const makeTag = (name = 'VIP') => book.call('tag.create', { name, color: '#f00', icon: 'star', description: 'dear to us' });
async function make(names: string[], tags: { id: string }[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push((await book.call('contact.create', { name, tags: tags.map(({ id }) => ({ id })) })).id);
  return ids;
}
const tagsOf = async (id: string) => (await book.call('contact.get', { id, withDeleted: true, data: { relations: ['tags'] } })).tags?.map(({ name }) => name);
const allTags = () => book.lists.tags.all().map(({ name }) => name);
const people = Array.from({ length: 20 }, (_, number) => `Person ${number}`);

test('deleting a tag is a change of each contact that has it: in its revision, its history and the feed', async () => {
  const vip = await makeTag();
  const [first = '', second = ''] = await make(['Ann', 'Ben'], [vip]);
  const [other = ''] = await make(['Cid'], []);
  const since = book.journal.head();
  expect(await book.call('tag.delete', { id: vip.id })).toEqual({ raw: [], affected: 1 });

  expect(await book.call('contact.get', { id: first })).toMatchObject({ rev: 2 });
  expect(await book.call('contact.get', { id: other })).toMatchObject({ rev: 1 });
  expect((await book.call('contact.history', { id: first })).items[0]).toMatchObject({ field: 'tags', old: [vip.id], new: [] });
  expect((await book.call('change.list', { since })).items.map(({ contactId, kind }) => [contactId, kind])).toEqual([[first, 'updated'], [second, 'updated']]);
  expect((await book.call('contact.search', { q: 'vip' })).items).toEqual([]);
  expect(allTags()).toEqual([]);
});

test('undo brings the tag back as it was, to all who had it, also in the trash; redo takes it away again', async () => {
  const vip = await makeTag();
  const ids = await make(people, [vip]);
  const [trashed = ''] = ids;
  await book.call('contact.delete', { id: trashed });
  await book.call('tag.delete', { id: vip.id });
  expect(await tagsOf(trashed)).toEqual([]);
  expect(await book.call('undo.peek', {})).toMatchObject({ undo: { label: 'Deleted the tag VIP' } });

  expect(await book.call('undo.undo', {})).toMatchObject({ contacts: people.length, kept: [] });
  expect(book.lists.tags.all()).toEqual([vip]);
  for (const id of ids) expect(await tagsOf(id)).toEqual(['VIP']);
  expect((await book.call('contact.search', { q: 'vip', limit: 100 })).items).toHaveLength(people.length - 1);

  await book.call('undo.redo', {});
  expect(allTags()).toEqual([]);
  for (const id of ids) expect(await tagsOf(id)).toEqual([]);
});

test('doing a deletion again takes the tag also from whom a program gave it since', async () => {
  const vip = await makeTag();
  const [first = '', later = ''] = await make(['Ann', 'Ben'], []);
  await book.call('contact.update', { id: first, tags: [{ id: vip.id }] });
  await book.call('tag.delete', { id: vip.id });
  await book.call('undo.undo', {});
  await book.call('contact.update', { id: later, tags: [{ id: vip.id }] }, program);
  await book.call('undo.redo', {});
  expect(allTags()).toEqual([]);
  expect((await book.call('contact.history', { id: later })).items[0]).toMatchObject({ field: 'tags', new: [] });
});

test('undo leaves the tags of contacts that were given others since, and names them', async () => {
  const vip = await makeTag();
  const other = await makeTag('Other');
  const [first = '', changed = ''] = await make(['Ann', 'Ben'], [vip]);
  await book.call('tag.delete', { id: vip.id });
  const { undo } = await book.call('undo.peek', {});
  await book.call('contact.update', { id: changed, tags: [{ id: other.id }] });
  expect(await book.call('undo.undo', { group: undo?.group })).toMatchObject({ contacts: 1, kept: [{ contactId: changed, field: 'tags' }] });
  expect([await tagsOf(first), await tagsOf(changed)]).toEqual([['VIP'], ['Other']]);
});

test('a deletion that was cut off leaves the tag; repeating it ends it, and each part is undone by itself', async () => {
  const vip = await makeTag();
  const ids = await make(people, [vip]);
  let transactions = 0;
  const ends: Store = {
    ...book.store,
    transaction(work, onDisk) {
      transactions += 1;
      if (transactions === 3) throw new Error('the program ended');
      return book.store.transaction(work, onDisk);
    },
  };
  const writer = createContactWriter({ ...book, store: ends, announce: () => undefined });
  const cut = createDeletedTags({ ...book, writer, announceLists: () => undefined });
  await expect(cut.remove({ actor: 'ui', label: 'Deleted the tag VIP', state: 'done' }, vip.id)).rejects.toThrow('the program ended');
  const left = book.store.db.prepare('select count(*) from contact_tag').pluck().get() as number;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(people.length);
  expect(allTags()).toEqual(['VIP']);

  await book.call('tag.delete', { id: vip.id });
  expect(allTags()).toEqual([]);
  await book.call('undo.undo', {});
  await book.call('undo.undo', {});
  for (const id of ids) expect(await tagsOf(id)).toEqual(['VIP']);
});

test('two deletions at once, with somebody giving the tag to others meanwhile, leave no trace of it and are one step', async () => {
  const vip = await makeTag();
  const ids = await make(people, [vip]);
  const [late = ''] = await make(['Late'], []);
  const both = Promise.all([book.call('tag.delete', { id: vip.id }), book.call('tag.delete', { id: vip.id })]);
  await book.slices.turn();
  await book.call('contact.update', { id: late, tags: [{ id: vip.id }] }, program);
  expect((await both).map(({ affected }) => affected)).toEqual([1, 0]);
  expect(allTags()).toEqual([]);
  expect((await book.call('contact.history', { id: late })).items.map(({ new: value }) => value)).toContainEqual([]);
  await book.call('undo.undo', {});
  for (const id of [...ids, late]) expect(await tagsOf(id)).toEqual(['VIP']);
});

test('a tag that nobody has is deleted without a look at any contact, and can be undone as well', async () => {
  await make(people, []);
  const vip = await makeTag();
  const before = book.store.changes();
  await book.call('tag.delete', { id: vip.id });
  expect(book.store.changes() - before).toBeLessThan(5);
  await book.call('undo.undo', {});
  expect(book.lists.tags.all()).toEqual([vip]);
});

test('a tag that a program deletes is no step of the person, but is changed on its contacts all the same', async () => {
  const vip = await makeTag();
  const [id = ''] = await make(['Ann'], [vip]);
  await book.call('tag.delete', { id: vip.id }, program);
  expect((await book.call('contact.history', { id })).items[0]).toMatchObject({ actor: 'crm-bridge', field: 'tags' });
  expect(await book.call('undo.peek', {})).toMatchObject({ undo: { label: 'Created Ann' } });
});

test('an update that says what a tag is already leaves its time alone', async () => {
  const vip = await makeTag();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await book.call('tag.update', { id: vip.id, name: 'VIP', color: '#f00' });
  expect(book.lists.tags.all()).toEqual([vip]);
  await book.call('tag.update', { id: vip.id, color: '#00f' });
  expect(book.lists.tags.all()[0]?.updatedAt).not.toBe(vip.updatedAt);
});
