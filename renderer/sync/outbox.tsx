import { Button } from '@mantine/core';
import { IconChecks, IconCloudOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { OutboxItem } from '../../shared/operations/sync.ts';
import { counted } from '../../shared/sync-words.ts';
import { useApp } from '../app/app-store.ts';
import { longTime } from '../contacts/contact-words.ts';
import { ListMessage } from '../contacts/list-message.tsx';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import { delayWords, outboxWords } from './outbox-words.ts';
import { RefusedList } from './refused-list.tsx';
import classes from './records.module.css';
import { momentWords } from './time-words.ts';

const pageSize = 100;
const mostShown = 500;

/** What will be sent, in words, after what was refused and needs somebody to act. */
export function Outbox(): ReactNode {
  const [limit, setLimit] = useState(pageSize);
  const outbox = useAnswer('sync.outbox', { limit }, { keepPrevious: true });
  const parked = useAnswer('sync.parked', {});
  const now = useNow();
  const error = outbox.error ?? parked.error;
  if (!outbox.data || !parked.data) {
    if (!error) return <div className={classes.records} aria-busy="true" />;
    return (
      <ListMessage icon={<IconCloudOff />} title="The outbox cannot be read">
        <p>{error.message}</p>
        <Button variant="light" onClick={() => void Promise.all([outbox.refetch(), parked.refetch()])}>Try again</Button>
      </ListMessage>
    );
  }
  const waiting = outbox.data.items.filter(({ state }) => state !== 'parked');
  const more = outbox.data.total - outbox.data.items.length;
  if (waiting.length + parked.data.items.length + more === 0) {
    return (
      <ListMessage icon={<IconChecks />} title="Nothing waits to be sent">
        <p>Every change you made here is on the server.</p>
      </ListMessage>
    );
  }
  return (
    <div className={classes.records}>
      {parked.data.items.length > 0 && <RefusedList records={parked.data.items} now={now} />}
      {waiting.length > 0 && (
        <section aria-labelledby="outbox-waiting">
          <h2 id="outbox-waiting" className={classes.heading}>{counted(outbox.data.total - parked.data.total, 'contact')} to send</h2>
          <ul className={classes.list}>
            {waiting.map((item) => <Waiting key={item.id} item={item} now={now} />)}
          </ul>
        </section>
      )}
      {more > 0 && (limit < mostShown
        ? <Button variant="subtle" size="compact-sm" onClick={() => setLimit(mostShown)}>Show more</Button>
        : <p className={classes.quiet}>And {counted(more, 'contact')} more.</p>)}
    </div>
  );
}

function Waiting({ item, now }: { item: OutboxItem; now: Date }): ReactNode {
  const goTo = useApp((state) => state.goTo);
  const openContactPane = useApp((state) => state.openContactPane);
  const showSync = useApp((state) => state.showSync);
  const delay = delayWords(item);
  return (
    <li className={classes.record}>
      <div className={classes.words}>
        <bdi className={classes.name}>{item.name || 'A contact erased here'}</bdi>
        <span>{outboxWords(item)}</span>
        <span className={classes.quiet}>
          {delay !== null && <>{delay}. </>}
          <time dateTime={item.queuedAt} title={longTime(item.queuedAt)}>Since {momentWords(item.queuedAt, now)}</time>
        </span>
      </div>
      {item.state === 'held' && (
        <Button size="compact-sm" variant="light" onClick={() => showSync('conflicts')}>Answer</Button>
      )}
      {item.kind !== 'delete' && item.name !== '' && (
        <Button
          size="compact-sm" variant="default" aria-label={`Open ${item.name}`}
          onClick={() => {
            goTo('contacts');
            openContactPane(item.contactId);
          }}
        >
          Open
        </Button>
      )}
    </li>
  );
}
