import type { Parsed } from '../../shared/operations/index.ts';
import { listCondition, whereInList, type ListDeps } from './list-condition.ts';
import { listKeys, nullable, sortKeys } from './list-order.ts';
import type { Matching } from './matching.ts';

type PlaceDeps = ListDeps & { matching: Matching };
interface Place {
  index: number | null;
}

/**
 * At which index a contact stands in the window's list, from 0; null where the list does not hold it, and in the
 * results of a search, which are found one after the other.
 */
export function createListPlace({ store, lists, profile, matching }: PlaceDeps): (input: Parsed<'contact.place'>) => Place | Promise<Place> {
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
    const condition = listCondition(input, lists, profile);
    if (condition.linked) {
      return matching(condition, input.trash ? 'trashed' : 'live', listKeys(sort, descending)).then((nos) => {
        const index = nos.indexOf(own.at(-1) as number);
        return { index: index === -1 ? null : index };
      });
    }

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
