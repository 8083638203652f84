import { Alert, Button, Group, Progress, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import type { SyncStatus } from '../../shared/operations/sync.ts';
import { attentionWords, syncWords } from '../../shared/sync-words.ts';
import { useApp } from '../app/app-store.ts';
import { countContacts } from '../app/book-actions.ts';
import { useNow } from '../contacts/use-now.ts';
import { useAction, useAnswer } from '../host/queries.ts';
import classes from './connect-dialog.module.css';

/** How far the first sync is. It goes on when this is closed. */
export function ConnectProgress({ onClose }: { onClose: () => void }): ReactNode {
  const status = useAnswer('sync.status', {}).data;
  const { mutate, isPending, data: report, error } = useAction('sync.run');
  useEffect(() => mutate({}), [mutate]);
  const problem = error?.message ?? (report && !report.ok ? (report.error ?? 'The first sync was stopped.') : undefined);
  return (
    <Stack gap="md">
      {isPending && status && <Running status={status} />}
      {problem !== undefined && (
        <Alert color="orange" role="alert" icon={<IconAlertTriangle size={16} aria-hidden />} title="It did not finish">
          {problem} It goes on by itself where it stopped.
        </Alert>
      )}
      {report?.ok && status && <Done status={status} />}
      <Group justify="flex-end" gap="xs">
        {report?.ok && status && status.conflicts + status.parked > 0 && <Answer status={status} onClose={onClose} />}
        <Button data-autofocus variant={isPending ? 'default' : 'filled'} onClick={onClose}>
          {isPending ? 'Continue in the background' : 'Done'}
        </Button>
      </Group>
    </Stack>
  );
}

function Running({ status }: { status: SyncStatus }): ReactNode {
  const now = useNow();
  const { progress } = status;
  const percent = progress && progress.total !== null && progress.total > 0 ? (100 * progress.done) / progress.total : 0;
  return (
    <div role="status">
      <p className={classes.line}>{syncWords(status, now)}</p>
      <Progress value={percent} aria-label="Synced so far" />
      <p className={classes.quiet}>You can use the book meanwhile.</p>
    </div>
  );
}

function Done({ status }: { status: SyncStatus }): ReactNode {
  const contacts = useAnswer('host.info', {}).data?.contacts ?? 0;
  const questions = attentionWords(status);
  return (
    <Alert color="pine" role="status" icon={<IconCheck size={16} aria-hidden />} title="The book is connected">
      It has {countContacts(contacts)} now. {questions === '' ? 'Everything is the same here and there.' : `To review: ${questions}.`}
    </Alert>
  );
}

function Answer({ status, onClose }: { status: SyncStatus; onClose: () => void }): ReactNode {
  const showSync = useApp((state) => state.showSync);
  return (
    <Button
      variant="light"
      onClick={() => {
        onClose();
        showSync(status.conflicts > 0 ? 'conflicts' : 'outbox');
      }}
    >
      Review them
    </Button>
  );
}
