import type { SortColumn } from '../../shared/operations/contacts.ts';
import type { OrderKey } from './contact-order.ts';

/** The expressions each column of the list is sorted by; each has an index that ends in `no`. */
export const sortKeys: Record<SortColumn, readonly [string, ...string[]]> = {
  name: ['sort_name'],
  contactType: ['contact_type', 'sort_name'],
  place: ['sort_place'],
  primaryEmail: ['lower(primary_email)'],
  primaryPhone: ['primary_phone'],
  budget: ['budget'],
  updatedAt: ['updated_at'],
  createdAt: ['created_at'],
};

/** The columns that may be empty: empty cells come last, as a person expects. */
export const nullable: ReadonlySet<SortColumn> = new Set<SortColumn>(['place', 'primaryEmail', 'primaryPhone', 'budget']);

/** The order of the list by a column, key by key. */
export function listKeys(sort: SortColumn, descending: boolean): OrderKey[] {
  return sortKeys[sort].map((expression) => ({ expression, descending, isEmptyLast: true }));
}

/** The order of the list by a column, as SQL. The contact's number comes last, so that no two are equal. */
export function listOrder(sort: SortColumn, descending: boolean): string {
  const direction = descending ? 'desc' : 'asc';
  const nulls = nullable.has(sort) && !descending ? ' nulls last' : '';
  return [...sortKeys[sort].map((key) => `${key} ${direction}${nulls}`), `no ${direction}`].join(', ');
}
