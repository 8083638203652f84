import type { Parsed } from '../../shared/operations/index.ts';
import { whereInList, type ListDeps } from './list-condition.ts';
import { nullable, sortKeys } from './list-order.ts';

/**
 * At which index a contact stands in the window's list, from 0; null where the list does not hold it, and in the
 * results of a search, which are found one after the other.
 */
export function createListPlace({ store, lists, profile }: ListDeps): (input: Parsed<'contact.place'>) => { index: number | null } {
  return (input) => {
    if (input.query?.trim() && !input.trash) return { index: null };
    const { sort = 'name', descending = false } = input;
    const keys = sortKeys[sort];
    const { sql: filters, values } = whereInList(input, lists, profile);
    const own = store
      .statement(`select ${keys.join(', ')}, no from contact where id = ? and ${filters}`)
      .raw()
      .get(input.id, ...values) as (string | number | null)[] | undefined;
    if (!own) return { index: null };

    const before = descending ? '>' : '<';
    const isEmpty = own[0] === null && nullable.has(sort);
    const isBefore = isEmpty
      ? `(${keys[0]} is not null or (${keys[0]} is null and no ${before} ?))`
      : `(${[...keys, 'no'].join(', ')}) ${before} (${own.map(() => '?').join(', ')})`;
    const index = store
      .statement(`select count(*) from contact where ${filters} and ${isBefore}`)
      .pluck()
      .get(...values, ...(isEmpty ? [own.at(-1)] : own)) as number;
    return { index };
  };
}
