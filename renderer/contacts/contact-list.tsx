import { VisuallyHidden } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, type ReactNode, type RefObject } from 'react';
import { useApp } from '../app/app-store.ts';
import { isFocusLost } from '../app/use-return-focus.ts';
import { useHost } from '../host/host-context.tsx';
import { ColumnHeader } from './column-header.tsx';
import { columnsFor, gridTemplate } from './columns.ts';
import { ContactListRow } from './contact-list-row.tsx';
import { useSyncMarks } from '../sync/use-sync-marks.ts';
import classes from './contact-list.module.css';
import { searchTerms } from './marks.ts';
import type { ShownList } from './use-contact-pages.ts';
import { useListBehaviour } from './use-list-behaviour.ts';
import { useNames } from './use-names.ts';
import { useNow } from './use-now.ts';

const comfortableRow = 38;
const headerHeight = 34;
/** Chromium draws no element higher than this. */
const highestElement = 33_000_000;

interface ContactListProps {
  label: string;
  list: ShownList;
}

/** The contacts as a table of any length, of which only the visible rows exist. */
export function ContactList({ label, list }: ContactListProps): ReactNode {
  const { pages, filter } = list;
  const gridRef = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(gridRef, sizeRef);
  const rowId = useId();
  const isDesktop = useHost().native !== undefined;
  const openContact = useApp((state) => state.openContact);
  const selection = useApp((state) => state.selection);
  const names = useNames();
  const now = useNow();
  const columns = useMemo(() => columnsFor(width), [width]);
  const terms = useMemo(() => searchTerms(filter.query), [filter.query]);

  const length = pages.length();
  const rowHeight = Math.min(comfortableRow, Math.floor(highestElement / Math.max(length, 1)));
  const virtualizer = useVirtualizer({
    count: length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingEnd: headerHeight,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => pages.show(first, last), [pages, first, last]);
  const marks = useSyncMarks(items.flatMap(({ index }) => pages.rowAt(index)?.id ?? []));

  const cursor = useListBehaviour({
    list, gridRef,
    rowsPerPage: () => Math.max(1, Math.floor((height - headerHeight) / rowHeight) - 1),
    reveal: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  });

  useLayoutEffect(() => {
    gridRef.current?.scrollTo({ top: 0 });
  }, [pages]);
  useSteadyScroll(gridRef, list, rowHeight);
  // The keyboard begins in the list.
  useEffect(() => {
    if (isFocusLost()) gridRef.current?.focus({ preventScroll: true });
  }, []);

  const isActiveShown = cursor !== null && cursor.index >= first && cursor.index <= last;
  return (
    <div
      ref={ref}
      role="grid"
      tabIndex={0}
      className={classes.grid}
      style={{ '--columns': gridTemplate(columns) }}
      aria-label={label}
      aria-rowcount={pages.total() === null ? -1 : length + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={isActiveShown ? `${rowId}${cursor.index}` : undefined}
      data-choosing={selection.size > 0 || undefined}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.header}>
          <span role="columnheader"><VisuallyHidden>Chosen</VisuallyHidden></span>
          {columns.map((column) => <ColumnHeader key={column.id} column={column} list={list} />)}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = pages.rowAt(index);
          return (
            <ContactListRow
              key={index}
              id={`${rowId}${index}`}
              index={index}
              top={start}
              height={rowHeight}
              row={row}
              columns={columns}
              terms={terms}
              names={names}
              isActive={cursor?.index === index}
              isChosen={row !== undefined && selection.has(row.id)}
              isOpen={row !== undefined && row.id === openContact}
              mark={row && marks.get(row.id)}
              isDraggable={isDesktop && row !== undefined}
              now={now}
            />
          );
        })}
      </div>
    </div>
  );
}

/**
 * Keeps the same contact under the eye when rows come or go above it. At the very top the list stays at the top,
 * so that a new first contact is seen.
 */
function useSteadyScroll(gridRef: RefObject<HTMLElement | null>, { pages }: ShownList, rowHeight: number): void {
  const seen = useRef<{ id: string; index: number } | null>(null);
  const version = pages.version();

  useLayoutEffect(() => {
    const grid = gridRef.current;
    const before = seen.current;
    if (!grid || !before || grid.scrollTop === 0) return;
    const index = pages.indexOf(before.id);
    if (index !== undefined && index !== before.index) grid.scrollTop += (index - before.index) * rowHeight;
  }, [gridRef, pages, version, rowHeight]);

  useEffect(() => {
    const grid = gridRef.current;
    if (!grid) return undefined;
    const remember = (): void => {
      const index = Math.floor(grid.scrollTop / rowHeight);
      const id = pages.rowAt(index)?.id;
      seen.current = id === undefined ? null : { id, index };
    };
    remember();
    grid.addEventListener('scroll', remember, { passive: true });
    return () => grid.removeEventListener('scroll', remember);
  }, [gridRef, pages, version, rowHeight]);
}
