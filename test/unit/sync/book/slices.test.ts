import { expect, test } from 'vitest';
import { createSyncBook } from '../../../../electron/sync/book/book.ts';
import { createSlices, type Slices } from '../../../../electron/store/slices.ts';
import { openTestBook } from '../../support/book.ts';
import { id, row, rows, start } from './support.ts';

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
