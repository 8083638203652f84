import { Button, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ImportReport } from '../../shared/operations/imports.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { longTime } from '../contacts/contact-words.ts';
import { useAnswer } from '../host/queries.ts';
import { FailuresButton } from './import-report-view.tsx';
import classes from './import-screen.module.css';
import { countWords, statusWords } from './import-words.ts';

/** The imports so far, each of which can be taken back. */
export function ImportHistory(): ReactNode {
  const imports = useAnswer('import.list', {});
  const items = imports.data?.items.filter((report) => !report.dryRun && report.status !== 'staged') ?? [];
  if (items.length === 0) return null;
  return (
    <section className={classes.history}>
      <h2 className={classes.heading}>Earlier imports</h2>
      <div className={classes.tableFrame}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">When</th>
              <th scope="col">Result</th>
              <th scope="col">Actions</th>
            </tr>
          </thead>
          <tbody>
            {items.map((report) => (
              <tr key={report.id}>
                <th scope="row" dir="auto">{report.name}</th>
                <td>{longTime(report.startedAt)}</td>
                <td><Result report={report} /></td>
                <td><HistoryActions report={report} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Result({ report }: { report: ImportReport }): ReactNode {
  if (report.status !== 'running') return `${statusWords[report.status]}: ${countWords(report)}`;
  const percent = report.total === 0 ? 0 : (report.processed / report.total) * 100;
  return <Progress value={percent} aria-label={`Importing ${report.name}`} />;
}

function HistoryActions({ report }: { report: ImportReport }): ReactNode {
  const context = useCommandContext();
  const { host, notify } = context;
  const call = (name: 'import.undo' | 'import.cancel', said: string): Promise<void> =>
    attempt(context, async () => {
      const { kept } = await host.call(name, { id: report.id });
      const left = kept?.length ?? 0;
      const exception = `; ${left} ${left === 1 ? 'field was' : 'fields were'} edited since and left alone`;
      notify({ message: `${said} “${report.name}”${left === 0 ? '' : exception}` });
    });
  return (
    <div className={classes.rowActions}>
      {report.status === 'running' && (
        <Button size="compact-sm" variant="default" onClick={() => void call('import.cancel', 'Cancelled')}>
          Cancel
        </Button>
      )}
      {report.status === 'done' && (
        <Button size="compact-sm" variant="default" onClick={() => void call('import.undo', 'Undone')}>Undo</Button>
      )}
      {report.status === 'done' && report.counts.error > 0 && <FailuresButton id={report.id} isSmall />}
    </div>
  );
}
