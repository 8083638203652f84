import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { SyncConflict } from '../../shared/operations/sync.ts';
import classes from './conflict-inbox.module.css';
import { subjectWords } from './conflict-words.ts';

const rowHeight = 52;

interface ConflictListProps {
  conflicts: readonly SyncConflict[];
  activeIndex: number;
  onChoose: (index: number) => void;
}

/** The conflicts by contact, of which only the visible rows exist. The keys are those of the inbox around it. */
export function ConflictList({ conflicts, activeIndex, onChoose }: ConflictListProps): ReactNode {
  const gridRef = useRef<HTMLDivElement>(null);
  const rowId = useId();
  const virtualizer = useVirtualizer({
    count: conflicts.length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  useEffect(() => virtualizer.scrollToIndex(activeIndex, { align: 'auto' }), [virtualizer, activeIndex]);
  useEffect(() => gridRef.current?.focus({ preventScroll: true }), []);
  // One listener for all rows, however many come and go.
  useEffect(() => {
    const grid = gridRef.current;
    const press = (event: MouseEvent): void => {
      const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
      if (row) onChoose(Number(row.getAttribute('data-index')));
    };
    grid?.addEventListener('click', press);
    return () => grid?.removeEventListener('click', press);
  }, [onChoose]);

  const items = virtualizer.getVirtualItems();
  const isActiveDrawn = items.some(({ index }) => index === activeIndex);
  return (
    <div
      ref={gridRef} role="grid" tabIndex={0} className={classes.list} aria-label="Conflicts"
      aria-rowcount={conflicts.length} aria-activedescendant={isActiveDrawn ? `${rowId}${activeIndex}` : undefined}
    >
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const conflict = conflicts[index];
          return conflict && (
            <div
              key={conflict.id} data-index={index} id={`${rowId}${index}`} role="row" aria-rowindex={index + 1}
              aria-selected={index === activeIndex} className={classes.row}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            >
              <span role="gridcell" className={classes.cell}>
                <bdi className={classes.name} title={conflict.name ?? undefined}>{conflict.name ?? 'Many contacts'}</bdi>
                <span className={classes.subject}>{subjectWords(conflict)}</span>
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
