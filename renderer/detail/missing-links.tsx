import { Fragment, type ReactNode } from 'react';
import type { Contact } from '../../shared/contact.ts';
import { useApp } from '../app/app-store.ts';
import classes from './contact-fields.module.css';

/** What a contact hardly anything is known of still lacks: each opens the form at its field. */
export function MissingLinks({ contact }: { contact: Contact }): ReactNode {
  const editContact = useApp((state) => state.editContact);
  const { primaryEmail, primaryPhone, tags = [] } = contact;
  if (contact.deletedAt !== null || (primaryEmail !== null && primaryPhone !== null)) return null;
  const missing = [
    { field: 'primaryEmail', words: 'Add e-mail', isMissing: primaryEmail === null },
    { field: 'primaryPhone', words: 'Add phone', isMissing: primaryPhone === null },
    { field: 'tags', words: 'Add a tag', isMissing: tags.length === 0 },
  ].filter(({ isMissing }) => isMissing);
  return (
    <p className={classes.missing}>
      {missing.map(({ field, words }, order) => (
        <Fragment key={field}>
          {order > 0 && <span aria-hidden> · </span>}
          <button type="button" className={classes.missingLink} onClick={() => editContact(contact.id, { field })}>
            {words}
          </button>
        </Fragment>
      ))}
    </p>
  );
}
