import { Button, Switch } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { SyncStatus } from '../../shared/operations/sync.ts';
import { counted, syncWords } from '../../shared/sync-words.ts';
import { useApp } from '../app/app-store.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { ConfirmDialog } from '../app/confirm-dialog.tsx';
import { longTime } from '../contacts/contact-words.ts';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import { SettingsSection } from '../settings/settings-section.tsx';
import classes from '../settings/settings-screen.module.css';

/** The server of the book: which, as whom, and the end of it. */
export function SyncSection(): ReactNode {
  const status = useAnswer('sync.status', {});
  const showDialog = useApp((state) => state.showDialog);
  return (
    <SettingsSection title="Sync" summary="The server this book shares its contacts with, automatically and in the background.">
      {status.error && <p role="alert" className={classes.problem}>{status.error.message}</p>}
      {status.data?.account && <Account status={status.data} account={status.data.account} />}
      {status.data && !status.data.account && (
        <>
          <p className={classes.none}><IconPlugConnected size={18} aria-hidden /> This book has no server.</p>
          <Button className={classes.start ?? ''} variant="default" onClick={() => showDialog('connect')}>
            Connect a server
          </Button>
        </>
      )}
    </SettingsSection>
  );
}

function Account({ status, account }: { status: SyncStatus; account: NonNullable<SyncStatus['account']> }): ReactNode {
  const context = useCommandContext();
  const showDialog = useApp((state) => state.showDialog);
  const [isAsking, setAsking] = useState(false);
  const now = useNow();
  const isPaused = status.state === 'paused' && status.pauseReason === 'by you';
  const pause = (paused: boolean): void =>
    void attempt(context, async () => void (await context.host.call('sync.pause', { paused })));
  const disconnect = (): Promise<void> => attempt(context, async () => {
    await context.host.call('sync.disconnect', {});
    context.notify({ message: 'The book is no longer connected to a server. Every contact is still here.' });
  });
  return (
    <>
      <dl className={classes.facts}>
        <dt>Server</dt>
        <dd><bdi>{account.url}</bdi> ({account.server === 'gauzy' ? 'Ever Gauzy' : 'Fieldbook'})</dd>
        <dt>Organization</dt>
        <dd dir="auto">{account.organizationName}</dd>
        <dt>Signed in as</dt>
        <dd dir="auto">{account.userName}</dd>
        <dt>Connected</dt>
        <dd>{longTime(account.linkedAt)}</dd>
        <dt>Now</dt>
        <dd>{syncWords(status, now)}</dd>
      </dl>
      <Switch label="Sync automatically" checked={!isPaused} onChange={(event) => pause(!event.currentTarget.checked)} />
      <div className={classes.setting}>
        <Button variant="default" onClick={() => showDialog('connect')}>Sign in again, or elsewhere</Button>
        <Button variant="subtle" color="red" onClick={() => setAsking(true)}>Disconnect</Button>
      </div>
      {isAsking && (
        <ConfirmDialog title="Disconnect the server?" confirm="Disconnect" onConfirm={disconnect} onClose={() => setAsking(false)}>
          Every contact stays in this book and on the server; they just do not follow each other any more.{' '}
          {status.waiting + status.parked > 0 && `${counted(status.waiting + status.parked, 'change')} will not be sent. `}
          {status.conflicts > 0 && `${counted(status.conflicts, 'conflict')} will be forgotten, with the values that are not in the book.`}
        </ConfirmDialog>
      )}
    </>
  );
}
