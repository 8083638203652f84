import { afterEach, beforeEach, expect, test } from 'vitest';
import { id, openSyncedBook, row, rows, type SyncedBook } from './support.ts';

let book: SyncedBook;
beforeEach(async () => {
  book = openSyncedBook();
  await book.link();
});
afterEach(() => book.close());

const get = (contactId: string) => book.call('contact.get', { id: contactId, data: { relations: ['contact', 'tags', 'members'] } });
const conflicts = () => book.sync.conflicts().items;
const waiting = () => book.sync.counts().waiting;

test('a contact of the server comes into the book with its id, and nothing of it waits to be sent', async () => {
  const counts = await book.sync.pull(rows(row(id(1), { name: 'Ann', budgetType: null, 'contact.city': 'Ulm' })));
  expect(counts).toEqual({ created: 1, updated: 0, deleted: 0 });
  expect(await get(id(1))).toMatchObject({ name: 'Ann', budgetType: null, contact: { city: 'Ulm' } });
  expect(waiting()).toBe(0);
});

test('taking the same rows again changes nothing', async () => {
  const batch = rows(row(id(1), { name: 'Ann' }));
  await book.sync.pull(batch);
  const head = book.journal.head();
  expect(await book.sync.pull(batch)).toEqual({ created: 0, updated: 0, deleted: 0 });
  expect(book.journal.head()).toBe(head);
});

test('what was changed there comes, and what was changed here stays and waits', async () => {
  await book.sync.pull(rows(row(id(1), { name: 'Ann', notes: 'tea', 'contact.city': 'Ulm' })));
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.sync.pull(rows(row(id(1), { name: 'Anne', notes: 'tea', 'contact.city': 'Ulm' })));
  expect(await get(id(1))).toMatchObject({ name: 'Anne', notes: 'coffee' });
  expect(waiting()).toBe(1);
  expect(conflicts()).toEqual([]);
});

test('the same change on both sides leaves nothing to send', async () => {
  await book.sync.pull(rows(row(id(1), { name: 'Ann' })));
  await book.call('contact.update', { id: id(1), name: 'Anne' });
  await book.sync.pull(rows(row(id(1), { name: 'Anne' })));
  expect(waiting()).toBe(0);
  expect(conflicts()).toEqual([]);
});

test('a field changed on both sides shows theirs and keeps mine as a conflict', async () => {
  await book.sync.pull(rows(row(id(1), { name: 'Ann', notes: 'tea' })));
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.sync.pull(rows(row(id(1), { name: 'Ann', notes: 'water' })));
  expect(await get(id(1))).toMatchObject({ notes: 'water' });
  expect(conflicts()).toMatchObject([
    { kind: 'field', field: 'notes', base: 'tea', mine: 'coffee', theirs: 'water', name: 'Ann', choices: ['mine', 'theirs', 'both'] },
  ]);
  expect(waiting()).toBe(0);
});

test('tags there are tags here by their name, new ones are made, and a renamed one follows', async () => {
  const vip = await book.call('tag.create', { name: 'VIP', color: '#123456' });
  const names = (second: string) => ({ tags: [{ id: id(21), name: 'vip' }, { id: id(22), name: second, color: '#abcdef' }] });
  await book.sync.pull(rows(row(id(1), { name: 'Ann' }, { sets: { tags: [id(21), id(22)] } }), names('Press')));
  expect((await get(id(1))).tags).toMatchObject([{ id: vip.id, name: 'VIP' }, { name: 'Press', color: '#abcdef' }]);
  await book.sync.pull(rows(row(id(1), { name: 'Ann' }, { sets: { tags: [id(21), id(22)] } }), names('Media')));
  expect((await get(id(1))).tags).toMatchObject([{ name: 'VIP' }, { name: 'Media' }]);
  expect(waiting()).toBe(0);
});

test('tags that differ in an accent are two tags, there as here', async () => {
  await book.call('tag.create', { name: 'Résumé', color: '#123456' });
  await book.sync.pull(rows(row(id(1), { name: 'Ann' }, { sets: { tags: [id(21)] } }), { tags: [{ id: id(21), name: 'Resume' }] }));
  expect((await get(id(1))).tags).toMatchObject([{ name: 'Resume' }]);
  expect(book.lists.tags.all().map(({ name }) => name)).toContain('Résumé');
});

test('people there are people here by their e-mail; who is known only here stays on the contact', async () => {
  const bea = await book.call('employee.create', { fullName: 'Bea', email: 'bea@office.example' });
  const own = await book.call('employee.create', { fullName: 'Only here' });
  await book.sync.pull(rows(row(id(1), { name: 'Ann' })));
  await book.call('contact.update', { id: id(1), members: [{ id: own.id }] });
  await book.sync.pull(
    rows(row(id(1), { name: 'Ann' }, { sets: { members: [id(31)] } }), { members: [{ id: id(31), name: 'Beatrice', email: 'BEA@office.example' }] }),
  );
  expect((await get(id(1))).members?.map((member) => member.id).sort()).toEqual([bea.id, own.id].sort());
  expect(book.sync.contacts([id(1)])[0]?.notes).toEqual(['The server does not have these people: Only here.']);
});

test('when somebody known only here turns out to be known there, the contacts of that person are sent', async () => {
  const bea = await book.call('employee.create', { fullName: 'Bea' });
  await book.sync.pull(rows([row(id(1), { name: 'Ann' }), row(id(2), { name: 'Ben' })]));
  await book.call('contact.update', { id: id(1), members: [{ id: bea.id }] });
  await book.push(id(1), row(id(1), { name: 'Ann' }));
  expect(waiting()).toBe(0);
  await book.sync.pull(rows(row(id(2), { name: 'Ben' }, { sets: { members: [id(31)] } }), { members: [{ id: id(31), name: 'Bea' }] }));
  expect((await book.due()).map(({ contactId }) => contactId)).toEqual([id(1)]);
});

test('a value this book does not know stays as it is here, is listed, and is never sent back', async () => {
  const strange = row(id(1), { name: 'Ann', contactType: 'ALIEN' }, { strange: ['contactType'] });
  await book.sync.pull(rows(strange));
  expect(await get(id(1))).toMatchObject({ contactType: 'CLIENT' });
  expect(book.sync.quarantined().items).toMatchObject([{ remoteId: id(1), name: 'Ann' }]);
  expect(book.sync.contacts([id(1)])[0]?.notes).toEqual(['The server has "ALIEN" as contactType, which this book cannot hold.']);
  await book.call('contact.update', { id: id(1), notes: 'tea' });
  const attempt = await book.push(id(1), strange);
  expect(JSON.parse(attempt?.body ?? '{}')).not.toHaveProperty('contactType');

  await book.sync.settle(id(1), attempt?.id ?? '', rows(row(id(1), { name: 'Ann', notes: 'tea', contactType: 'LEAD' })));
  expect(await get(id(1))).toMatchObject({ contactType: 'LEAD' });
  expect(waiting()).toBe(0);
});

test('a picture that cannot be loaded leaves the contact without one, and is not taken from the server', async () => {
  await book.sync.pull(rows(row(id(1), { name: 'Ann', imageId: id(41) })));
  expect(await get(id(1))).toMatchObject({ imageId: null });
  expect(waiting()).toBe(0);
  expect(await book.sync.storeImage(id(41), 'image/png', new Uint8Array([1]))).toBe(true);
  expect(await book.sync.missingImages([id(41), id(42)])).toEqual([id(42)]);
  await book.sync.pull(rows(row(id(1), { name: 'Anne', imageId: id(41) })));
  expect((await get(id(1))).imageId).not.toBeNull();
  expect(waiting()).toBe(0);
});

test('what is deleted there goes to the trash here, unless something of it waits', async () => {
  await book.sync.pull(rows([row(id(1), { name: 'Ann' }), row(id(2), { name: 'Ben' })]));
  await book.call('contact.update', { id: id(2), notes: 'tea' });
  expect(await book.sync.gone(id(1))).toBe(true);
  expect(await book.sync.gone(id(2))).toBe(false);
  expect(await book.call('contact.count', {})).toBe(1);
  expect(book.reader.find(id(1))?.deletedAt).not.toBeNull();
});

test('a late echo of what was deleted does not bring it back, but its restoration there does', async () => {
  const ann = row(id(1), { name: 'Ann' });
  await book.sync.pull(rows(ann));
  await book.sync.gone(id(1));
  expect(await book.sync.pull(rows(ann))).toEqual({ created: 0, updated: 0, deleted: 0 });
  await book.sync.pull(rows({ ...ann, updatedAt: '2026-11-23T10:00:00.000Z' }));
  expect(await get(id(1))).toMatchObject({ name: 'Ann', deletedAt: null });
});

test('a server restored from an old backup brings back what was deleted since', async () => {
  const ann = row(id(1), { name: 'Ann' });
  await book.sync.pull(rows(ann));
  await book.sync.gone(id(1));
  book.clock.pass(3_600_000);
  expect(await book.sync.compare([[id(1), ann.hash]])).toEqual([0]);
  await book.sync.pull(rows(ann));
  expect(await get(id(1))).toMatchObject({ name: 'Ann', deletedAt: null });
});

test('the same id on both sides is the same contact: filled up from both, asked where they differ', async () => {
  book.sync.unlink();
  const { id: own } = await book.call('contact.create', { name: 'Ann', notes: 'tea', primaryPhone: '0731 1' });
  await book.link();
  await book.sync.pull(rows(row(own, { name: 'Ann', notes: 'water', primaryEmail: 'ann@example.com' })));
  expect(await get(own)).toMatchObject({ notes: 'water', primaryEmail: 'ann@example.com', primaryPhone: '0731 1' });
  expect(conflicts()).toMatchObject([{ kind: 'field', field: 'notes', mine: 'tea', theirs: 'water' }]);
  expect(waiting()).toBe(1);
});

test('only what differs, was never seen or is back is fetched again', async () => {
  const [ann, ben, cem] = [row(id(1), { name: 'Ann' }), row(id(2), { name: 'Ben' }), row(id(3), { name: 'Cem' })];
  await book.sync.pull(rows([ann, ben, cem]));
  const pairs = [[id(1), ann.hash], [id(2), 'other'], [id(3), 'deleted'], [id(4), 'x'], [id(5), 'deleted']] as const;
  expect(await book.sync.compare(pairs)).toEqual([1, 2, 3]);
  expect((await book.sync.linked(id(1), 10)).map(({ remoteId }) => remoteId)).toEqual([id(2), id(3)]);
  expect(await book.sync.linkedCount()).toBe(3);
});

test('a contact the book refuses is listed and does not keep the others away', async () => {
  const broken = row(id(2), { name: 'Ben', notes: { not: 'a text' } });
  const counts = await book.sync.pull(rows([row(id(1), { name: 'Ann' }), broken, row(id(3), { name: 'Cem' })]));
  expect(counts.created).toBe(2);
  expect(book.sync.quarantined().items).toMatchObject([{ remoteId: id(2), name: 'Ben' }]);
});

test('a contact made here that looks like one of the server waits for the word of a person', async () => {
  const byMail = await book.call('contact.create', { name: 'A. Lee', primaryEmail: 'Ann@Example.com' });
  const byPhone = await book.call('contact.create', { name: 'Ben Öz', primaryPhone: '0731 123456' });
  const other = await book.call('contact.create', { name: 'Ben Öz', primaryPhone: '0731 999999' });
  await book.sync.pull(
    rows([row(id(1), { name: 'Ann Lee', primaryEmail: 'ann@example.com' }), row(id(2), { name: 'ben oz', primaryPhone: '+49 731 123456' })]),
  );
  expect(conflicts().map(({ kind, contactId, otherId }) => [kind, contactId, otherId])).toEqual(
    expect.arrayContaining([['possibleDuplicate', byMail.id, id(1)], ['possibleDuplicate', byPhone.id, id(2)]]),
  );
  expect((await book.due()).map(({ contactId }) => contactId)).toEqual([other.id]);
});

test('many contacts are taken in slices and announced one by one after their commit', async () => {
  const many = Array.from({ length: 300 }, (_, number) => row(id(number), { name: `Contact ${number}` }));
  expect((await book.sync.pull(rows(many))).created).toBe(300);
  expect(book.events.filter(({ type }) => type === 'change')).toHaveLength(300);
  expect(await book.call('undo.peek', {})).toEqual({ undo: null, redo: null });
});
