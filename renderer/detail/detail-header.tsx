import { ActionIcon, Button, CloseButton, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Contact } from '../../shared/contact.ts';
import { useApp } from '../app/app-store.ts';
import { deleteContacts, purgeContacts } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { ConfirmDialog } from '../app/confirm-dialog.tsx';
import { TypeLabel } from '../contacts/type-label.tsx';
import { ContactImage } from './contact-image.tsx';
import classes from './detail-header.module.css';

/** Who this is, and what can be done with the contact as a whole. */
export function DetailHeader({ contact }: { contact: Contact }): ReactNode {
  const context = useCommandContext();
  const close = useApp((state) => state.closeContactPane);
  const editContact = useApp((state) => state.editContact);
  const [asking, setAsking] = useState(false);
  const isDeleted = contact.deletedAt !== null;
  return (
    <header className={classes.header}>
      <ContactImage id={contact.id} imageId={contact.imageId} name={contact.name} />
      <div className={classes.words}>
        <h2 className={classes.name} dir="auto" title={contact.name}>{contact.name}</h2>
        <div className={classes.state}>
          <TypeLabel type={contact.contactType} />
          {contact.isArchived && <span className={classes.note}>Archived</span>}
          {!contact.isActive && <span className={classes.note}>Not active</span>}
        </div>
      </div>
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
    </header>
  );
}
