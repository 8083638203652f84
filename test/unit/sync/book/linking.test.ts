import { afterEach, beforeEach, expect, test } from 'vitest';
import { id, openSyncedBook, row, rows, type SyncedBook } from './support.ts';

let book: SyncedBook;
beforeEach(() => {
  book = openSyncedBook();
});
afterEach(() => book.close());

test('a book without a server keeps nothing for one', async () => {
  const { id: own } = await book.call('contact.create', { name: 'Ann' });
  await book.call('contact.update', { id: own, name: 'Anne' });
  expect(book.sync.counts()).toEqual({ waiting: 0, conflicts: 0, parked: 0, quarantined: 0 });
  expect(book.sync.contacts([own])).toEqual([{ id: own, state: 'local', checkedAt: null, notes: [] }]);
  expect(book.sync.linkedAccount()).toBeNull();
  await expect(book.sync.account()).rejects.toThrow('not linked');
});

test('linking queues every live contact in the order of the book, and none of the trash', async () => {
  const names = ['Ann', 'Ben', 'Cem'];
  for (const name of names) await book.call('contact.create', { name });
  const trashed = await book.call('contact.create', { name: 'Dan' });
  await book.call('contact.softDelete', { id: trashed.id });
  await book.link();
  expect(book.sync.outbox(10, 0)).toMatchObject({
    total: 3,
    items: names.map((name) => ({ name, kind: 'create', fields: expect.arrayContaining(['name']) as unknown, state: 'waiting', nextAt: null })),
  });
  expect(book.sync.linkedAccount()).toMatchObject({ url: 'https://crm.example', organizationName: 'Office', linkedAt: book.clock.now() });
  expect(await book.sync.account()).toMatchObject({ region: 'DE', progress: { watermark: null, lastSuccessAt: null } });
});

test('a contact made while linking is under way is queued as well', async () => {
  for (let number = 0; number < 3_000; number += 1) book.writer.run({ actor: 'ui', label: '', state: 'aside', sliced: true }, (edit) => edit.create({ scalars: { name: `Contact ${number}` } }));
  const linking = book.link();
  const late = await book.call('contact.create', { name: 'Late' });
  await linking;
  expect(book.sync.counts().waiting).toBe(3_001);
  expect(book.store.db.prepare('select 1 from sync_outbox where contact_id = ?').get(late.id)).toBeDefined();
});

test('unlinking keeps every contact and forgets everything else', async () => {
  await book.link();
  await book.sync.pull(rows([row(id(1), { name: 'Ann' }, { sets: { tags: [id(21)] } }), row(id(2), { name: 'Ben' })], { tags: [{ id: id(21), name: 'VIP' }] }));
  await book.call('contact.update', { id: id(1), notes: 'tea' });
  book.sync.unlink();
  expect(await book.call('contact.count', {})).toBe(2);
  expect(book.lists.tags.all().map((tag) => tag.name)).toEqual(['VIP']);
  expect(book.sync.counts().waiting).toBe(0);
  book.check();
  await book.link();
  expect(book.sync.counts().waiting).toBe(2);
});

test('linked again, contacts the server still has are recognised by their id and nothing is doubled', async () => {
  await book.link();
  const ann = row(id(1), { name: 'Ann', budgetType: null });
  await book.sync.pull(rows(ann));
  book.sync.unlink();
  await book.link();
  expect(await book.sync.pull(rows(ann))).toEqual({ created: 0, updated: 0, deleted: 0 });
  expect(book.sync.counts()).toMatchObject({ waiting: 0, conflicts: 0 });
});

test('what was trashed while there was no link, and is still there, is asked about', async () => {
  await book.link();
  await book.sync.pull(rows(row(id(1), { name: 'Ann' })));
  book.sync.unlink();
  await book.call('contact.softDelete', { id: id(1) });
  await book.link();
  await book.sync.pull(rows(row(id(1), { name: 'Ann' })));
  expect(book.sync.conflicts().items).toMatchObject([{ kind: 'deletedHereEditedThere', contactId: id(1) }]);
  expect(await book.call('contact.count', {})).toBe(1);
});

test('how far pulling has come survives, and what belongs to the account with it', async () => {
  await book.link();
  await book.sync.saveProgress({ watermark: '2026-11-20T00:00:00.000Z', firstPull: { page: 3, watermark: null } });
  await book.sync.saveProgress({ firstPull: null });
  await book.sync.saveDialect({ clientIdsProven: true });
  expect(await book.sync.account()).toMatchObject({
    dialect: { server: 'gauzy', clientIds: true, clientIdsProven: true }, progress: { watermark: '2026-11-20T00:00:00.000Z', firstPull: null },
  });
});

test('the outbox says what is done to each contact', async () => {
  await book.link();
  await book.sync.pull(rows([row(id(1), { name: 'Ann' }), row(id(2), { name: 'Ben' })]));
  await book.call('contact.update', { id: id(1), notes: 'tea', contact: { city: 'Ulm' } });
  await book.call('contact.softDelete', { id: id(2) });
  const { id: own } = await book.call('contact.create', { name: 'Cem' });
  const attempt = await book.push(own, null);
  await book.sync.failed(own, attempt?.id ?? null, { kind: 'transient', status: 503, message: 'The server is busy', inDoubt: false });
  expect(book.sync.outbox(2, 0).items).toMatchObject([
    { name: 'Ann', kind: 'update', fields: ['notes', 'contact.city'], state: 'waiting' },
    { name: 'Ben', kind: 'delete', fields: [], state: 'waiting' },
  ]);
  expect(book.sync.outbox(2, 2).items).toMatchObject([{ name: 'Cem', kind: 'create', state: 'retrying', lastMessage: 'The server is busy' }]);
});

test('what others changed while away is told once per contact, without what came and went', async () => {
  await book.link();
  await book.sync.pull(rows([row(id(1), { name: 'Ann' }), row(id(2), { name: 'Ben' })]));
  const since = book.journal.head();
  await book.call('contact.update', { id: id(1), budget: 5 });
  await book.sync.pull(rows([row(id(1), { name: 'Anne' }), row(id(3), { name: 'Cem' }), row(id(4), { name: 'Dan' })]));
  await book.sync.gone(id(2));
  await book.sync.gone(id(4));
  expect(book.sync.changedBySync(since)).toMatchObject({
    created: 1, updated: 1, deleted: 1,
    contacts: [{ name: 'Ben', kind: 'deleted' }, { name: 'Cem', kind: 'created' }, { name: 'Anne', kind: 'updated' }],
  });
});

test('when a contact was seen on the server is known, by itself or with all', async () => {
  await book.link();
  await book.sync.pull(rows(row(id(1), { name: 'Ann' })));
  const first = book.clock.now();
  expect(book.sync.contacts([id(1)])).toEqual([{ id: id(1), state: 'synced', checkedAt: first, notes: [] }]);
  book.clock.pass(60_000);
  await book.sync.saveProgress({ lastSweepAt: book.clock.now() });
  expect(book.sync.contacts([id(1)])).toMatchObject([{ checkedAt: book.clock.now() }]);
});

test('rows that could not be taken are listed until they can', async () => {
  await book.link();
  await book.sync.quarantine([{ remoteId: id(1), name: null, reason: 'It has no name', raw: '{}' }]);
  expect(book.sync.quarantined()).toMatchObject({ total: 1, items: [{ remoteId: id(1), reason: 'It has no name' }] });
  await book.sync.pull(rows(row(id(1), { name: 'Ann' })));
  expect(book.sync.quarantined().total).toBe(0);
});
