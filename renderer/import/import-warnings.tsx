import type { ReactNode } from 'react';
import type { ImportReport } from '../../shared/operations/imports.ts';
import classes from './import-screen.module.css';

const mostShown = 100;

/** What was imported otherwise than it stood in the file, row by row. */
export function ImportWarnings({ warnings }: { warnings: NonNullable<ImportReport['warnings']> }): ReactNode {
  const others = warnings.length - mostShown;
  return (
    <details>
      <summary>{warnings.length === 1 ? 'One remark' : `${warnings.length.toLocaleString()} remarks`} on what was imported</summary>
      <ul className={classes.kept}>
        {warnings.slice(0, mostShown).map(({ row, message }, index) => (
          <li key={`${row} ${index}`}>{row}: <bdi>{message}</bdi></li>
        ))}
      </ul>
      {others > 0 && <p className={classes.quiet}>And {others.toLocaleString()} more.</p>}
    </details>
  );
}
