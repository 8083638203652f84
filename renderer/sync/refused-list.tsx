import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ParkedRecord } from '../../shared/operations/sync.ts';
import { counted } from '../../shared/sync-words.ts';
import { useApp } from '../app/app-store.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { ConfirmDialog } from '../app/confirm-dialog.tsx';
import { longTime } from '../contacts/contact-words.ts';
import { fieldWord } from './conflict-words.ts';
import classes from './records.module.css';
import { discardChange, sendAgain } from './sync-actions.ts';
import { momentWords } from './time-words.ts';

interface RefusedListProps {
  records: readonly ParkedRecord[];
  now: Date;
}

/** What the server did not take, why, and what can be done about it. */
export function RefusedList({ records, now }: RefusedListProps): ReactNode {
  return (
    <section aria-labelledby="outbox-refused">
      <h2 id="outbox-refused" className={classes.heading}>{counted(records.length, 'contact')} refused by the server</h2>
      <ul className={classes.list}>
        {records.map((record) => <Refused key={record.id} record={record} now={now} />)}
      </ul>
    </section>
  );
}

function Refused({ record, now }: { record: ParkedRecord; now: Date }): ReactNode {
  const context = useCommandContext();
  const editContact = useApp((state) => state.editContact);
  const [isAsking, setAsking] = useState(false);
  const name = record.name ?? 'A contact erased here';
  return (
    <li className={classes.record} data-refused>
      <div className={classes.words}>
        <bdi className={classes.name}>{name}</bdi>
        <span className={classes.problem}>
          {record.field !== undefined && <strong>{fieldWord(record.field)}: </strong>}
          {plainReason(record)}
        </span>
        <span className={classes.quiet}>
          <time dateTime={record.since} title={longTime(record.since)}>{momentWords(record.since, now)}</time>
          , after {counted(record.attempts, 'attempt')}
          {record.status !== null && `, status ${record.status}`}
        </span>
      </div>
      <div className={classes.actions}>
        {record.name !== null && (
          <Button
            size="compact-sm" aria-label={`Fix ${name}`}
            onClick={() => editContact(record.contactId, { field: record.field, message: plainReason(record) })}
          >
            Fix
          </Button>
        )}
        <Button
          size="compact-sm" variant="default" aria-label={`Send again: ${name}`}
          onClick={() => void sendAgain(context, record.id)}
        >
          Send again
        </Button>
        <Button
          size="compact-sm" variant="subtle" color="red" aria-label={`Discard my change of ${name}`}
          onClick={() => setAsking(true)}
        >
          Discard my change
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={`Discard your change of “${name}”?`} confirm="Discard"
          onConfirm={() => discardChange(context, record.id)} onClose={() => setAsking(false)}
        >
          The contact becomes what the server holds; one that the server never had goes to the trash. You can undo this.
        </ConfirmDialog>
      )}
    </li>
  );
}

/** The server's own words, without the name that a program has for the field: 'must be an email'. */
function plainReason({ field, message, reason }: ParkedRecord): string {
  const words = message || reason;
  return field !== undefined && words.startsWith(`${field} `) ? words.slice(field.length + 1) : words;
}
