import { Alert, Button, Group, Modal, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLuggage } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import type { LeaveReport } from '../../shared/operations/sync.ts';
import { progressWords } from '../../shared/sync-words.ts';
import { useApp } from '../app/app-store.ts';
import { useAction, useAnswer } from '../host/queries.ts';
import classes from './ready-dialog.module.css';

type Check = LeaveReport['checks'][number];

/** Whether one can leave the network now: one green line, or what is missing and what to do about it. */
export function ReadyDialog({ onClose }: { onClose: () => void }): ReactNode {
  const check = useAction('sync.leaveCheck');
  const { mutate } = check;
  useEffect(() => mutate({}), [mutate]);
  return (
    <Modal opened onClose={onClose} title="Ready to leave?" centered size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      {check.isPending && <Checking />}
      {check.error && <Alert color="red" role="alert" title="This could not be checked">{check.error.message}</Alert>}
      {check.data && !check.isPending && <Report report={check.data} onClose={onClose} />}
      <Group justify="flex-end" mt="lg">
        {!check.isPending && !check.data?.ready && (
          <Button variant="default" onClick={() => mutate({})}>Check again</Button>
        )}
        <Button data-autofocus onClick={onClose}>Close</Button>
      </Group>
    </Modal>
  );
}

function Checking(): ReactNode {
  const status = useAnswer('sync.status', {}).data;
  const progress = status?.progress;
  const percent = progress && progress.total !== null && progress.total > 0 ? (100 * progress.done) / progress.total : 0;
  return (
    <div role="status">
      <p className={classes.line}>
        {status?.state === 'unlinked' ? 'Checking the book' : 'Syncing once more and checking the book'}
        {progress ? `: ${progressWords(progress)}` : ''}
      </p>
      <Progress value={percent} aria-label="Checked so far" />
    </div>
  );
}

function Report({ report, onClose }: { report: LeaveReport; onClose: () => void }): ReactNode {
  if (report.ready) {
    return (
      <Alert color="pine" icon={<IconLuggage aria-hidden />} role="status" title="You can leave">
        Everything is on this computer and on the server, pictures too, and the book is sound.
      </Alert>
    );
  }
  const missing = report.checks.filter(({ ok }) => !ok);
  const good = report.checks.filter(({ ok }) => ok);
  return (
    <div role="status">
      <p className={classes.line}><strong>Not yet.</strong> This is missing:</p>
      <ul className={classes.checks}>
        {missing.map((each) => <Missing key={each.name} check={each} onClose={onClose} />)}
        {good.map(({ name, text }) => (
          <li key={name} className={classes.check} data-ok><IconCheck size={17} aria-label="Good:" />{text}</li>
        ))}
      </ul>
    </div>
  );
}

/** What is missing, with the way to where it is put right. */
function Missing({ check: { name, text }, onClose }: { check: Check; onClose: () => void }): ReactNode {
  const showSync = useApp((state) => state.showSync);
  const showDialog = useApp((state) => state.showDialog);
  const ways: Partial<Record<Check['name'], { label: string; go: () => void }>> = {
    linked: { label: 'Connect a server', go: () => showDialog('connect') },
    conflicts: { label: 'Answer them', go: () => showSync('conflicts') },
    refused: { label: 'Review them', go: () => showSync('outbox') },
    sent: { label: 'What waits', go: () => showSync('outbox') },
  };
  const way = ways[name];
  return (
    <li className={classes.check}>
      <IconAlertTriangle size={17} aria-label="Missing:" />
      <span className={classes.text}>{text}</span>
      {way && (
        <Button
          size="compact-sm" variant="light"
          onClick={() => {
            onClose();
            way.go();
          }}
        >
          {way.label}
        </Button>
      )}
    </li>
  );
}
