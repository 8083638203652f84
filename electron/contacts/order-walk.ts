import type { Turns } from '../store/slices.ts';
import type { Store } from '../store/open.ts';
import { compareRows, type IndexedOrder, type Key } from './contact-order.ts';
import type { Condition } from './filter.ts';
import { liveness } from './totals.ts';

export interface Stretch {
  skip: number;
  take: number;
}

/**
 * The numbers of the contacts in one stretch of a list, read along an index to where the stretch is. `trashed` are those of
 * the trash that belong to the list, in its order: the index has live contacts only.
 */
export type OrderWalk = (order: IndexedOrder, condition: Condition, trashed: readonly number[], stretch: Stretch) => Promise<number[]>;

const readAtOnce = 500;
/** With a few more than are needed, the last of a piece is seldom equal to what follows. */
const readBeyond = 20;

type Row = readonly Key[];

/** The first piece is read at once; for a stretch far off, or where few match, others are answered in between. */
export function createOrderWalk({ store, slices }: { store: Store; slices: Turns }): OrderWalk {
  return async (order, condition, trashed, { skip, take }) => {
    const isAll = condition.sql === '1' || condition.sql === '(1)';
    const others = trashedRows(order, trashed);
    const nos: number[] = [];
    let passed = 0;
    const add = (found: readonly number[]) => {
      const from = Math.min(Math.max(skip - passed, 0), found.length);
      nos.push(...found.slice(from, from + take - nos.length));
      passed += found.length;
    };

    let hasTime = () => false;
    for (const isEmpty of partsOf(order)) {
      let after: Row | null = null;
      let limit = isAll ? Math.min(skip + take + readBeyond, readAtOnce) : readAtOnce;
      for (;;) {
        const rows = read(order, isEmpty, after, limit);
        const isLast = rows.length < limit;
        const whole = isLast ? rows : upToLastEqual(order, rows);
        if (whole.length === 0 && !isLast) {
          limit *= 2;
          continue;
        }
        after = whole.at(-1) ?? null;
        const sorted = order.further.length > 0 ? whole.toSorted(compareRows([...order.keys, ...order.further])) : whole;
        const end = sorted.at(-1);
        const matching = isAll ? sorted : among(sorted, condition);
        add(numbersOf(end ? others.merged(matching, end) : matching));
        if (nos.length === take) return nos;
        if (isLast) break;
        limit = readAtOnce;
        if (!hasTime()) hasTime = await slices.turn();
      }
    }
    while (nos.length < take) {
      const rest = others.next();
      if (rest === undefined) break;
      add(numbersOf([rest]));
    }
    return nos;
  };

  /** Rows `[no, …keys]` in the order of the index. */
  function read({ keys, further, descending, mayBeEmpty }: IndexedOrder, isEmpty: boolean, after: Row | null, limit: number): Row[] {
    const direction = descending ? 'desc' : 'asc';
    const beyond = descending ? '<' : '>';
    const expressions = keys.map(({ expression }) => expression);
    const [first] = expressions;
    const conditions: string[] = [liveness.live];
    const values: Key[] = [];
    if (first !== undefined && mayBeEmpty) conditions.push(`${first} is ${isEmpty ? '' : 'not '}null`);
    if (after && (isEmpty || first === undefined)) {
      conditions.push(`no ${beyond} ?`);
      values.push(after[0] ?? null);
    } else if (after && first !== undefined) {
      const place = after.slice(1, keys.length + 1);
      // The first key by itself: SQLite does not look up a row of keys in an index on an expression.
      conditions.push(`${first} ${beyond}= ?`, `(${[...expressions, 'no'].join(', ')}) ${beyond} (${place.map(() => '?').join(', ')}, ?)`);
      values.push(place[0] ?? null, ...place, after[0] ?? null);
    }
    const order = [...(isEmpty ? [] : expressions), 'no'].map((key) => `${key} ${direction}`).join(', ');
    const wanted = ['no', ...[...keys, ...further].map(({ expression }) => expression)].join(', ');
    return store
      .statement(`select ${wanted} from contact where ${conditions.join(' and ')} order by ${order} limit ?`)
      .raw()
      .all(...values, limit) as Row[];
  }

  function among(rows: readonly Row[], { sql, values }: Condition): readonly Row[] {
    const passing = new Set(
      store
        .statement(`select no from contact where no in (select value from json_each(?)) and (${sql})`)
        .pluck()
        .all(JSON.stringify(numbersOf(rows)), ...values),
    );
    return rows.filter(([no]) => passing.has(no));
  }

  /** Contacts of the trash, to be put in between others. Their keys are read as far as they are needed. */
  function trashedRows({ keys, further }: IndexedOrder, nos: readonly number[]) {
    const all = [...keys, ...further];
    const compare = compareRows(all);
    const ready: Row[] = [];
    let index = 0;
    function peek(): Row | undefined {
      while (ready.length === 0 && index < nos.length) {
        const part = nos.slice(index, index + readAtOnce);
        index += part.length;
        const rows = store
          .statement(`select ${['no', ...all.map(({ expression }) => expression)].join(', ')} from contact where no in (select value from json_each(?))`)
          .raw()
          .all(JSON.stringify(part)) as Row[];
        ready.push(...rows.sort(compare));
      }
      return ready[0];
    }
    function next(): Row | undefined {
      const row = peek();
      ready.shift();
      return row;
    }
    return {
      next,
      /** The rows with those of the trash in between that belong before `end`. */
      merged(rows: readonly Row[], end: Row): readonly Row[] {
        const before: Row[] = [];
        for (let row = peek(); row !== undefined && compare(row, end) < 0; row = peek()) before.push(next() ?? row);
        return before.length === 0 ? rows : [...rows, ...before].sort(compare);
      },
    };
  }
}

const numbersOf = (rows: readonly Row[]): number[] => rows.map(([no]) => no as number);

/** Without those at the end that are equal in the index to what may follow them: what else the order says is about all of them. */
function upToLastEqual({ keys, further }: IndexedOrder, rows: Row[]): Row[] {
  const last = rows.at(-1);
  if (further.length === 0 || last === undefined) return rows;
  let end = rows.length;
  while (end > 0 && keys.every((_, place) => rows[end - 1]?.[place + 1] === last[place + 1])) end -= 1;
  return rows.slice(0, end);
}

/** The parts of an index, in the order asked for: what is empty comes first in it. */
function partsOf({ mayBeEmpty, descending }: IndexedOrder): readonly boolean[] {
  if (!mayBeEmpty) return [false];
  return descending ? [false, true] : [true, false];
}
