import type { Store } from '../store/open.ts';
import type { Counts } from './writer.ts';

/** Counts kept in the settings table, changed in the same transaction as the contacts they count. */
export function createCounts(store: Store): Counts {
  const read = store.db.prepare('select value from setting where key = ?').pluck();
  const write = store.db.prepare(
    `insert into setting (key, value) values (?, ?) on conflict (key) do update set value = value + excluded.value`,
  );
  let version = 0;
  return {
    live: () => Number(read.get('count.live') ?? 0),
    trashed: () => Number(read.get('count.trashed') ?? 0),
    version: () => version,
    add(live, trashed) {
      version += 1;
      if (live !== 0) write.run('count.live', live);
      if (trashed !== 0) write.run('count.trashed', trashed);
    },
  };
}
