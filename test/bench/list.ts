import { interleave, median, ms, ratioOf, row, type Row } from './measure.ts';
import { openHost } from './open-host.ts';
import { startHost } from './processes.ts';
import { seededProfile } from './profiles.ts';
import type { BenchOptions } from './rest.ts';
import { sortColumns, type SortColumn } from '../../shared/operations/contacts.ts';

const limit = 1.3;
const pagesARound = 20;

/** The first page of the list, in every order, and the start: neither may depend on how many contacts there are. */
export async function benchList({ quick }: BenchOptions): Promise<Row[]> {
  const [few, many] = quick ? [1000, 10_000] : [1000, 1_000_000];
  const folders = { small: await seededProfile(few), large: await seededProfile(many) };
  const names = `${many.toLocaleString('en')} contacts against ${few.toLocaleString('en')}`;
  const rows: Row[] = [];

  const small = await openHost(folders.small);
  const large = await openHost(folders.large);
  const pages = (book: typeof small, sorts: readonly SortColumn[]) => async () => {
    const begun = performance.now();
    for (let index = 0; index < pagesARound; index += 1) {
      for (const sort of sorts) await book.call('contact.page', { limit: 100, sort });
    }
    return (performance.now() - begun) / pagesARound / sorts.length;
  };
  const orders: [words: string, sorts: SortColumn[]][] = [
    ['first page', ['name']],
    ['first page by each other column', sortColumns.filter((sort) => sort !== 'name')],
  ];
  for (const [words, sorts] of orders) {
    const turns = { small: pages(small, sorts), large: pages(large, sorts) };
    await interleave(2, turns); // warm
    const times = await interleave(quick ? 5 : 25, turns);
    const figure = `${ms(median(times.large))} against ${ms(median(times.small))}`;
    rows.push(row(`list: ${words}, ${names}`, figure, ratioOf(times.large, times.small), 'at most', limit));
  }
  await small.close();
  await large.close();

  const start = (folder: string) => async () => {
    const server = await startHost(folder);
    await server.stop();
    return server.startedIn;
  };
  const starts = await interleave(quick ? 2 : 9, { small: start(folders.small), large: start(folders.large) });
  const figure = `${ms(median(starts.large))} against ${ms(median(starts.small))}`;
  rows.push(row(`list: start to ready, ${names}`, figure, ratioOf(starts.large, starts.small), 'at most', limit));
  return rows;
}
