import { afterEach, beforeEach, expect, test } from 'vitest';
import { id, openSyncedBook, row, rows, type SyncedBook } from './support.ts';

let book: SyncedBook;
beforeEach(async () => {
  book = openSyncedBook();
  await book.link();
  await book.sync.pull(rows(row(id(1), { name: 'Ann', notes: 'tea' })));
});
afterEach(() => book.close());

const conflicts = () => book.sync.conflicts().items;
const notes = async () => (await book.call('contact.get', { id: id(1), withDeleted: true })).notes;

/** Answers all as the window does, and takes it back. */
async function answerAndUndo(choice: 'mine' | 'theirs'): Promise<number> {
  const ids = conflicts().map((conflict) => conflict.id);
  const { resolved, group } = await book.sync.resolveMany({ ids }, choice, 'ui');
  expect([resolved, conflicts().length]).toEqual([ids.length, 0]);
  if (group !== null) await book.call('undo.undo', { group });
  return book.sync.reopen(ids);
}

test.each(['mine', 'theirs'] as const)('an answer to a field, %s, is taken back: it is asked again with both values', async (choice) => {
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.sync.pull(rows(row(id(1), { name: 'Ann', notes: 'water' })));
  expect(await answerAndUndo(choice)).toBe(1);
  expect(conflicts()).toMatchObject([{ kind: 'field', field: 'notes', base: 'tea', mine: 'coffee', theirs: 'water' }]);
  expect(await notes()).toBe('water');
});

test.each(['mine', 'theirs'] as const)('edited here and deleted there is held again after the answer, %s, was taken back', async (choice) => {
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  expect(await book.push(id(1), null)).toBeNull();
  expect(await answerAndUndo(choice)).toBe(1);
  expect(conflicts()).toMatchObject([{ kind: 'editedHereDeletedThere', contactId: id(1) }]);
  expect(await book.due()).toEqual([]);
  expect(await notes()).toBe('coffee');
});

test('what is open or unknown, and a contact that went to the trash meanwhile, is not asked about again', async () => {
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.sync.pull(rows(row(id(1), { name: 'Ann', notes: 'water' })));
  const ids = conflicts().map((conflict) => conflict.id);
  expect(book.sync.reopen([...ids, id(99)])).toBe(0);
  await book.sync.resolveMany({ ids }, 'theirs', 'ui');
  await book.call('contact.deleteMany', { ids: [id(1)] });
  expect(book.sync.reopen(ids)).toBe(0);
  expect(conflicts()).toEqual([]);
});
