import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { clearSearch } from '../../../electron/backups/inspect.ts';
import { createSearchUpkeep } from '../../../electron/contacts/search-upkeep.ts';
import type { Store } from '../../../electron/store/open.ts';
import { openTestBook, temporaryFolder, type TestBook } from '../support/book.ts';
import { openTestHost } from '../support/host.ts';

/** More than FTS5 leaves alone on one level of the index; a level has fewer than eight when nothing is left to merge. */
const manyCommits = 200;
const few = 16;

const segments = ({ db }: Store) => db.prepare('select count(distinct segid) from contact_search_idx').pluck().get() as number;
const totalChanges = ({ db }: Store) => db.prepare('select total_changes()').pluck().get() as number;
const pass = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Lets go on what waits for nothing but promises: no turn of the event loop, so the book's own upkeep stays out. */
const tick = () => new Promise<void>((resolve) => process.nextTick(resolve));
const silent = { error: () => undefined };

function openBook(): TestBook {
  const book = openTestBook();
  onTestFinished(() => book.close());
  return book;
}

/** Commits so close together that nothing else has a turn in between. */
function burst(book: TestBook, commits = manyCommits): void {
  for (let index = 0; index < commits; index += 1) {
    book.writer.run({ actor: 'ui', label: 'Created', state: 'done' }, (edit) => edit.create({ scalars: { name: `Ann Lee ${index}` } }));
  }
}

async function settled(store: Store): Promise<void> {
  for (let quiet = 0, before = -1; quiet < 20; quiet += 1) {
    await pass();
    const now = totalChanges(store);
    if (now !== before) quiet = 0;
    before = now;
  }
}

test('after many small changes the search index is put together again, while nobody waits for it', async () => {
  const book = openBook();
  burst(book);
  expect(segments(book.store)).toBe(manyCommits);
  await settled(book.store);
  expect(segments(book.store)).toBeLessThan(few);
  expect((await book.call('contact.search', { q: 'ann', limit: 100 })).items).toHaveLength(100);
});

test('changes that go on and on do not leave the index in pieces', async () => {
  const book = openBook();
  const ids = Array.from({ length: 500 }, (_, index) => index);
  let most = 0;
  await book.slices.each(ids, (part) => {
    // Five commits for one turn of the upkeep.
    for (let commits = 0; commits < 5; commits += 1) {
      const item = part().next();
      if (!item.done) burst(book, 1);
    }
    most = Math.max(most, segments(book.store));
  });
  expect(most).toBeLessThan(5 * few);
});

test('search finds the same whatever was merged between the changes', async () => {
  const change = fc.record({
    at: fc.nat(30),
    name: fc.constantFrom('Ann Lee', 'Annika Berg', 'Bob Ansari', 'Zoë Ångström', 'Li'),
    kind: fc.constantFrom('save', 'save', 'delete', 'restore'),
    merge: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 20, maxLength: 50 }), async (changes) => {
      const merged = openTestBook();
      const left = openTestBook();
      const upkeep = createSearchUpkeep({ store: merged.store, turns: { turn: async () => () => true }, log: silent });
      try {
        for (const { at, name, kind, merge } of changes) {
          for (const { writer } of [merged, left]) {
            writer.run({ actor: 'ui', label: 'Changed', state: 'done' }, (edit) => {
              const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
              const record = edit.find(id);
              if (!record) edit.create({ scalars: { name } }, id);
              else if (kind === 'save') edit.update(record, { scalars: { name } });
              else edit.setDeleted(record, kind === 'delete');
            });
          }
          if (merge) upkeep.start();
          await tick();
        }
        const found = (book: TestBook, text: string) => book.search.page({ text }, null, 100).nos;
        for (const q of ['a', 'an', 'ann', 'lee', 'ang', 'b', 'li']) expect(found(merged, q), q).toEqual(found(left, q));
        merged.store.db.exec(`insert into contact_search (contact_search) values ('integrity-check')`);
      } finally {
        await upkeep.close();
        merged.close();
        left.close();
      }
    }),
    { numRuns: 8 },
  );
});

test('after most contacts were deleted the index is small again', async () => {
  const book = openBook();
  burst(book, 300);
  await settled(book.store);
  const size = () => book.store.db.prepare('select sum(length(block)) from contact_search_data').pluck().get() as number;
  const full = size();
  const ids = book.store.db.prepare('select id from contact').pluck().all() as string[];
  await book.call('contact.deleteMany', { ids: ids.slice(10) });
  burst(book, 8);
  await settled(book.store);
  expect(size()).toBeLessThan(full / 2);
  expect((await book.call('contact.search', { q: 'ann', limit: 100 })).items).toHaveLength(18);
});

test('one turn is one command at least, and after closing none is taken', async () => {
  const book = openBook();
  burst(book);
  const waiting: (() => void)[] = [];
  const turn = () => new Promise<() => boolean>((resolve) => waiting.push(() => resolve(() => false)));
  const upkeep = createSearchUpkeep({ store: book.store, turns: { turn }, log: silent });
  upkeep.start();
  upkeep.start();
  expect(waiting).toHaveLength(1);
  const before = totalChanges(book.store);
  waiting.shift()?.();
  await tick();
  expect(totalChanges(book.store)).toBeGreaterThan(before + 1);
  expect(waiting).toHaveLength(1);

  const after = totalChanges(book.store);
  const closed = upkeep.close();
  waiting.shift()?.();
  await closed;
  expect([totalChanges(book.store), waiting.length]).toEqual([after, 0]);
});

test('a merge that fails is noted, and the next changes bring another', async () => {
  const book = openBook();
  burst(book, 20);
  let full = true;
  const store: Store = {
    ...book.store,
    transaction(work, onDisk) {
      if (full) throw new Error('disk full');
      return book.store.transaction(work, onDisk);
    },
  };
  const errors: unknown[] = [];
  const upkeep = createSearchUpkeep({ store, turns: { turn: async () => () => true }, log: { error: (entry: unknown) => errors.push(entry) } });
  upkeep.start();
  await tick();
  expect(errors).toEqual([{ err: new Error('disk full') }]);
  full = false;
  for (let commits = 0; commits < 8; commits += 1) upkeep.noticeCommit();
  await tick();
  expect([errors.length, segments(store)]).toEqual([1, 1]);
});

test('an index made anew by a repair is kept like any other', async () => {
  const book = openBook();
  clearSearch(book.store.db);
  createSearchUpkeep({ store: book.store, turns: book.slices, log: silent });
  burst(book);
  expect(segments(book.store)).toBe(manyCommits);
  await settled(book.store);
  expect(segments(book.store)).toBeLessThan(few);
});

test('what was left when the program ended is merged at the next start', async () => {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const open = () => openTestHost(folder.path, { api: false });
  await (await open()).close();
  const book = openTestBook({ dataDir: folder.path });
  burst(book);
  book.close();

  const host = await open();
  for (let passes = 0; passes < 100; passes += 1) await pass();
  await host.close();
  const after = openTestBook({ dataDir: folder.path });
  expect(segments(after.store)).toBeLessThan(few);
  after.close();
});
