import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { id, openSyncedBook, row, rowOf, rows, type SyncedBook } from './support.ts';

let book: SyncedBook;
beforeEach(async () => {
  book = openSyncedBook();
  await book.link();
  await book.sync.learnTag('type:vendor', { id: id(81), name: 'type:vendor' });
  await book.sync.learnTag('type:partner', { id: id(82), name: 'type:partner' });
});
afterEach(() => book.close());

const numRuns = Number(process.env['MERGE_CASES'] ?? 2_000) / 20;
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const text = maybe(fc.constantFrom('a', ' b ', 'Zoe\u0301', 'long\ntext', ''));
const names = {
  tags: [{ id: id(51), name: 'VIP' }, { id: id(52), name: 'Press' }],
  members: [{ id: id(61), name: 'Bea', email: 'bea@office.example' }],
  projects: [{ id: id(71), name: 'Fair' }],
};

/** A contact as a server may hold it. */
const there = fc
  .record({
    values: fc.record({
      name: fc.constantFrom('Ann', 'Ben'),
      contactType: fc.constantFrom('CLIENT', 'LEAD', 'VENDOR', 'PARTNER'),
      budgetType: maybe(fc.constantFrom('COST', 'HOURS')),
      budget: maybe(fc.integer()),
      notes: text, primaryPhone: text, 'contact.city': text, 'contact.website': text,
      'contact.latitude': maybe(fc.double({ min: -90, max: 90, noNaN: true })),
      isActive: fc.boolean(), isArchived: fc.boolean(),
      imageId: maybe(fc.constantFrom(id(41), id(42))),
    }),
    sets: fc.record({
      tags: fc.subarray([id(51), id(52), id(59)]), members: fc.subarray([id(61), id(69)]), projects: fc.subarray([id(71)]),
    }),
  })
  .map(({ values, sets }) => row(id(1), values, { sets }));

const toSend = () => book.sync.outbox(10, 0).items.map(({ fields }) => fields);

test('what came from the server is never taken for a change made here', async () => {
  await book.sync.storeImage(id(41), 'image/png', new Uint8Array([1]));
  await fc.assert(
    fc.asyncProperty(there, there, async (first, second) => {
      await book.sync.pull(rows(first, names));
      await book.sync.pull(rows(second, names));
      expect(book.base(id(1))).toEqual(second.snapshot);
      expect(toSend()).toEqual([]);
      book.check();
    }),
    { numRuns },
  );
});

test('what is sent and comes back changes nothing here, also where the server holds it in another way', async () => {
  const own = await book.call('employee.create', { fullName: 'Only here' });
  await book.sync.pull(rows(row(id(2), { name: 'Names' }, { sets: { tags: [id(51)], members: [id(61)] } }), names));
  const tagsHere = book.lists.tags.all().map((tag) => ({ id: tag.id }));
  const here = fc.record({
    name: fc.constantFrom('Ann', 'Zoe\u0301 '),
    contactType: fc.constantFrom('VENDOR' as const, 'PARTNER' as const, 'LEAD' as const),
    budget: maybe(fc.oneof(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.integer())),
    notes: text,
    members: fc.subarray([{ id: own.id }]),
    tags: fc.subarray(tagsHere),
    extra: maybe(fc.constant({ hobby: 'go' })),
  });
  await fc.assert(
    fc.asyncProperty(here, here, async (first, second) => {
      const { id: contactId } = await book.call('contact.create', first);
      const created = await book.send(contactId, null);
      await book.call('contact.update', { id: contactId, ...second });
      const before = book.reader.find(contactId);
      const attempt = await book.push(contactId, created);
      const expected = book.store.db.prepare('select expected from sync_attempt where contact_id = ?').pluck().get(contactId);
      const now = attempt ? rowOf(contactId, JSON.parse(String(expected)), { updatedAt: '2026-11-23T10:00:00.000Z' }) : created;
      if (attempt) await book.sync.settle(contactId, attempt.id, rows(now));
      await book.sync.pull(rows(now, names));
      expect(book.reader.find(contactId)).toEqual(before);
      expect(toSend()).toEqual([]);
      expect(book.sync.counts().conflicts).toBe(0);
      book.check();
    }),
    { numRuns: numRuns / 2 },
  );
});

test('changes of both sides meet in one contact that both then have', async () => {
  await book.sync.storeImage(id(41), 'image/png', new Uint8Array([1]));
  const edits = fc.record({ notes: text, primaryPhone: text, contactType: fc.constantFrom('VENDOR' as const, 'LEAD' as const) });
  await fc.assert(
    fc.asyncProperty(there, edits, there, async (first, mine, second) => {
      await book.sync.pull(rows(first, names));
      await book.call('contact.update', { id: id(1), ...mine });
      const attempt = await book.push(id(1), second);
      if (!attempt) return;
      const expected = book.store.db.prepare('select expected from sync_attempt where contact_id = ?').pluck().get(id(1));
      const settled = rowOf(id(1), JSON.parse(String(expected)));
      await book.sync.settle(id(1), attempt.id, rows(settled));
      expect(toSend()).toEqual([]);
      expect(book.base(id(1))).toEqual(settled.snapshot);
      book.check();
    }),
    { numRuns },
  );
});
