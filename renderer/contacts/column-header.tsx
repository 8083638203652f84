import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { sortedMatches, type SortColumn } from '../../shared/operations/contacts.ts';
import { useApp, type ListFilter } from '../app/app-store.ts';
import type { Column } from './columns.ts';
import classes from './contact-list.module.css';
import type { ShownList } from './use-contact-pages.ts';

const tooMuch = `Too many results to sort: type more until ${sortedMatches.toLocaleString('en')} or fewer are left`;

type Order = ListFilter['matchOrder'];

/** The title of a column, which sorts the list by it where that makes sense. */
export function ColumnHeader({ column: { title, sort, numeric }, list }: { column: Column; list: ShownList }): ReactNode {
  const setFilter = useApp((state) => state.setFilter);
  const { filter, searched } = list;
  const isTooMuch = searched && list.pages.total() === null;
  const order = isTooMuch ? null : searched ? filter.matchOrder : { sort: filter.sort ?? 'name', descending: filter.descending };
  const isSorted = sort !== undefined && sort === order?.sort;
  const Arrow = order?.descending ? IconArrowDown : IconArrowUp;

  function press(column: SortColumn): void {
    if (isTooMuch) return;
    if (searched) setFilter({ matchOrder: nextMatchOrder(column, order) });
    else setFilter(isSorted ? { sort: column, descending: !filter.descending } : firstOrder(column));
  }

  return (
    <span
      role="columnheader"
      aria-sort={isSorted ? (order?.descending ? 'descending' : 'ascending') : undefined}
      className={classes.title}
      data-numeric={numeric}
    >
      {sort === undefined ? title : (
        <button
          type="button"
          className={classes.sort}
          data-sorted={isSorted || undefined}
          aria-disabled={isTooMuch || undefined}
          title={isTooMuch ? tooMuch : undefined}
          onClick={() => press(sort)}
        >
          {title}
          {isSorted && <Arrow size={13} aria-hidden />}
        </button>
      )}
    </span>
  );
}

/** The first press sorts, from the latest or largest where that is what people look for. */
function firstOrder(sort: SortColumn): NonNullable<Order> {
  return { sort, descending: sort === 'updatedAt' || sort === 'budget' };
}

/** The second press turns round, and the third goes back to the best matches first. */
function nextMatchOrder(sort: SortColumn, order: Order): Order {
  const first = firstOrder(sort);
  if (order?.sort !== sort) return first;
  return order.descending === first.descending ? { sort, descending: !first.descending } : null;
}
