import { SegmentedControl } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { ImportAction, ImportReport, ImportRow } from '../../shared/operations/imports.ts';
import classes from './import-screen.module.css';
import { cellWords, extraWords, fieldWord } from './import-words.ts';
import { usePreviewRows } from './use-preview-rows.ts';

const words: Readonly<Record<ImportAction, string>> = {
  create: 'New', update: 'Update', skip: 'Unchanged', error: 'Error',
};
const actions = Object.keys(words) as ImportAction[];

/** Every row of the file with what would become of it; only the visible ones are drawn. */
export function PreviewRows({ report }: { report: ImportReport }): ReactNode {
  const [shown, setShown] = useState<ImportAction | 'all'>('all');
  const { rows, isComplete } = usePreviewRows(report);
  const visible = useMemo(() => (shown === 'all' ? rows : rows.filter((row) => row.action === shown)), [rows, shown]);
  const frame = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: visible.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 38,
    getItemKey: (index) => visible[index]?.row ?? index,
    overscan: 8,
  });
  const tabs = [
    { value: 'all', label: `All ${report.total.toLocaleString()}` },
    ...actions.map((action) => {
      return { value: action, label: `${words[action]} ${report.counts[action].toLocaleString()}` };
    }),
  ];
  return (
    <div className={classes.preview}>
      <SegmentedControl
        aria-label="Which rows to show" size="sm" data={tabs} value={shown}
        onChange={(value) => setShown(value as ImportAction | 'all')}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div ref={frame} className={classes.rows} role="region" aria-label="Rows of the file" tabIndex={0}>
        {visible.length === 0 && <p className={classes.noRows}>{isComplete ? 'No such row.' : 'Reading the rows…'}</p>}
        <div className={classes.rowsInside} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const row = visible[index];
            return row === undefined ? null : (
              <div
                key={key} ref={virtualizer.measureElement} data-index={index} className={classes.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <PreviewRow row={row} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function PreviewRow({ row }: { row: ImportRow }): ReactNode {
  return (
    <>
      <span className={classes.rowNumber}>{row.row.toLocaleString()}</span>
      <span className={classes.action} data-action={row.action}>{words[row.action]}</span>
      <span className={classes.rowName} dir="auto" title={row.name ?? undefined}>{row.name ?? 'Without a name'}</span>
      <div className={classes.rowDetail}>
        {row.values !== undefined && <span className={classes.quiet} dir="auto">{Object.values(row.values).join(' · ')}</span>}
        {row.reason !== undefined && <span dir="auto">{row.reason}</span>}
        {row.changes?.map((change) => (
          <span key={change.field} className={classes.change}>
            {change.field === 'extra' ? extraWords(change.old, change.new) : (
              <>
                <span className={classes.quiet}>{fieldWord(change.field)}</span>{' '}
                <Cell value={change.old} kind="old" /> → <Cell value={change.new} kind="new" />
              </>
            )}
          </span>
        ))}
      </div>
    </>
  );
}

function Cell({ value, kind }: { value: unknown; kind: 'old' | 'new' }): ReactNode {
  const text = cellWords(value);
  if (text === '') return <span className={classes.quiet}>empty</span>;
  return kind === 'old' ? <del dir="auto">{text}</del> : <ins dir="auto">{text}</ins>;
}
