import { expect, test } from 'vitest';
import { createSyncBook } from '../../../../electron/sync/book/book.ts';
import { createSlices, type Slices } from '../../../../electron/store/slices.ts';
import { openTestBook } from '../../support/book.ts';
import { longList } from '../../../../electron/sync/long-list.ts';
import { id, openSyncedBook, row, rows, start } from './support.ts';

test('a page of the server is taken in as many pieces as its time allows: windows are answered in between', async () => {
  let worked = 0;
  const book = openTestBook({
    // Each contact takes its time.
    clock() {
      worked += 1;
      return new Date(start);
    },
  });
  const timed = createSlices(() => worked, 10);
  const pieces: number[] = [];
  const slices: Slices = {
    each: (items, work, signal) =>
      timed.each(items, (part) => {
        const before = book.counts.live();
        work(part);
        pieces.push(book.counts.live() - before);
      }, signal),
  };
  const sync = createSyncBook({ ...book, slices, random: () => 0.5, announceLists: () => undefined });
  await sync.link({
    url: 'https://crm.example', tenantId: id(90), organizationId: id(91), organizationName: 'Office', userName: 'Ann',
    dialect: { server: 'gauzy', clientIds: true },
  });

  expect(await sync.pull(rows(Array.from({ length: 100 }, (_, at) => row(id(at + 1), { name: `Ann ${at}` }))))).toMatchObject({ created: 100 });
  expect(pieces.length).toBeGreaterThan(5);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(10);
  book.close();
});

test('many conflicts are listed in as many pieces as their time allows, and what is answered meanwhile is left out', async () => {
  const mine = openSyncedBook();
  try {
    await mine.link();
    for (let number = 1; number <= 6; number += 1) {
      await mine.sync.pull(rows(row(id(number), { name: `Ann ${number}` })));
      await mine.call('contact.update', { id: id(number), notes: 'mine' });
      await mine.sync.pull(rows(row(id(number), { name: `Ann ${number}`, notes: 'theirs' })));
    }
    let time = 0;
    let pieces = 0;
    const slices = createSlices(() => (time += 1), 3);
    const counted: Slices = {
      each: (items, work, signal) =>
        slices.each(items, (part) => {
          pieces += 1;
          work(part);
        }, signal),
    };
    const ids = mine.sync.conflictIds();
    expect(ids).toHaveLength(6);
    const list = longList(counted, ids, (conflict) => mine.sync.conflicts([conflict]).items);
    mine.sync.resolve(ids.at(-1) ?? '', 'theirs', 'ui');
    expect(await list).toMatchObject({ total: 5, items: mine.sync.conflicts().items });
    expect(pieces).toBeGreaterThan(1);
  } finally {
    mine.close();
  }
});
