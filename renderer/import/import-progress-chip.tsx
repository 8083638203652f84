import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../host/queries.ts';
import classes from './import-progress-chip.module.css';

/** An import that is running, in the status line, whatever page is shown; draws nothing when there is none. */
export function ImportProgressChip({ onOpen }: { onOpen: () => void }): ReactNode {
  const imports = useAnswer('import.list', {});
  const running = imports.data?.items.find((report) => report.status === 'running');
  if (!running) return null;
  const { name, processed, total, dryRun } = running;
  const percent = total === 0 ? 0 : Math.floor((processed / total) * 100);
  const verb = dryRun ? 'Looking at' : 'Importing';
  return (
    <button type="button" className={classes.chip} onClick={onOpen} title={name}>
      <span className={classes.text}>{verb} <bdi>{name}</bdi></span>
      <Progress className={classes.bar ?? ''} value={percent} size="sm" aria-label={`${verb} ${name}`} />
      <span>{percent}%</span>
    </button>
  );
}
