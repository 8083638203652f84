import type { ReactNode } from 'react';
import type { SyncState } from '../../shared/operations/sync.ts';
import { syncWords } from '../../shared/sync-words.ts';
import { useApp } from '../app/app-store.ts';
import { Lamp, type LampState } from '../app/lamp.tsx';
import itemClasses from '../app/status-item.module.css';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import classes from './sync-chip.module.css';

/** The lamp of each state. */
export const lampOf: Readonly<Record<SyncState, LampState>> = {
  unlinked: 'off', synced: 'on', syncing: 'busy', offline: 'off', paused: 'off', attention: 'problem', signedOut: 'problem',
};

/** Where sync stands, in the status line; opens what there is to see or to do about it. */
export function SyncChip(): ReactNode {
  const status = useAnswer('sync.status', {}).data;
  const showSync = useApp((state) => state.showSync);
  const now = useNow();
  if (!status) return null;
  const words = syncWords(status, now);
  const details = [words, status.lastError, status.account && `${status.account.organizationName} on ${status.account.url}`];
  const part = status.conflicts === 0 && status.waiting + status.parked > 0 ? 'outbox' : 'conflicts';
  return (
    <button
      type="button" className={itemClasses.item} title={details.filter(Boolean).join('\n')}
      onClick={() => showSync(part)}
    >
      <Lamp state={lampOf[status.state]} />
      <span className={classes.words}>{words}</span>
    </button>
  );
}
