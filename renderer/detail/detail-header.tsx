import { ActionIcon, Button, CloseButton, Tooltip } from '@mantine/core';
import { IconMail, IconPencil, IconPhone, IconTrash } from '@tabler/icons-react';
import { Suspense, useState, type ReactNode } from 'react';
import type { Contact } from '../../shared/contact.ts';
import { useApp } from '../app/app-store.ts';
import { attempt, deleteContacts, purgeContacts } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { ConfirmDialog } from '../app/confirm-dialog.tsx';
import { lazy } from '../app/lazy.ts';
import { TypeLabel } from '../contacts/type-label.tsx';
import { ContactImage } from './contact-image.tsx';
import classes from './detail-header.module.css';
import { mailLink, phoneLink } from './links.ts';
import { Marked } from './marked.tsx';

const Occupation = lazy(async () => {
  const { Occupation: component } = await import('./extra-properties.tsx');
  return { default: component };
});

/** What can be done with the contact as a whole, and below it who this is. */
export function DetailHeader({ contact }: { contact: Contact }): ReactNode {
  return (
    <header className={classes.header}>
      <Actions contact={contact} />
      <div className={classes.who}>
        <ContactImage id={contact.id} imageId={contact.imageId} name={contact.name} />
        <div className={classes.words}>
          <h2 className={classes.name} title={contact.name}><bdi><Marked text={contact.name} /></bdi></h2>
          {contact.extra !== null && <Suspense fallback={null}><Occupation extra={contact.extra} /></Suspense>}
          <div className={classes.state}>
            <TypeLabel type={contact.contactType} />
            {contact.isArchived && <span className={classes.note}>Archived</span>}
            {!contact.isActive && <span className={classes.note}>Not active</span>}
          </div>
        </div>
      </div>
    </header>
  );
}

function Actions({ contact }: { contact: Contact }): ReactNode {
  const context = useCommandContext();
  const close = useApp((state) => state.closeContactPane);
  const editContact = useApp((state) => state.editContact);
  const [asking, setAsking] = useState(false);
  const isDeleted = contact.deletedAt !== null;
  const call = contact.primaryPhone && phoneLink(contact.primaryPhone);
  const mail = contact.primaryEmail && mailLink(contact.primaryEmail);
  const open = (address: string) => attempt(context, async () => void (await context.host.openExternal(address)));
  return (
    <div className={classes.actions}>
      {!isDeleted && (
        <Button
          size="xs" variant="light"
          leftSection={<IconPencil size={15} aria-hidden />}
          aria-keyshortcuts="E"
          onClick={() => editContact(contact.id)}
        >
          Edit
        </Button>
      )}
      {call && (
        <Button size="xs" variant="default" leftSection={<IconPhone size={15} aria-hidden />} onClick={() => void open(call)}>
          Call
        </Button>
      )}
      {mail && (
        <Button size="xs" variant="default" leftSection={<IconMail size={15} aria-hidden />} onClick={() => void open(mail)}>
          Mail
        </Button>
      )}
      <div className={classes.end}>
        <Tooltip label={isDeleted ? 'Erase for good' : 'Delete'}>
          <ActionIcon
            size={30} variant="subtle" color="red"
            aria-label={isDeleted ? 'Erase for good' : 'Delete'}
            onClick={() => (isDeleted ? setAsking(true) : void deleteContacts(context, [contact.id]))}
          >
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <CloseButton aria-label="Close the contact" onClick={close} />
      </div>
      {asking && (
        <ConfirmDialog
          title={`Erase “${contact.name}” for good?`}
          confirm="Erase"
          onConfirm={() => purgeContacts(context, [contact.id])}
          onClose={() => setAsking(false)}
        >
          This cannot be undone.
        </ConfirmDialog>
      )}
    </div>
  );
}
