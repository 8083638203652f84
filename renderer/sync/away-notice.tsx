import { Alert, Button } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { AwaySummary } from '../../shared/operations/sync.ts';
import { useApp } from '../app/app-store.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { longTime } from '../contacts/contact-words.ts';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import classes from './away-notice.module.css';
import { durationWords, momentWords } from './time-words.ts';

/** After a long absence: what others changed meanwhile, until the person has read it. */
export function AwayNotice(): ReactNode {
  const isLinked = (useAnswer('sync.status', {}).data?.account ?? null) !== null;
  const away = useAnswer('sync.away', {}, { enabled: isLinked }).data;
  return away ? <Away away={away} /> : null;
}

function Away({ away }: { away: AwaySummary }): ReactNode {
  const context = useCommandContext();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => void attempt(context, async () => {
    await context.host.call('sync.awaySeen', {});
    client.setQueryData(['sync.away', {}], null);
  });
  return (
    <Alert
      className={classes.notice ?? ''} color="pine" radius={0} role="status" icon={<IconCalendarEvent aria-hidden />}
      withCloseButton closeButtonLabel="Close this notice" onClose={close}
    >
      <strong>While you were away for {durationWords(away.since, away.until)}</strong>, <span>{sumWords(away)}.</span>{' '}
      {away.contacts.length > 0 && (
        <Button size="compact-xs" variant="light" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide them' : 'Show them'}
        </Button>
      )}
      {isOpen && <Changes away={away} />}
    </Alert>
  );
}

/** 'others added 12 contacts, changed 3 and deleted 1'. */
function sumWords({ created, updated, deleted }: AwaySummary): string {
  const parts = ([['added', created], ['changed', updated], ['deleted', deleted]] as const)
    .filter(([, count]) => count > 0)
    .map(([verb, count], order) =>
      `${verb} ${count.toLocaleString()}${order === 0 ? (count === 1 ? ' contact' : ' contacts') : ''}`);
  const last = parts.pop() ?? '';
  return `others ${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}`;
}

const kindWords = { created: 'added', updated: 'changed', deleted: 'deleted' } as const;

function Changes({ away: { contacts, created, updated, deleted } }: { away: AwaySummary }): ReactNode {
  const goTo = useApp((state) => state.goTo);
  const openContactPane = useApp((state) => state.openContactPane);
  const now = useNow();
  const more = created + updated + deleted - contacts.length;
  return (
    <ul className={classes.changes} aria-label="What others changed">
      {contacts.map(({ id, name, kind, at }) => (
        <li key={id} className={classes.change}>
          <button
            type="button" className={classes.name} dir="auto"
            onClick={() => {
              goTo(kind === 'deleted' ? 'trash' : 'contacts');
              openContactPane(id);
            }}
          >
            {name || 'A contact without a name'}
          </button>
          <span className={classes.quiet}>
            {kindWords[kind]}, <time dateTime={at} title={longTime(at)}>seen {momentWords(at, now)}</time>
          </span>
        </li>
      ))}
      {more > 0 && <li className={classes.quiet}>And {more.toLocaleString()} more.</li>}
    </ul>
  );
}
