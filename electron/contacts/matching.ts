import type { Slices } from '../store/slices.ts';
import type { Store } from '../store/open.ts';
import type { Condition } from './filter.ts';
import { liveness } from './totals.ts';
import type { Counts } from './writer.ts';

/**
 * The numbers of the contacts that match a condition, ascending, found by looking at every contact once in slices that
 * let others be answered in between. A contact that changes meanwhile is judged as it was when its turn came.
 */
export type Matching = (condition: Condition, state: keyof typeof liveness) => Promise<readonly number[]>;

const contactsAtOnce = 500;
const remembered = 4;

/** The last few answers are kept until any contact changes: a program that turns pages asks for the same again. */
export function createMatching({ store, slices, counts }: { store: Store; slices: Slices; counts: Counts }): Matching {
  const known = new Map<string, readonly number[]>();
  let knownAt = -1;

  return async (condition, state) => {
    const version = counts.version();
    if (knownAt !== version) known.clear();
    const key = `${state} ${condition.sql} ${JSON.stringify(condition.values)}`;
    const found = known.get(key) ?? (await scan(condition, state));
    if (counts.version() !== version) return found;
    knownAt = version;
    known.delete(key);
    known.set(key, found);
    const oldest = known.size > remembered ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return found;
  };

  async function scan({ sql, values }: Condition, state: keyof typeof liveness): Promise<readonly number[]> {
    const last = (store.statement('select max(no) from contact').pluck().get() as number | null) ?? 0;
    const starts = Array.from({ length: Math.ceil(last / contactsAtOnce) }, (_, index) => index * contactsAtOnce);
    const matches = store
      .statement(`select no from contact not indexed where no > ? and no <= ? and ${liveness[state]} and (${sql}) order by no`)
      .pluck();
    const nos: number[] = [];
    await slices.each(starts, (part) => {
      for (const start of part()) nos.push(...(matches.all(start, start + contactsAtOnce, ...values) as number[]));
    });
    return nos;
  }
}
