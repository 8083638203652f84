import { Button } from '@mantine/core';
import { IconChecks, IconCloudOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { longTime } from '../contacts/contact-words.ts';
import { ListMessage } from '../contacts/list-message.tsx';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import classes from './records.module.css';
import { momentWords } from './time-words.ts';

const mostShown = 200;

/** What the server has and this book could not take, in whole or in one field, and why. */
export function QuarantineList(): ReactNode {
  const answer = useAnswer('sync.quarantine', {});
  const now = useNow();
  if (!answer.data) {
    if (!answer.error) return <div className={classes.records} aria-busy="true" />;
    return (
      <ListMessage icon={<IconCloudOff />} title="The list cannot be read">
        <p>{answer.error.message}</p>
        <Button variant="light" onClick={() => void answer.refetch()}>Try again</Button>
      </ListMessage>
    );
  }
  const { items, total } = answer.data;
  if (total === 0) {
    return (
      <ListMessage icon={<IconChecks />} title="Everything could be taken">
        <p>Contacts of the server that this book cannot hold as they are would be listed here.</p>
      </ListMessage>
    );
  }
  return (
    <div className={classes.records}>
      <p className={classes.intro}>
        The server has these in a form that this book cannot hold. They are left alone on both sides, and taken as soon
        as they are put right there.
      </p>
      <ul className={classes.list}>
        {items.slice(0, mostShown).map(({ remoteId, name, reason, at }) => (
          <li key={remoteId} className={classes.record}>
            <div className={classes.words}>
              <bdi className={classes.name}>{name ?? `Contact ${remoteId}`}</bdi>
              <span>{reason}</span>
              <time className={classes.quiet} dateTime={at} title={longTime(at)}>First seen {momentWords(at, now)}</time>
            </div>
          </li>
        ))}
      </ul>
      {total > mostShown && <p className={classes.quiet}>And {(total - mostShown).toLocaleString()} more.</p>}
    </div>
  );
}
