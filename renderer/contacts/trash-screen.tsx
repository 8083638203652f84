import { Button } from '@mantine/core';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useApp } from '../app/app-store.ts';
import { countContacts, purgeContacts, restoreContacts } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { ConfirmDialog } from '../app/confirm-dialog.tsx';
import { SidePane } from '../detail/side-pane.tsx';
import { ContactList } from './contact-list.tsx';
import classes from './contacts-screen.module.css';
import { ListMessage } from './list-message.tsx';
import { SearchBox } from './search-box.tsx';
import { useContactPages } from './use-contact-pages.ts';

/** What was deleted, to be restored or erased for good. */
export function TrashScreen(): ReactNode {
  const context = useCommandContext();
  const list = useContactPages(true);
  const selection = useApp((state) => state.selection);
  const showDialog = useApp((state) => state.showDialog);
  const [asking, setAsking] = useState(false);
  const isEmpty = list.pages.isReady() && list.pages.length() === 0;
  const ids = [...selection];

  return (
    <div className={classes.columns}>
      <section className={classes.list} aria-label="Trash">
        <header className={classes.toolbar}>
          <h1 className={classes.title}>Trash</h1>
          <span className={classes.note}>Contacts here are erased after 90 days</span>
          <div className={classes.search}><SearchBox /></div>
          {ids.length > 0 && (
            <>
              <Button
                size="compact-sm" variant="light"
                leftSection={<IconArrowBackUp size={15} aria-hidden />}
                onClick={() => void restoreContacts(context, ids)}
              >
                Restore {ids.length.toLocaleString()}
              </Button>
              <Button size="compact-sm" variant="subtle" color="red" onClick={() => setAsking(true)}>
                Erase {ids.length.toLocaleString()}
              </Button>
            </>
          )}
          <Button
            className={classes.new} variant="default" disabled={isEmpty && list.filter.query === ''}
            onClick={() => showDialog('emptyTrash')}
          >
            Empty the trash
          </Button>
        </header>
        {isEmpty ? (
          <ListMessage icon={<IconTrash />} title={list.filter.query === '' ? 'The trash is empty' : 'Nothing found in the trash'}>
            <p>Deleted contacts wait here, and can be restored with all they had.</p>
          </ListMessage>
        ) : (
          <ContactList label="Deleted contacts" list={list} />
        )}
      </section>
      <SidePane />
      {asking && (
        <ConfirmDialog
          title={`Erase ${countContacts(ids.length)} for good?`}
          confirm="Erase"
          onConfirm={() => purgeContacts(context, ids)}
          onClose={() => setAsking(false)}
        >
          This cannot be undone.
        </ConfirmDialog>
      )}
    </div>
  );
}
