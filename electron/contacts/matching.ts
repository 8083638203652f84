import type { Slices, Turns } from '../store/slices.ts';
import type { Store } from '../store/open.ts';
import { joins } from '../lists/lists.ts';
import { sortInSlices } from '../store/sort-in-slices.ts';
import { compareRows, orderClause, type Key, type OrderKey } from './contact-order.ts';
import type { Condition, Linked } from './filter.ts';
import { liveness } from './totals.ts';
import type { Counts } from './writer.ts';

/**
 * The numbers of the contacts that match a condition, in an order or ascending, found by looking at every contact, or at every
 * one that has what is asked for, once in slices that let others be answered in between. A contact that changes meanwhile is judged as it was when its turn came.
 */
export type Matching = (condition: Condition, state: keyof typeof liveness, order?: readonly OrderKey[]) => Promise<readonly number[]>;

const contactsAtOnce = 200;
const remembered = 4;

/** The last few answers are kept until any contact changes: a program that turns pages asks for the same again. */
export function createMatching({ store, slices, counts }: { store: Store; slices: Slices & Turns; counts: Counts }): Matching {
  const known = new Map<string, readonly number[]>();
  let knownAt = -1;

  return async (condition, state, order = []) => {
    const version = counts.version();
    if (knownAt !== version) known.clear();
    const key = `${state} ${orderClause(order)} ${condition.sql} ${JSON.stringify(condition.values)}`;
    const found = known.get(key) ?? (await scan(condition, state, order));
    if (counts.version() !== version) return found;
    knownAt = version;
    known.delete(key);
    known.set(key, found);
    const oldest = known.size > remembered ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return found;
  };

  async function scan(condition: Condition, state: keyof typeof liveness, order: readonly OrderKey[]): Promise<readonly number[]> {
    const { sql, values, linked } = condition;
    const wanted = ['no', ...order.map(({ expression }) => expression)].join(', ');
    const filters = `${liveness[state]} and (${sql}) order by no`;
    const rows: Key[][] = [];
    if (linked || state === 'trashed') {
      const candidates = linked ? await carriers(linked) : await trash();
      const matches = store.statement(`select ${wanted} from contact where no in (select value from json_each(?)) and ${filters}`).raw();
      await slices.each(inParts(candidates), (part) => {
        for (const nos of part()) rows.push(...(matches.all(JSON.stringify(nos), ...values) as Key[][]));
      });
    } else {
      const matches = store.statement(`select ${wanted} from contact not indexed where no > ? and no <= ? and ${filters}`).raw();
      const last = (store.statement('select max(no) from contact').pluck().get() as number | null) ?? 0;
      const starts = Array.from({ length: Math.ceil(last / contactsAtOnce) }, (_, index) => index * contactsAtOnce);
      await slices.each(starts, (part) => {
        for (const start of part()) rows.push(...(matches.all(start, start + contactsAtOnce, ...values) as Key[][]));
      });
    }
    const sorted = order.length === 0 ? rows : await sortInSlices(rows, compareRows(order), slices);
    return sorted.map(([no]) => no as number);
  }

  /** The numbers of the contacts in the trash. */
  async function trash(): Promise<number[]> {
    const next = store
      .statement(`select deleted_at, no from contact where deleted_at is not null and (deleted_at, no) > (?, ?) order by deleted_at, no limit ${contactsAtOnce}`)
      .raw();
    const nos: number[] = [];
    let hasTime = () => false;
    for (let last: [string, number] = ['', 0]; ; ) {
      if (!hasTime()) hasTime = await slices.turn();
      const part = next.all(...last) as [string, number][];
      for (const [, no] of part) nos.push(no);
      if (part.length < contactsAtOnce) break;
      last = part.at(-1) ?? last;
    }
    return [...Uint32Array.from(nos).sort()];
  }

  /** The numbers of the contacts that have one of these, ascending. */
  async function carriers({ set, nos }: Linked): Promise<number[]> {
    const { table, other } = joins[set];
    const next = store.statement(`select contact_no from ${table} where ${other} = ? and contact_no > ? order by contact_no limit ${contactsAtOnce}`).pluck();
    const found = new Set<number>();
    let hasTime = () => false;
    for (const no of nos) {
      for (let last = 0; ; ) {
        if (!hasTime()) hasTime = await slices.turn();
        const part = next.all(no, last) as number[];
        for (const contactNo of part) found.add(contactNo);
        if (part.length < contactsAtOnce) break;
        last = part.at(-1) ?? last;
      }
    }
    return [...Uint32Array.from(found).sort()];
  }
}

function inParts(nos: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(nos.length / contactsAtOnce) }, (_, index) => nos.slice(index * contactsAtOnce, (index + 1) * contactsAtOnce));
}
