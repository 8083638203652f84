import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Failure } from '../../../../electron/sync/ports.ts';
import { id, openSyncedBook, row, rows, type SyncedBook } from './support.ts';

let book: SyncedBook;
beforeEach(async () => {
  book = openSyncedBook();
  await book.link();
});
afterEach(() => book.close());

const get = (contactId: string) => book.call('contact.get', { id: contactId, data: { relations: ['contact', 'tags'] } });
const conflicts = () => book.sync.conflicts().items;
const waiting = () => book.sync.counts().waiting;
const bodyOf = (attempt: { body: string | null } | null) => JSON.parse(attempt?.body ?? 'null') as Record<string, unknown>;
const lost: Failure = { kind: 'transient', status: null, message: 'no answer', inDoubt: true };

const ann = (values = {}, more = {}) => row(id(1), { name: 'Ann', notes: 'tea', ...values }, more);
const pulledAnn = () => book.sync.pull(rows(ann()));

test('a new contact is created with its id, and is done when the server was seen to hold it', async () => {
  const { id: own } = await book.call('contact.create', { name: 'Ann', contact: { city: 'Ulm' } });
  expect(await book.due()).toMatchObject([{ contactId: own, remoteId: own, kind: 'create', doubt: null, newTags: [], newImage: null }]);
  const attempt = await book.push(own, null);
  expect(attempt).toMatchObject({ method: 'POST' });
  expect(bodyOf(attempt)).toMatchObject({ id: own, name: 'Ann', contact: { city: 'Ulm' } });
  expect(waiting()).toBe(1);
  await book.sync.settle(own, attempt?.id ?? '', rows(row(own, { name: 'Ann', 'contact.city': 'Ulm' })));
  expect(waiting()).toBe(0);
  expect(book.sync.contacts([own])).toMatchObject([{ state: 'synced', checkedAt: book.clock.now() }]);
});

test('only what changed is sent, on top of what the server holds now', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  const attempt = await book.push(id(1), ann({ name: 'Anne' }));
  expect(bodyOf(attempt)).toMatchObject({ name: 'Anne', notes: 'coffee' });
  expect(bodyOf(attempt)).not.toHaveProperty('contactType');
  expect(await get(id(1))).toMatchObject({ name: 'Anne', notes: 'coffee' });
  await book.sync.settle(id(1), attempt?.id ?? '', rows(ann({ name: 'Anne', notes: 'coffee' })));
  expect(waiting()).toBe(0);
});

test('a change that was taken back is never sent', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.call('undo.undo', {});
  expect(await book.push(id(1), ann())).toBeNull();
  expect(waiting()).toBe(0);
});

test('an edit made while the request is under way is sent with the next', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  const attempt = await book.push(id(1), ann());
  await book.call('contact.update', { id: id(1), notes: 'cocoa' });
  await book.sync.settle(id(1), attempt?.id ?? '', rows(ann({ notes: 'coffee' })));
  expect(waiting()).toBe(1);
  expect(conflicts()).toEqual([]);
  expect(bodyOf(await book.push(id(1), ann({ notes: 'coffee' })))).toMatchObject({ notes: 'cocoa' });
});

test('a creation whose answer was lost: what arrived is not sent again, and what others made of it since is theirs', async () => {
  const { id: own } = await book.call('contact.create', { name: 'Ann', notes: 'tea' });
  const attempt = await book.push(own, null);
  await book.sync.failed(own, attempt?.id ?? null, lost);
  expect((await book.due())[0]?.doubt).toMatchObject({ method: 'POST', attemptId: attempt?.id });
  expect(await book.sync.pull(rows(row(own, { name: 'Ann', notes: 'water' })))).toEqual({ created: 0, updated: 0, deleted: 0 });
  expect(await book.push(own, row(own, { name: 'Ann', notes: 'water' }))).toBeNull();
  expect(await get(own)).toMatchObject({ notes: 'water' });
  expect(conflicts()).toEqual([]);
  expect(waiting()).toBe(0);
});

test('a creation that did not arrive is sent again with the same id', async () => {
  const { id: own } = await book.call('contact.create', { name: 'Ann' });
  const first = await book.push(own, null);
  await book.sync.failed(own, first?.id ?? null, lost);
  await book.call('contact.update', { id: own, name: 'Anne' });
  const again = await book.push(own, null);
  expect(bodyOf(again)).toMatchObject({ id: own, name: 'Anne' });
  expect(again?.id).not.toBe(first?.id);
});

test('a change whose answer was lost, arrived or not, is sent until it is there and no further', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  const first = await book.push(id(1), ann());
  await book.sync.failed(id(1), first?.id ?? null, lost);
  const second = await book.push(id(1), ann());
  expect(bodyOf(second)).toMatchObject({ notes: 'coffee' });
  await book.sync.failed(id(1), second?.id ?? null, lost);
  expect(await book.push(id(1), ann({ notes: 'coffee' }))).toBeNull();
  expect(waiting()).toBe(0);
});

test('with ids made by the server the contact keeps its id here', async () => {
  await book.sync.saveDialect({ clientIds: false });
  const { id: own } = await book.call('contact.create', { name: 'Ann' });
  const attempt = await book.push(own, null);
  expect(bodyOf(attempt)).not.toHaveProperty('id');
  await book.sync.learnId(own, id(7));
  await book.sync.settle(own, attempt?.id ?? '', rows(row(id(7), { name: 'Ann' })));
  await book.call('contact.update', { id: own, name: 'Anne' });
  expect(await book.due()).toMatchObject([{ contactId: own, remoteId: id(7), kind: 'update' }]);
  expect(await book.push(own, row(id(7), { name: 'Ann' }))).toMatchObject({ method: 'PUT', path: `/organization-contact/${id(7)}` });
});

test('tags and pictures the server lacks are made there before the contact is sent', async () => {
  const tag = await book.call('tag.create', { name: 'VIP', color: '#123456' });
  const { id: own } = await book.call('contact.create', { name: 'Ann', contactType: 'VENDOR', tags: [{ id: tag.id }] });
  const { imageId } = await book.call('image.set', { id: own, image: { mediaType: 'image/png', base64: 'AQID' } });
  const [item] = await book.due();
  expect(item?.newTags.map(({ key, name }) => [key, name])).toEqual([[tag.id, 'VIP'], ['type:vendor', 'type:vendor']]);
  expect(item?.newImage).toMatchObject({ localId: imageId, mediaType: 'image/png' });
  expect(await book.push(own, null)).toBeNull();
  expect(book.sync.picturesWaiting()).toBe(1);

  await book.sync.learnTag(tag.id, { id: id(21), name: 'VIP' });
  await book.sync.learnTag('type:vendor', { id: id(22), name: 'type:vendor' });
  await book.sync.learnImage(imageId ?? '', id(41));
  expect(bodyOf(await book.push(own, null))).toMatchObject({
    contactType: 'CLIENT', imageId: id(41), tags: [{ id: id(21) }, { id: id(22) }],
  });
});

test('what the server cannot hold stays here as it is: type, decimals, people only known here', async () => {
  const bea = await book.call('employee.create', { fullName: 'Bea' });
  const { id: own } = await book.call('contact.create', { name: 'Ann', contactType: 'PARTNER', budget: 1500.75, members: [{ id: bea.id }] });
  await book.sync.learnTag('type:partner', { id: id(22), name: 'type:partner' });
  const there = await book.send(own, null);
  expect(there.snapshot.values.budget).toBe(1501);
  await book.sync.pull(rows({ ...there, updatedAt: '2026-11-23T09:30:00.000Z' }));
  expect(await book.call('contact.get', { id: own, data: { relations: ['members'] } })).toMatchObject({
    contactType: 'PARTNER', budget: 1500.75, members: [{ id: bea.id }],
  });
  expect(waiting()).toBe(0);
  expect(book.sync.contacts([own])[0]?.notes).toEqual([
    'The server holds the type as CLIENT, with the tag type:partner.',
    'The server holds the budget as 1501.',
    'The server does not have these people: Bea.',
  ]);
});

test('a value that was replaced between our writing and our reading is told, with mine to take back', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  const attempt = await book.push(id(1), ann());
  await book.sync.settle(id(1), attempt?.id ?? '', rows(ann({ notes: 'water' })));
  expect(await get(id(1))).toMatchObject({ notes: 'water' });
  expect(conflicts()).toMatchObject([{ kind: 'overwritten', field: 'notes', mine: 'coffee', theirs: 'water' }]);
  expect(waiting()).toBe(0);
});

test('a value that is replaced soon after is told; later it is a change like any other', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.send(id(1), ann());
  await book.sync.pull(rows(ann({ notes: 'water' }, { updatedAt: '2026-11-23T09:05:00.000Z' })));
  expect(conflicts()).toMatchObject([{ kind: 'overwritten', mine: 'coffee', theirs: 'water' }]);
  await book.sync.pull(rows(ann({ notes: 'milk' }, { updatedAt: '2026-11-23T09:06:00.000Z' })));
  expect(conflicts()).toHaveLength(1);
});

test('a laptop that was away still hears that its value was replaced within minutes', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.send(id(1), ann());
  book.clock.pass(3_600_000);
  await book.sync.pull(rows(ann({ notes: 'water' }, { updatedAt: '2026-11-23T09:05:00.000Z' })));
  expect(conflicts()).toMatchObject([{ kind: 'overwritten', mine: 'coffee' }]);
});

test('a value replaced an hour later is no news', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.send(id(1), ann());
  book.clock.pass(3_600_000);
  await book.sync.pull(rows(ann({ notes: 'water' }, { updatedAt: '2026-11-23T09:59:00.000Z' })));
  expect(conflicts()).toEqual([]);
  expect(await get(id(1))).toMatchObject({ notes: 'water' });
});

test('a tag of mine that another client wiped right after is told', async () => {
  const tag = await book.call('tag.create', { name: 'VIP', color: '#123456' });
  await pulledAnn();
  await book.call('contact.update', { id: id(1), tags: [{ id: tag.id }] });
  await book.sync.learnTag(tag.id, { id: id(21), name: 'VIP' });
  await book.send(id(1), ann());
  await book.sync.pull(rows(ann({}, { updatedAt: '2026-11-23T09:02:00.000Z' })));
  expect((await get(id(1))).tags).toEqual([]);
  const [told] = conflicts();
  expect(told).toMatchObject({ kind: 'overwritten', field: 'tags', mine: ['VIP'], theirs: [] });
  book.sync.resolve(told?.id ?? '', 'mine', 'ui');
  expect((await get(id(1))).tags).toMatchObject([{ id: tag.id }]);
  expect(waiting()).toBe(1);
});

test('a contact that is gone soon after it was sent is told, and can be made there again', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.send(id(1), ann());
  expect(await book.sync.gone(id(1))).toBe(true);
  const [told] = conflicts();
  expect(told).toMatchObject({ kind: 'removed', choices: ['mine', 'theirs'] });
  book.sync.resolve(told?.id ?? '', 'mine', 'ui');
  expect(await book.due()).toMatchObject([{ kind: 'restore', contactId: id(1) }]);
  expect(bodyOf(await book.push(id(1), null))).toMatchObject({ id: id(1), notes: 'coffee' });
});

test('edited here and deleted there waits for an answer and is not sent meanwhile', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  expect(await book.push(id(1), null)).toBeNull();
  expect(conflicts()).toMatchObject([{ kind: 'editedHereDeletedThere', contactId: id(1), field: null }]);
  expect(await book.due()).toEqual([]);
  expect(await get(id(1))).toMatchObject({ notes: 'coffee' });
});

test('deleted there with nothing of mine to lose goes to the trash', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  await book.call('contact.update', { id: id(1), notes: 'tea' });
  expect(await book.push(id(1), null)).toBeNull();
  expect(conflicts()).toEqual([]);
  expect(book.reader.find(id(1))?.deletedAt).not.toBeNull();
});

test('a creation that the server took and does not have is asked about, not repeated for ever', async () => {
  const { id: own } = await book.call('contact.create', { name: 'Ann' });
  const attempt = await book.push(own, null);
  await book.sync.settle(own, attempt?.id ?? '', null);
  const [told] = conflicts();
  expect(told).toMatchObject({ kind: 'editedHereDeletedThere', contactId: own });
  book.sync.resolve(told?.id ?? '', 'mine', 'ui');
  const there = row(own, { name: 'Old Ann' }, { deletedAt: '2026-11-22T00:00:00.000Z' });
  const restore = await book.push(own, there);
  expect(bodyOf(restore)).toMatchObject({ deletedAt: null });
});

test('a deletion is sent, seen through and remembered', async () => {
  await pulledAnn();
  await book.call('contact.softDelete', { id: id(1) });
  expect(await book.due()).toMatchObject([{ kind: 'delete', remoteId: id(1), newTags: [], newImage: null }]);
  const attempt = await book.push(id(1), ann());
  expect(attempt).toMatchObject({ method: 'DELETE', path: `/organization-contact/${id(1)}/soft`, body: null });
  await book.sync.settle(id(1), attempt?.id ?? '', null);
  expect(waiting()).toBe(0);
  await book.call('contact.recover', { id: id(1) });
  expect(await book.due()).toMatchObject([{ kind: 'restore' }]);
  await book.send(id(1), null);
  expect(waiting()).toBe(0);
});

test('what is gone there already needs no deletion', async () => {
  await pulledAnn();
  await book.call('contact.softDelete', { id: id(1) });
  expect(await book.push(id(1), null)).toBeNull();
  expect(waiting()).toBe(0);
});

test('deleted here and changed there comes back with what they made of it, and is asked about', async () => {
  await pulledAnn();
  await book.call('contact.softDelete', { id: id(1) });
  expect(await book.push(id(1), ann({ notes: 'water' }))).toBeNull();
  expect(await get(id(1))).toMatchObject({ notes: 'water', deletedAt: null });
  const [told] = conflicts();
  expect(told).toMatchObject({ kind: 'deletedHereEditedThere', contactId: id(1) });
  book.sync.resolve(told?.id ?? '', 'mine', 'ui');
  expect(await book.push(id(1), ann({ notes: 'water' }))).toMatchObject({ method: 'DELETE' });
});

test('a deletion that the server did not carry out is tried again', async () => {
  await pulledAnn();
  await book.call('contact.softDelete', { id: id(1) });
  const attempt = await book.push(id(1), ann());
  await book.sync.settle(id(1), attempt?.id ?? '', rows(ann()));
  expect(await book.due()).toMatchObject([{ kind: 'delete', doubt: null }]);
});

test('deleted while its change was under way: the deletion follows', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'coffee' });
  const attempt = await book.push(id(1), ann());
  await book.call('contact.softDelete', { id: id(1) });
  await book.sync.settle(id(1), attempt?.id ?? '', rows(ann({ notes: 'coffee' })));
  expect(await book.push(id(1), ann({ notes: 'coffee' }))).toMatchObject({ method: 'DELETE' });
});

test('created and deleted before anything was sent leaves nothing to do; with a lost answer it is looked for', async () => {
  const first = await book.call('contact.create', { name: 'Ann' });
  await book.call('contact.softDelete', { id: first.id });
  expect(waiting()).toBe(0);
  const second = await book.call('contact.create', { name: 'Ben' });
  const attempt = await book.push(second.id, null);
  await book.sync.failed(second.id, attempt?.id ?? null, lost);
  await book.call('contact.softDelete', { id: second.id });
  expect(await book.due()).toMatchObject([{ kind: 'delete', doubt: { method: 'POST' } }]);
  expect(await book.push(second.id, row(second.id, { name: 'Ben' }))).toMatchObject({ method: 'DELETE' });
});

test('erasing a contact takes its values out of sync, and its deletion still travels', async () => {
  await pulledAnn();
  await book.call('contact.update', { id: id(1), notes: 'secret' });
  await book.call('contact.softDelete', { id: id(1) });
  await book.call('contact.purge', { ids: [id(1)] });
  const tables = ['sync_link', 'sync_outbox', 'sync_conflict', 'sync_attempt'];
  const stored = JSON.stringify(tables.map((table) => book.store.db.prepare(`select * from ${table}`).all()));
  expect(stored).not.toContain('Ann');
  expect(stored).not.toContain('secret');
  const attempt = await book.push(id(1), ann());
  expect(attempt).toMatchObject({ method: 'DELETE' });
  await book.sync.settle(id(1), attempt?.id ?? '', null);
  expect(waiting()).toBe(0);
});

test('a tag that is deleted here is taken from the contacts there', async () => {
  const names = { tags: [{ id: id(21), name: 'VIP' }] };
  const tagged = row(id(1), { name: 'Ann' }, { sets: { tags: [id(21)] } });
  await book.sync.pull(rows([tagged, row(id(2), { name: 'Ben' })], names));
  const [tag] = (await get(id(1))).tags ?? [];
  await book.call('tag.delete', { id: tag?.id ?? '' });
  expect((await book.due()).map(({ contactId }) => contactId)).toEqual([id(1)]);
  expect(bodyOf(await book.push(id(1), tagged))).toMatchObject({ tags: [] });
});

test('a book as the server takes every type, decimals and what no column holds', async () => {
  await book.sync.saveDialect({ server: 'fieldbook' });
  const { id: own } = await book.call('contact.create', { name: 'Ann', contactType: 'VENDOR', budget: 1.5, extra: { hobby: 'go' } });
  expect((await book.due())[0]?.newTags).toEqual([]);
  expect(bodyOf(await book.push(own, null))).toMatchObject({ contactType: 'VENDOR', budget: 1.5, extra: { hobby: 'go' } });
});
