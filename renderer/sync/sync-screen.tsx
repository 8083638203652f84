import { Button, Tabs } from '@mantine/core';
import { IconCloudOff, IconPlugConnected } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SyncStatus } from '../../shared/operations/sync.ts';
import { useApp, type SyncPart } from '../app/app-store.ts';
import { ListMessage } from '../contacts/list-message.tsx';
import { useAnswer } from '../host/queries.ts';
import { ConflictInbox } from './conflict-inbox.tsx';
import { Outbox } from './outbox.tsx';
import { QuarantineList } from './quarantine-list.tsx';
import { SyncHeader } from './sync-header.tsx';
import classes from './sync-screen.module.css';

/** Where sync stands, and what waits for an answer, to be sent, or could not be taken. */
export function SyncScreen(): ReactNode {
  const status = useAnswer('sync.status', {});
  if (status.error) {
    return (
      <ListMessage icon={<IconCloudOff />} title="The state of sync cannot be read">
        <p>{status.error.message}</p>
        <Button variant="light" onClick={() => void status.refetch()}>Try again</Button>
      </ListMessage>
    );
  }
  if (!status.data) return <div className={classes.screen} aria-busy="true" />;
  if (status.data.state === 'unlinked') return <Unlinked />;
  return <Linked status={status.data} />;
}

function Linked({ status }: { status: SyncStatus }): ReactNode {
  const part = useApp((state) => state.syncPart);
  const showSync = useApp((state) => state.showSync);
  return (
    <section className={classes.screen} aria-label="Sync">
      <SyncHeader status={status} />
      <Tabs className={classes.tabs} value={part} keepMounted={false} onChange={(value) => showSync(value as SyncPart)}>
        <Tabs.List className={classes.tabList}>
          <Part value="conflicts" label="Conflicts" count={status.conflicts} isUrgent />
          <Part value="outbox" label="Outbox" count={status.waiting + status.parked} isUrgent={status.parked > 0} />
          <Part value="quarantine" label="Not taken" count={status.quarantined} />
        </Tabs.List>
        <Tabs.Panel value="conflicts" className={classes.panel}><ConflictInbox /></Tabs.Panel>
        <Tabs.Panel value="outbox" className={classes.scroller} tabIndex={0}><Outbox /></Tabs.Panel>
        <Tabs.Panel value="quarantine" className={classes.scroller} tabIndex={0}><QuarantineList /></Tabs.Panel>
      </Tabs>
    </section>
  );
}

interface PartProps {
  value: SyncPart;
  label: string;
  count: number;
  isUrgent?: boolean;
}

function Part({ value, label, count, isUrgent = false }: PartProps): ReactNode {
  return (
    <Tabs.Tab value={value}>
      {label}{' '}
      {count > 0 && <span className={classes.count} data-urgent={isUrgent || undefined}>{count.toLocaleString()}</span>}
    </Tabs.Tab>
  );
}

function Unlinked(): ReactNode {
  const showDialog = useApp((state) => state.showDialog);
  return (
    <ListMessage icon={<IconPlugConnected />} title="This book has no server">
      <p>
        Everything is on this computer. Connect a server to share contacts with others; you can go on working
        without a network, for days if need be.
      </p>
      <Button onClick={() => showDialog('connect')}>Connect a server</Button>
    </ListMessage>
  );
}
