import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Failure } from '../../../../electron/sync/ports.ts';
import { backoffMs, refusalMs } from '../../../../electron/sync/book/backoff.ts';
import { id, openSyncedBook, row, rows, type SyncedBook } from './support.ts';

let book: SyncedBook;
let own: string;
beforeEach(async () => {
  book = openSyncedBook();
  await book.link();
  own = (await book.call('contact.create', { name: 'Ann' })).id;
});
afterEach(() => book.close());

const next = async () => (await book.sync.nextPush({ after: 0, ignoreBackoff: false }))?.contactId;
const busy: Failure = { kind: 'transient', status: 503, message: 'busy', inDoubt: false };
const bad: Failure = { kind: 'refused', status: 400, message: 'name should not be empty', field: 'name', inDoubt: false };

/** Begins and fails the contact that waits. */
async function fail(failure: Failure): Promise<void> {
  const attempt = await book.push(own, null);
  await book.sync.failed(own, attempt?.id ?? null, failure);
}

test('after a failure it waits longer each time, up to a quarter of an hour, and at random', () => {
  const always = (value: number) => () => value;
  expect([1, 2, 3, 4].map((times) => backoffMs(times, always(1)))).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(backoffMs(30, always(1))).toBe(900_000);
  expect(backoffMs(3, always(0))).toBe(0);
});

test('five refusals are spread over ten minutes at least', () => {
  const waits = [1, 2, 3, 4].map((times) => refusalMs(times, () => 0) ?? 0);
  expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThanOrEqual(600_000);
  expect(refusalMs(5, () => 0)).toBeNull();
});

test('a busy server never parks a contact', async () => {
  for (let times = 0; times < 20; times += 1) await fail(busy);
  expect(book.sync.counts()).toMatchObject({ waiting: 1, parked: 0 });
  expect(await next()).toBeUndefined();
  book.clock.pass(900_000);
  expect(await next()).toBe(own);
});

test('a refused contact is tried five times and then parked with what the server said', async () => {
  for (let times = 1; times <= 5; times += 1) {
    expect(book.sync.counts().parked).toBe(0);
    await fail(bad);
    book.clock.pass(200_000);
  }
  expect(book.sync.parked().items).toMatchObject([
    { contactId: own, name: 'Ann', status: 400, field: 'name', message: 'name should not be empty', attempts: 5, reason: 'The server refused it' },
  ]);
  expect(await book.due()).toEqual([]);
});

test('a busy server between two refusals starts their counting anew', async () => {
  for (let times = 0; times < 4; times += 1) await fail(bad);
  await fail(busy);
  await fail(bad);
  expect(book.sync.counts().parked).toBe(0);
});

test('what is refused for good is parked at once; the others go on', async () => {
  const ben = await book.call('contact.create', { name: 'Ben' });
  await fail({ kind: 'final', status: 403, message: 'Forbidden resource', inDoubt: false });
  expect(book.sync.parked().items).toMatchObject([{ contactId: own, status: 403, reason: 'You may not change contacts on the server' }]);
  expect(await next()).toBe(ben.id);
  expect(book.sync.contacts([own])).toMatchObject([{ state: 'refused' }]);
});

test('editing a parked contact sends it again, and so does asking for it', async () => {
  await fail({ kind: 'final', status: 422, message: 'no', inDoubt: false });
  await book.call('contact.update', { id: own, name: 'Anne' });
  expect(await next()).toBe(own);
  await fail({ kind: 'final', status: 422, message: 'no', inDoubt: false });
  const [parked] = book.sync.parked().items;
  expect(book.sync.retry(parked?.id ?? '')).toMatchObject({ contactId: own });
  expect(await next()).toBe(own);
  expect(() => book.sync.retry(parked?.id ?? '')).toThrow('There is no refused record with this id');
});

test('a request that was refused is no longer in doubt; one without an answer is', async () => {
  await fail(bad);
  expect((await book.due())[0]?.doubt).toBeNull();
  await fail({ ...busy, inDoubt: true });
  expect((await book.due())[0]?.doubt).not.toBeNull();
});

test('discarding a refused change takes what the server holds, and can be undone', async () => {
  await book.sync.pull(rows(row(id(1), { name: 'Ben', notes: 'tea' })));
  await book.call('contact.update', { id: id(1), notes: 'coffee', budget: 10 });
  const attempt = await book.push(id(1), row(id(1), { name: 'Ben', notes: 'tea' }));
  await book.sync.failed(id(1), attempt?.id ?? null, { kind: 'final', status: 422, message: 'no', inDoubt: false });
  const [parked] = book.sync.parked().items;
  expect(book.sync.remoteIdOfParked(parked?.id ?? '')).toBe(id(1));
  book.sync.discard(parked?.id ?? '', rows(row(id(1), { name: 'Ben', notes: 'water' })), 'ui');
  expect(await book.call('contact.get', { id: id(1) })).toMatchObject({ notes: 'water', budget: null });
  expect(book.sync.counts()).toMatchObject({ parked: 0, waiting: 1 });
  book.check();
  await book.call('undo.undo', {});
  expect(await book.call('contact.get', { id: id(1) })).toMatchObject({ notes: 'coffee', budget: 10 });
  expect(book.sync.counts().waiting).toBe(2);
});

test('discarding a contact the server never had moves it to the trash', async () => {
  await fail({ kind: 'final', status: 422, message: 'no', inDoubt: false });
  const [parked] = book.sync.parked().items;
  book.sync.discard(parked?.id ?? '', null, 'ui');
  expect(book.reader.find(own)?.deletedAt).not.toBeNull();
  expect(book.sync.counts()).toMatchObject({ parked: 0, waiting: 0 });
});
