import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConflictKind } from '../../../../shared/operations/sync.ts';
import { displayProperties } from '../../../../shared/vcard/card-display.ts';
import { id, openSyncedBook, row, rows, type SyncedBook } from './support.ts';

let book: SyncedBook;
beforeEach(async () => {
  book = openSyncedBook();
  await book.link();
});
afterEach(() => book.close());

const get = (contactId: string) => book.call('contact.get', { id: contactId, data: { relations: ['contact', 'tags'] } });
const open = () => book.sync.conflicts().items;
const waiting = () => book.sync.counts().waiting;
const the = (kind: ConflictKind) => open().find((conflict) => conflict.kind === kind)?.id ?? '';

/** Ann, in whom both sides changed a field. */
async function disagree(field: 'notes' | 'primaryPhone' | 'budget', mine: string | number, theirs: string | number, number = 1): Promise<string> {
  await book.sync.pull(rows(row(id(number), { name: 'Ann' })));
  await book.call('contact.update', { id: id(number), [field]: mine });
  await book.sync.pull(rows(row(id(number), { name: 'Ann', [field]: theirs })));
  return open().at(-1)?.id ?? '';
}

async function gone(): Promise<void> {
  await book.sync.pull(rows(row(id(1), { name: 'Ann', notes: 'tea' })));
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.push(id(1), null);
}

async function duplicate(): Promise<string> {
  const tag = await book.call('tag.create', { name: 'VIP', color: '#123456' });
  const mine = await book.call('contact.create', {
    name: 'Ann Lee', primaryEmail: 'ann@example.com', notes: 'from the fair', contact: { city: 'Ulm' }, tags: [{ id: tag.id }], extra: { hobby: 'go' },
  });
  await book.sync.pull(rows(row(id(1), { name: 'Ann', primaryEmail: 'ann@example.com', primaryPhone: '0731 1', notes: 'old' })));
  return mine.id;
}

test('mine is an ordinary edit: it waits to be sent, and undo takes it back', async () => {
  const conflict = await disagree('notes', 'coffee', 'water');
  expect(book.sync.resolve(conflict, 'mine', 'ui')).toMatchObject({ id: conflict, kind: 'field', field: 'notes' });
  expect(await get(id(1))).toMatchObject({ notes: 'coffee' });
  expect(waiting()).toBe(1);
  expect(await book.call('undo.peek', {})).toMatchObject({ undo: { label: 'Kept my notes of Ann' } });
  await book.call('undo.undo', {});
  expect(await get(id(1))).toMatchObject({ notes: 'water' });
  expect(open()).toEqual([]);
});

test('theirs changes nothing, and my value stays in the history', async () => {
  const conflict = await disagree('notes', 'coffee', 'water');
  const head = book.journal.head();
  book.sync.resolve(conflict, 'theirs', 'ui');
  expect(book.journal.head()).toBe(head);
  expect(waiting()).toBe(0);
  expect((await book.call('contact.history', { id: id(1) })).items.some(({ old }) => old === 'coffee')).toBe(true);
});

test('both notes are kept one below the other, and both phones: mine as a further one', async () => {
  book.sync.resolve(await disagree('notes', 'coffee', 'water'), 'both', 'ui');
  expect(await get(id(1))).toMatchObject({ notes: 'water\n\ncoffee' });
  book.sync.resolve(await disagree('primaryPhone', '0731 1', '0731 2', 2), 'both', 'ui');
  const ann = await get(id(2));
  expect(ann.primaryPhone).toBe('0731 2');
  expect(displayProperties(ann.extra)).toMatchObject([{ label: 'Phone', value: '0731 1' }]);
});

test('a decimal budget that lost is kept whole, not as it was rounded for the server', async () => {
  book.sync.resolve(await disagree('budget', 10.5, 20), 'mine', 'ui');
  expect(await get(id(1))).toMatchObject({ budget: 10.5 });
});

test('answers that make no sense, or come twice, are refused and change nothing', async () => {
  const conflict = await disagree('budget', 10, 20);
  expect(() => book.sync.resolve(conflict, 'both', 'ui')).toThrow('choice must be one of: mine, theirs');
  expect(() => book.sync.resolve(id(99), 'mine', 'ui')).toThrow('There is no conflict with this id');
  book.sync.resolve(conflict, 'mine', 'ui');
  expect(() => book.sync.resolve(conflict, 'theirs', 'ui')).toThrow('This conflict was already answered');
});

test('a value there that this book cannot hold can be replaced by mine', async () => {
  await book.sync.pull(rows(row(id(1), { name: 'Ann', contactType: 'CLIENT' })));
  await book.call('contact.update', { id: id(1), contactType: 'LEAD' });
  const alien = row(id(1), { name: 'Ann', contactType: 'ALIEN' }, { strange: ['contactType'] });
  await book.sync.pull(rows(alien));
  expect(await get(id(1))).toMatchObject({ contactType: 'LEAD' });
  expect(waiting()).toBe(0);
  book.sync.resolve(the('field'), 'mine', 'ui');
  expect(JSON.parse((await book.push(id(1), alien))?.body ?? '{}')).toMatchObject({ contactType: 'LEAD' });
});

test('edited here, deleted there: mine makes it there again', async () => {
  await gone();
  book.sync.resolve(the('editedHereDeletedThere'), 'mine', 'ui');
  expect(await book.due()).toMatchObject([{ kind: 'restore', contactId: id(1) }]);
  await book.send(id(1), null);
  expect(book.sync.contacts([id(1)])).toMatchObject([{ state: 'synced' }]);
});

test('edited here, deleted there: theirs moves it to the trash, and undo brings it back to both', async () => {
  await gone();
  book.sync.resolve(the('editedHereDeletedThere'), 'theirs', 'ui');
  expect(book.reader.find(id(1))?.deletedAt).not.toBeNull();
  expect(waiting()).toBe(0);
  book.check();
  await book.call('undo.undo', {});
  expect(await get(id(1))).toMatchObject({ notes: 'coffee' });
  expect(await book.due()).toMatchObject([{ kind: 'restore' }]);
});

test('edited here, deleted there and brought back there: the question is gone, my change is sent', async () => {
  await gone();
  book.clock.pass(3_600_000);
  await book.sync.pull(rows(row(id(1), { name: 'Anne', notes: 'tea' }, { updatedAt: '2026-11-23T11:00:00.000Z' })));
  expect(open()).toEqual([]);
  expect(await get(id(1))).toMatchObject({ name: 'Anne', notes: 'coffee' });
  expect(await book.due()).toMatchObject([{ kind: 'update' }]);
});

test('a possible duplicate that is two: mine is sent', async () => {
  const mine = await duplicate();
  expect(book.sync.contacts([mine])).toMatchObject([{ state: 'conflict' }]);
  book.sync.resolve(the('possibleDuplicate'), 'both', 'ui');
  expect(await book.due()).toMatchObject([{ contactId: mine, kind: 'create' }]);
});

test('a possible duplicate that is theirs: mine goes to the trash; undo brings it back with the question', async () => {
  const mine = await duplicate();
  book.sync.resolve(the('possibleDuplicate'), 'theirs', 'ui');
  expect(book.reader.find(mine)?.deletedAt).not.toBeNull();
  expect(waiting()).toBe(0);
  book.check();
  await book.call('undo.undo', {});
  expect(open()).toMatchObject([{ kind: 'possibleDuplicate', contactId: mine, otherId: id(1), otherName: 'Ann' }]);
  expect(await book.due()).toEqual([]);
});

test('a possible duplicate that is mine: what I have goes onto the contact of the server, as one step', async () => {
  const mine = await duplicate();
  book.sync.resolve(the('possibleDuplicate'), 'mine', 'ui');
  expect(book.reader.find(mine)?.deletedAt).not.toBeNull();
  const joined = await get(id(1));
  expect(joined).toMatchObject({ name: 'Ann Lee', primaryPhone: '0731 1', notes: 'from the fair', contact: { city: 'Ulm' }, extra: { hobby: 'go' } });
  expect(joined.tags).toMatchObject([{ name: 'VIP' }]);
  expect((await book.due()).map(({ contactId }) => contactId)).toEqual([id(1)]);
  await book.call('undo.undo', {});
  expect(await get(id(1))).toMatchObject({ name: 'Ann', notes: 'old', extra: null });
});

test('a duplicate that is deleted by hand is no question any more', async () => {
  const mine = await duplicate();
  await book.call('contact.softDelete', { id: mine });
  expect(open()).toEqual([]);
});

test('when the contact it may be a double of is erased, mine is sent', async () => {
  const mine = await duplicate();
  await book.call('contact.softDelete', { id: id(1) });
  await book.call('contact.purge', { ids: [id(1)] });
  expect(open()).toEqual([]);
  expect((await book.due()).map(({ contactId, kind }) => [contactId, kind])).toEqual(
    expect.arrayContaining([[mine, 'create'], [id(1), 'delete']]),
  );
});

test('many gone at once are asked about, and nothing is deleted; theirs lets each go after its own check', async () => {
  const all = Array.from({ length: 20 }, (_, number) => row(id(number), { name: `Contact ${number}` }));
  await book.sync.pull(rows(all));
  const ids = all.map(({ remoteId }) => remoteId);
  expect(await book.sync.massDelete(ids)).toEqual([]);
  expect(await book.sync.massDelete(ids)).toEqual([]);
  expect(open()).toMatchObject([{ kind: 'massDelete', contactId: null, mine: 20 }]);
  expect(await book.call('contact.count', {})).toBe(20);
  book.clock.pass(1000);
  book.sync.resolve(the('massDelete'), 'theirs', 'ui');
  expect(await book.call('contact.count', {})).toBe(20);
  expect(await book.sync.massDelete(ids)).toEqual(ids);
  for (const remoteId of ids) expect(await book.sync.gone(remoteId)).toBe(true);
  expect(await book.call('contact.count', {})).toBe(0);
});

test('many gone at once: mine keeps them and makes them there again', async () => {
  const all = Array.from({ length: 12 }, (_, number) => row(id(number), { name: `Contact ${number}` }));
  await book.sync.pull(rows(all));
  await book.sync.massDelete(all.map(({ remoteId }) => remoteId));
  book.sync.resolve(the('massDelete'), 'mine', 'ui');
  expect((await book.due()).map(({ kind }) => kind)).toEqual(Array.from({ length: 12 }, () => 'restore'));
});

test('the consent to delete many holds for those it was about, and not for ever', async () => {
  const all = Array.from({ length: 12 }, (_, number) => row(id(number), { name: `Contact ${number}` }));
  await book.sync.pull(rows(all));
  await book.sync.massDelete(all.map(({ remoteId }) => remoteId).slice(0, 11));
  book.clock.pass(1000);
  book.sync.resolve(the('massDelete'), 'theirs', 'ui');
  expect(await book.sync.massDelete([id(0), id(11)])).toEqual([id(0)]);
  book.clock.pass(8 * 86_400_000);
  expect(await book.sync.massDelete([id(0)])).toEqual([]);
});

test('all conflicts of a kind and field are answered at once, as one step', async () => {
  for (const number of [1, 2, 3]) await disagree('notes', `mine ${number}`, 'theirs', number);
  await disagree('budget', 1, 2, 4);
  const answer = await book.sync.resolveMany({ kind: 'field', field: 'notes' }, 'mine', 'ui');
  expect(answer.resolved).toBe(3);
  expect(open().map(({ field }) => field)).toEqual(['budget']);
  expect((await get(id(2))).notes).toBe('mine 2');
  await book.call('undo.undo', { group: answer.group ?? '' });
  expect((await get(id(2))).notes).toBe('theirs');
  await expect(book.sync.resolveMany({}, 'mine', 'ui')).rejects.toThrow('ids or kind must say which conflicts are meant');
});

test('a program that answers does so in its own name, beside the undo of the person', async () => {
  book.sync.resolve(await disagree('notes', 'coffee', 'water'), 'mine', 'crm-bridge');
  expect((await book.call('undo.peek', {})).undo?.label).not.toBe('Kept my notes of Ann');
  expect((await book.call('contact.history', { id: id(1) })).items[0]).toMatchObject({ actor: 'crm-bridge', new: 'coffee' });
});

test('a conflict shows what the server holds by now, so that nobody replaces what they did not see', async () => {
  await disagree('notes', 'coffee', 'water');
  await book.sync.pull(rows(row(id(1), { name: 'Ann', notes: 'milk' })));
  expect(open()).toMatchObject([{ base: null, mine: 'coffee', theirs: 'milk' }]);
});

test('who writes a disputed field anew has answered; another field is another matter', async () => {
  await disagree('notes', 'coffee', 'water');
  await book.call('contact.update', { id: id(1), budget: 5 });
  expect(open()).toHaveLength(1);
  await book.call('contact.update', { id: id(1), notes: 'cocoa' });
  expect(open()).toEqual([]);
  expect(await get(id(1))).toMatchObject({ notes: 'cocoa' });
});

test('a second disagreement over a field takes the place of the first', async () => {
  await disagree('notes', 'coffee', 'water');
  await book.call('contact.update', { id: id(1), notes: 'cocoa' });
  await book.sync.pull(rows(row(id(1), { name: 'Ann', notes: 'milk' })));
  expect(open()).toMatchObject([{ base: 'water', mine: 'cocoa', theirs: 'milk' }]);
});
