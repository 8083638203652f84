import type { Turns } from '../store/slices.ts';
import type { Store } from '../store/open.ts';
import type { IndexedOrder, Key } from './contact-order.ts';
import type { Condition } from './filter.ts';
import { liveness } from './totals.ts';

export interface Stretch {
  skip: number;
  take: number;
}

/** The numbers of the contacts in one stretch of a list, read along an index to where the stretch is. */
export type OrderWalk = (order: IndexedOrder, condition: Condition, state: keyof typeof liveness, stretch: Stretch) => Promise<number[]>;

const readAtOnce = 500;

/** Where an index is read on: behind a row of keys, in its part without or with the first key. */
interface Place {
  isEmpty: boolean;
  after: readonly Key[] | null;
}

/** The first piece is read at once; for a stretch far off, or where few match, others are answered in between. */
export function createOrderWalk({ store, slices }: { store: Store; slices: Turns }): OrderWalk {
  return async (order, condition, state, { skip, take }) => {
    const parts = partsOf(order);
    const isAll = condition.sql === '1' || condition.sql === '(1)';
    const nos: number[] = [];
    let hasTime = () => false;
    let passed = 0;
    for (const isEmpty of parts) {
      let after: readonly Key[] | null = null;
      for (;;) {
        const limit = isAll ? Math.min(skip - passed + take, readAtOnce) : readAtOnce;
        const rows = read(order, state, { isEmpty, after }, limit);
        const found = rows.map(([no]) => no as number);
        const matching: number[] = isAll ? found : among(found, condition);
        const from = Math.min(Math.max(skip - passed, 0), matching.length);
        nos.push(...matching.slice(from, from + take - nos.length));
        passed += matching.length;
        if (nos.length === take) return nos;
        if (rows.length < limit) break;
        after = rows.at(-1) ?? null;
        if (!hasTime()) hasTime = await slices.turn();
      }
    }
    return nos;
  };

  /** Rows `[no, …keys]` in the order. */
  function read({ keys, descending, mayBeEmpty }: IndexedOrder, state: keyof typeof liveness, { isEmpty, after }: Place, limit: number): Key[][] {
    const direction = descending ? 'desc' : 'asc';
    const beyond = descending ? '<' : '>';
    const first = keys[0]?.expression;
    const expressions = keys.map(({ expression }) => expression);
    const conditions: string[] = [liveness[state]];
    const values: Key[] = [];
    if (first !== undefined && mayBeEmpty) conditions.push(`${first} is ${isEmpty ? '' : 'not '}null`);
    if (after && (isEmpty || first === undefined)) {
      conditions.push(`no ${beyond} ?`);
      values.push(after[0] ?? null);
    } else if (after && first !== undefined) {
      const [no, ...place] = after;
      // The first key by itself: SQLite does not look up a row of keys in an index on an expression.
      conditions.push(`${first} ${beyond}= ?`, `(${[...expressions, 'no'].join(', ')}) ${beyond} (${place.map(() => '?').join(', ')}, ?)`);
      values.push(place[0] ?? null, ...place, no ?? null);
    }
    const order = [...(isEmpty ? [] : expressions), 'no'].map((key) => `${key} ${direction}`).join(', ');
    return store
      .statement(`select ${['no', ...expressions].join(', ')} from contact where ${conditions.join(' and ')} order by ${order} limit ?`)
      .raw()
      .all(...values, limit) as Key[][];
  }

  function among(nos: readonly number[], { sql, values }: Condition): number[] {
    const passing = new Set(
      store.statement(`select no from contact where no in (select value from json_each(?)) and (${sql})`).pluck().all(JSON.stringify(nos), ...values),
    );
    return nos.filter((no) => passing.has(no));
  }
}

/** The parts of an index, in the order asked for: what is empty comes first in it. */
function partsOf({ mayBeEmpty, descending }: IndexedOrder): readonly boolean[] {
  if (!mayBeEmpty) return [false];
  return descending ? [false, true] : [true, false];
}
