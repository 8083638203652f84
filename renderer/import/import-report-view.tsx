import { Alert, Button, Progress } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ImportReport } from '../../shared/operations/imports.ts';
import { useApp } from '../app/app-store.ts';
import { useHost } from '../host/host-context.tsx';
import { useCommandContext } from '../app/command-context.tsx';
import { attempt } from '../app/book-actions.ts';
import classes from './import-screen.module.css';
import type { ImportSession, ImportState } from './import-session.ts';
import { ImportWarnings } from './import-warnings.tsx';
import { countWords, fieldWord } from './import-words.ts';
import { PreviewRows } from './preview-rows.tsx';

interface ImportReportViewProps {
  session: ImportSession;
  state: Extract<ImportState, { step: 'report' }>;
}

/** A preview or an import: its progress while it runs, and what came of it. */
export function ImportReportView({ session, state }: ImportReportViewProps): ReactNode {
  const { report, file, isStarting } = state;
  if (report.status === 'running') {
    return <RunningImport report={report} name={file.name} onCancel={() => void session.cancel()} />;
  }
  if (report.dryRun && report.status === 'done') {
    const { create, update } = report.counts;
    return (
      <>
        <h2 className={classes.heading}><span>What will happen with <bdi>{file.name}</bdi></span></h2>
        <PreviewRows report={report} />
        <footer className={classes.actions}>
          <Button loading={isStarting} disabled={create + update === 0} onClick={() => void session.start()}>
            {create + update === 0 ? 'Nothing to import' : `Import ${contactsWords(create + update)}`}
          </Button>
          <Button variant="default" onClick={session.back}>Back</Button>
          {report.counts.error > 0 && <FailuresButton id={report.id} />}
        </footer>
      </>
    );
  }
  return <FinishedImport session={session} report={report} name={file.name} />;
}

interface RunningImportProps {
  report: ImportReport;
  name: string;
  onCancel: () => void;
}

function RunningImport({ report, name, onCancel }: RunningImportProps): ReactNode {
  const { processed, total, dryRun } = report;
  const percent = total === 0 ? 0 : (processed / total) * 100;
  return (
    <section className={classes.card} aria-label={dryRun ? 'Preparing the preview' : 'Importing'}>
      <strong>{dryRun ? 'Checking every row of' : 'Importing'} <bdi>{name}</bdi></strong>
      <Progress value={percent} aria-label={dryRun ? 'Preparing the preview' : 'Importing'} />
      <div className={classes.progressLine}>
        <output>{processed.toLocaleString()} of {total.toLocaleString()} rows: {countWords(report)}</output>
        <Button size="compact-sm" variant="default" onClick={onCancel}>Cancel</Button>
      </div>
      <p className={classes.quiet}>
        {dryRun
          ? 'Nothing is changed yet.'
          : 'You can keep working meanwhile. Cancelling undoes what was imported so far.'}
      </p>
    </section>
  );
}

interface FinishedImportProps {
  session: ImportSession;
  report: ImportReport;
  name: string;
}

function FinishedImport({ session, report, name }: FinishedImportProps): ReactNode {
  const showNewest = useApp((app) => app.showNewest);
  const isDone = report.status === 'done';
  return (
    <section className={classes.card} aria-label="Result">
      <h2 className={classes.heading} data-done={isDone || undefined}>
        {isDone && <IconCircleCheck size={22} aria-hidden />}
        <span>{headline(report)}</span>
      </h2>
      <p><bdi>{name}</bdi>: {countWords(report)}.</p>
      {report.message !== undefined && <Alert color="red" role="alert">{report.message}</Alert>}
      {report.kept && report.kept.length > 0 && <KeptFields kept={report.kept} />}
      {isDone && report.warnings && report.warnings.length > 0 && <ImportWarnings warnings={report.warnings} />}
      <div className={classes.actions}>
        {isDone && <Button onClick={showNewest}>Show contacts</Button>}
        {isDone && (
          <Button
            variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={() => void session.undo()}
          >
            Undo import
          </Button>
        )}
        {isDone && report.counts.error > 0 && <FailuresButton id={report.id} />}
        <Button variant={isDone ? 'subtle' : 'default'} onClick={session.reset}>Import another file</Button>
      </div>
    </section>
  );
}

function headline({ status, counts, dryRun }: ImportReport): string {
  switch (status) {
    case 'done':
      return `Imported ${contactsWords(counts.create + counts.update)}`;
    case 'cancelled':
      return dryRun ? 'Cancelled' : 'Cancelled: your book is as it was before';
    case 'undone':
      return 'Undone: new contacts are in the trash, updated ones are as before';
    case 'failed':
      return dryRun ? 'The file cannot be read' : 'The import failed: your book is as it was before';
    case 'staged':
    case 'running':
      return 'Importing';
  }
}

function KeptFields({ kept }: { kept: NonNullable<ImportReport['kept']> }): ReactNode {
  return (
    <div>
      <p>These fields were edited since and so were left alone:</p>
      <ul className={classes.kept}>
        {kept.map(({ contactId, name, field }) => (
          <li key={`${contactId} ${field}`}><bdi>{name ?? 'Contact'}</bdi>: {fieldWord(field)}</li>
        ))}
      </ul>
    </div>
  );
}

/** Saves the rows that failed, with the reasons, to be put right and imported again. */
export function FailuresButton({ id, isSmall = false }: { id: string; isSmall?: boolean }): ReactNode {
  const host = useHost();
  const context = useCommandContext();
  const save = (): Promise<void> =>
    attempt(context, async () => void (await host.download('import.failures', { id })));
  return (
    <Button
      variant="default" size={isSmall ? 'compact-sm' : 'sm'}
      leftSection={<IconDownload size={isSmall ? 14 : 16} aria-hidden />}
      onClick={() => void save()}
    >
      {isSmall ? 'Failed rows' : 'Download failed rows'}
    </Button>
  );
}

function contactsWords(count: number): string {
  return `${count.toLocaleString()} ${count === 1 ? 'contact' : 'contacts'}`;
}
