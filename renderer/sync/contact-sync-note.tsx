import { Button } from '@mantine/core';
import { IconCloudCheck, IconDeviceLaptop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useApp } from '../app/app-store.ts';
import { longTime } from '../contacts/contact-words.ts';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import classes from './contact-sync-note.module.css';
import { markWords } from './sync-mark.tsx';
import { agoWords } from './time-words.ts';

/** How a contact stands with the server, and what the server cannot hold of it; nothing in a book without one. */
export function ContactSyncNote({ id }: { id: string }): ReactNode {
  const isLinked = (useAnswer('sync.status', {}).data?.account ?? null) !== null;
  const sync = useAnswer('sync.contacts', { ids: [id] }, { enabled: isLinked }).data?.[0];
  const showSync = useApp((state) => state.showSync);
  const now = useNow();
  if (!isLinked || !sync) return null;
  const { state, checkedAt, notes } = sync;
  const words = state === 'local' ? 'Only in this book' : state === 'synced' ? 'As on the server' : markWords[state].words;
  const SyncIcon = state === 'local' ? IconDeviceLaptop : state === 'synced' ? IconCloudCheck : markWords[state].icon;
  return (
    <div className={classes.note} data-state={state}>
      <SyncIcon size={16} stroke={1.8} aria-hidden className={classes.icon} />
      <span>
        <span className={classes.words}>{words}</span>
        {checkedAt !== null && <>, <time dateTime={checkedAt} title={longTime(checkedAt)}>checked {agoWords(checkedAt, now)}</time></>}
        {notes.map((note) => <span key={note} className={classes.kept}>{note}</span>)}
      </span>
      {(state === 'conflict' || state === 'refused') && (
        <Button size="compact-xs" variant="light" onClick={() => showSync(state === 'conflict' ? 'conflicts' : 'outbox')}>
          {state === 'conflict' ? 'Answer' : 'See why'}
        </Button>
      )}
    </div>
  );
}
