import type { Condition } from './filter.ts';
import type { Counts } from './writer.ts';
import type { Store } from '../store/open.ts';

const remembered = 200;

/** Totals of filtered lists, counted once and remembered until any contact changes. */
export type Totals = (condition: Condition, deleted: 'live' | 'trashed' | 'both') => number;

export const liveness = { live: 'deleted_at is null', trashed: 'deleted_at is not null', both: '1' } as const;

export function createTotals(store: Store, counts: Counts): Totals {
  let countedAt = -1;
  const known = new Map<string, number>();
  return (condition, deleted) => {
    if (condition.sql === '1' || condition.sql === '(1)') {
      if (deleted === 'live') return counts.live();
      if (deleted === 'trashed') return counts.trashed();
      return counts.live() + counts.trashed();
    }
    if (countedAt !== counts.version() || known.size > remembered) {
      known.clear();
      countedAt = counts.version();
    }
    const key = `${deleted} ${condition.sql} ${JSON.stringify(condition.values)}`;
    let total = known.get(key);
    if (total === undefined) {
      const sql = `select count(*) from contact where ${liveness[deleted]} and (${condition.sql})`;
      total = store.statement(sql).pluck().get(...condition.values) as number;
      known.set(key, total);
    }
    return total;
  };
}
