import type { Order } from '../../shared/query.ts';
import { getTableColumns } from '../store/drizzle.ts';
import { contact } from '../store/schema.ts';

type OrderColumn = keyof Order;
export type Key = string | number | null;

/** One key of an order as SQL. */
export interface OrderKey {
  expression: string;
  descending: boolean;
  /** What is empty comes last in either direction; without it, first among the ascending, as in SQLite. */
  isEmptyLast?: boolean;
}

/** An order that an index gives: contacts can be read on from any place in it. */
export interface IndexedOrder {
  /** The keys of the index. */
  keys: readonly OrderKey[];
  descending: boolean;
  /** Keys that follow those of the index, where no more than a few contacts are equal in it. */
  further: readonly OrderKey[];
  /** Whether the first key can be empty; what is empty comes first, as SQLite sorts it. */
  mayBeEmpty: boolean;
}

/** Names and e-mails are sorted as in the window, in any case, which their indexes do as well; long texts by their beginning. */
const expressions: Partial<Record<OrderColumn, string>> = {
  name: 'sort_name',
  primaryEmail: 'lower(primary_email)',
  notes: 'substr(notes, 1, 200)',
  imageUrl: 'substr(image_url, 1, 200)',
};
const mayBeEmpty = new Set<OrderColumn>(['primaryEmail', 'primaryPhone', 'budget']);
/** Few contacts are alike in these, so that what else the order says puts only a few in order at a time. */
const nearlyUnique = new Set<OrderColumn>(['id', 'name', 'createdAt', 'updatedAt']);
const indexes: readonly (readonly OrderColumn[])[] = [
  ['id'], ['name'], ['contactType', 'name'], ['primaryEmail'], ['primaryPhone'], ['budget'], ['updatedAt'], ['createdAt'],
];
const columns = getTableColumns(contact);

function entriesOf(order: Order | undefined): [OrderColumn, 'ASC' | 'DESC'][] {
  return Object.entries(order ?? {}).flatMap(([column, direction]) => (direction ? [[column as OrderColumn, direction]] : []));
}

/** `order[…]` as SQL, key by key. */
export function orderKeys(order: Order | undefined): OrderKey[] {
  return entriesOf(order).map(([column, direction]) => ({
    expression: expressions[column] ?? columns[column].name,
    descending: direction === 'DESC',
  }));
}

/** The direction of the contact's number, which comes last, so that pages are stable over equal values. */
export function isDescendingAtLast(keys: readonly OrderKey[]): boolean {
  return keys.at(-1)?.descending ?? false;
}

/** The keys as an `order by`. */
export function orderClause(keys: readonly OrderKey[]): string {
  const parts = keys.map(({ expression, descending }) => `${expression} ${descending ? 'DESC' : 'ASC'}`);
  return [...parts, `no ${isDescendingAtLast(keys) ? 'DESC' : 'ASC'}`].join(', ');
}

/** The order as an index has it, in either direction; null where no index does. Types are in the order of their names within. */
export function indexedOrder(order: Order | undefined): IndexedOrder | null {
  const entries = entriesOf(order);
  const [first] = entries;
  const descending = first?.[1] === 'DESC';
  const isOneWay = entries.every(([, direction]) => (direction === 'DESC') === descending);
  const whole = isOneWay ? indexes.find((one) => entries.every(([column], place) => one[place] === column)) : undefined;
  const index = first === undefined ? [] : (whole ?? (nearlyUnique.has(first[0]) ? [first[0]] : undefined));
  if (!index) return null;
  return {
    keys: index.map((column) => ({ expression: expressions[column] ?? columns[column].name, descending })),
    further: whole ? [] : orderKeys(order).slice(index.length),
    descending,
    mayBeEmpty: index[0] !== undefined && mayBeEmpty.has(index[0]),
  };
}

/** Compares two rows of keys, each `[no, …keys]`, as the order says. */
export function compareRows(keys: readonly OrderKey[]): (a: readonly Key[], b: readonly Key[]) => number {
  const last = isDescendingAtLast(keys) ? -1 : 1;
  return (a, b) => {
    for (const [index, { descending, isEmptyLast }] of keys.entries()) {
      const [left, right] = [a[index + 1] ?? null, b[index + 1] ?? null];
      const order = compare(left, right);
      if (order === 0) continue;
      if (isEmptyLast && (left === null || right === null)) return -order;
      return descending ? -order : order;
    }
    return last * compare(a[0] ?? null, b[0] ?? null);
  };
}

function compare(a: Key, b: Key): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
