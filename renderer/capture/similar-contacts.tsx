import { IconUserCheck, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CapturedFields } from '../../shared/capture-fields.ts';
import type { SimilarContact } from '../../shared/operations/contacts.ts';
import { useAnswer } from '../host/queries.ts';
import classes from './capture-dialog.module.css';

const keyWords: Readonly<Record<SimilarContact['by'][number], string>> = { email: 'e-mail', phone: 'phone', name: 'name' };

interface SimilarContactsProps {
  fields: Pick<CapturedFields, 'name' | 'email' | 'phone'>;
  onOpen: (id: string) => void;
}

/** The contacts that are in the book already and share something with the new one. */
export function SimilarContacts({ fields: { name, email, phone }, onOpen }: SimilarContactsProps): ReactNode {
  const wanted = { name: name.slice(0, 1000), email: email.slice(0, 1000), phone: phone.slice(0, 1000) };
  const isAsked = [name, email, phone].some((value) => value.trim() !== '');
  const answer = useAnswer('contact.similar', wanted, { enabled: isAsked, keepPrevious: true });
  const found = isAsked ? (answer.data?.items ?? []) : [];

  if (found.length === 0) {
    return (
      <aside className={classes.similar} aria-label="Possible duplicates">
        <p className={classes.none}>
          <IconUserCheck size={18} stroke={1.6} aria-hidden />
          {isAsked ? 'No one with this name, e-mail or phone is in the book.' : 'Contacts that may be the same appear here.'}
        </p>
      </aside>
    );
  }
  return (
    <aside className={classes.similar} aria-label="Possible duplicates">
      <h3 className={classes.similarTitle}><IconUsers size={16} aria-hidden /> Already in the book?</h3>
      <ul className={classes.matches} aria-live="polite">
        {found.map(({ contact, by }) => (
          <li key={contact.id}>
            <button type="button" className={classes.match} onClick={() => onOpen(contact.id)}>
              <bdi className={classes.matchName}>{contact.name}</bdi>
              <bdi className={classes.quiet}>{contact.company ?? contact.primaryEmail ?? contact.primaryPhone}</bdi>
              <span className={classes.reason}>Same {by.map((key) => keyWords[key]).join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
