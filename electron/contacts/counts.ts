import type { Store } from '../store/open.ts';
import type { Counts } from './writer.ts';

/**
 * Counts kept in the settings table, changed in the same transaction as the contacts they count. The uses of tags are
 * counted once, from an index alone, and kept in memory from then on.
 */
export function createCounts(store: Store): Counts {
  const read = store.db.prepare('select value from setting where key = ?').pluck();
  const write = store.db.prepare(
    `insert into setting (key, value) values (?, ?) on conflict (key) do update set value = value + excluded.value`,
  );
  let version = 0;
  let uses: Map<number, number> | undefined;

  function countUses(): Map<number, number> {
    const count = (where: string) =>
      store.db.prepare(`select tag_no, count(*) from contact_tag ${where} group by tag_no`).raw().all() as [number, number][];
    const counted = new Map(count(''));
    const trashed = count('where contact_no in (select no from contact where deleted_at is not null)');
    for (const [no, many] of trashed) counted.set(no, (counted.get(no) ?? 0) - many);
    return counted;
  }

  return {
    live: () => Number(read.get('count.live') ?? 0),
    trashed: () => Number(read.get('count.trashed') ?? 0),
    version: () => version,
    tagUses: () => (uses ??= countUses()),
    moveTags(moves) {
      if (uses) for (const [no, by] of moves) uses.set(no, (uses.get(no) ?? 0) + by);
    },
    add(live, trashed) {
      version += 1;
      if (live !== 0) write.run('count.live', live);
      if (trashed !== 0) write.run('count.trashed', trashed);
    },
  };
}
