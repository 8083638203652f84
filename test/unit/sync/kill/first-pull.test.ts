import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/book.ts';
import { checkBook } from '../book/invariants.ts';
import { openOffice, withBook, type Office } from './office.ts';

const contacts = 50_000;
const kills = 20;
const perPage = 100;

let office: Office;
let folder: ReturnType<typeof temporaryFolder>;
beforeAll(async () => {
  office = await openOffice();
  office.remote.seed(contacts);
  folder = temporaryFolder();
});
afterAll(async () => {
  await office.close();
  folder.remove();
});

test('the first pull of 50,000 contacts, killed 20 times, ends with each of them once and goes on where it was', { timeout: 600_000 }, async () => {
  await office.link(folder.path);
  const pages = contacts / perPage;
  for (let kill = 0; kill < kills; kill += 1) {
    const point = kill % 2 === 0 ? 'pull:before' : 'pull:after';
    await office.killedCycle(folder.path, point, Math.ceil(pages / (kills + 2)));
  }
  // Progress is kept every five pages, and two are on their way: nothing before that is fetched again.
  const fetched = office.remote.requests.filter(({ path }) => path.includes('/pagination?') && path.includes('createdAt'));
  expect(fetched.length).toBeLessThan(pages + kills * 8);
  expect(await office.cycle(folder.path, false)).toMatchObject({ outcome: 'done' });

  await withBook(folder.path, ({ store, counts }, sync) => {
    const count = (sql: string) => store.db.prepare(sql).pluck().get() as number;
    expect(counts.live()).toBe(contacts);
    expect(count('select count(distinct remote_id) from sync_link where gone = 0')).toBe(contacts);
    expect(count('select count(*) from contact_search')).toBe(contacts);
    expect(store.db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(checkBook(store)).toEqual([]);
    expect(sync.counts()).toEqual({ waiting: 0, conflicts: 0, parked: 0, quarantined: 0 });
  });
});
