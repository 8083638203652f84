import { Button, Progress } from '@mantine/core';
import { IconLuggage, IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SyncStatus } from '../../shared/operations/sync.ts';
import { syncWords } from '../../shared/sync-words.ts';
import { useApp } from '../app/app-store.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { Lamp } from '../app/lamp.tsx';
import { clockTime } from '../contacts/contact-words.ts';
import { useNow } from '../contacts/use-now.ts';
import { syncNow } from './sync-actions.ts';
import { lampOf } from './sync-chip.tsx';
import classes from './sync-header.module.css';

/** Where sync stands, with whom, and what can be done about it as a whole. */
export function SyncHeader({ status }: { status: SyncStatus }): ReactNode {
  const now = useNow();
  const { account, progress, lastError, state } = status;
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>
          <Lamp state={lampOf[state]} size={10} />
          {syncWords(status, now)}
        </h1>
        {progress && progress.total !== null && progress.total > 0 && (
          <Progress className={classes.progress ?? ''} value={(100 * progress.done) / progress.total} aria-label="Synced so far" />
        )}
        {account && (
          <p className={classes.quiet}>
            <bdi>{account.organizationName}</bdi> on <bdi>{account.url}</bdi>, as <bdi>{account.userName}</bdi>
            {state !== 'syncing' && status.nextAt && `; next sync at ${clockTime(status.nextAt)}`}
          </p>
        )}
        {lastError !== undefined && state !== 'syncing' && <p className={classes.problem}>{lastError}</p>}
      </div>
      <Actions status={status} />
    </header>
  );
}

function Actions({ status: { state, pauseReason } }: { status: SyncStatus }): ReactNode {
  const context = useCommandContext();
  const showDialog = useApp((all) => all.showDialog);
  const call = (work: () => Promise<unknown>) => (): void => void attempt(context, async () => void (await work()));
  const isPausedByMe = state === 'paused' && pauseReason === 'by you';
  return (
    <div className={classes.actions}>
      {state === 'signedOut' && <Button size="xs" onClick={() => showDialog('connect')}>Sign in again</Button>}
      {state === 'syncing' ? (
        <Button
          size="xs" variant="default" leftSection={<IconPlayerStop size={15} aria-hidden />}
          onClick={call(() => context.host.call('sync.cancel', {}))}
        >
          Stop
        </Button>
      ) : state !== 'signedOut' && (
        <Button
          size="xs" leftSection={<IconRefresh size={15} aria-hidden />} aria-keyshortcuts="S"
          onClick={() => void syncNow(context)}
        >
          Sync now
        </Button>
      )}
      <Button
        size="xs" variant="default"
        leftSection={isPausedByMe ? <IconPlayerPlay size={15} aria-hidden /> : <IconPlayerPause size={15} aria-hidden />}
        onClick={call(() => context.host.call('sync.pause', { paused: !isPausedByMe }))}
      >
        {isPausedByMe ? 'Go on' : 'Pause'}
      </Button>
      <Button
        size="xs" variant="default" leftSection={<IconLuggage size={15} aria-hidden />} aria-keyshortcuts="L"
        onClick={() => showDialog('ready')}
      >
        Ready to leave?
      </Button>
    </div>
  );
}
