import { Button, VisuallyHidden } from '@mantine/core';
import { IconCloudOff, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { Suspense, type ReactNode } from 'react';
import { toAppError } from '../../shared/errors.ts';
import { isFiltered, useApp } from '../app/app-store.ts';
import { FirstStart } from '../app/screens.ts';
import { SidePane } from '../detail/side-pane.tsx';
import { useAnswer } from '../host/queries.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ContactList } from './contact-list.tsx';
import classes from './contacts-screen.module.css';
import { FilterBar } from './filter-bar.tsx';
import { FilterLine } from './filter-line.tsx';
import { ListMessage } from './list-message.tsx';
import { SearchBox } from './search-box.tsx';
import { useContactPages, type ShownList } from './use-contact-pages.ts';

/** The contacts: search, filters, list, and the open contact beside it. */
export function ContactsScreen(): ReactNode {
  const list = useContactPages(false);
  const selection = useApp((state) => state.selection);
  const filter = useApp((state) => state.filter);
  const newContact = useApp((state) => state.newContact);
  const info = useAnswer('host.info', {});

  if (info.data?.contacts === 0 && list.pages.length() === 0 && !isFiltered(filter)) {
    return (
      <div className={classes.columns}>
        <Suspense fallback={<div className={classes.list} />}><FirstStart /></Suspense>
        <SidePane />
      </div>
    );
  }
  return (
    <div className={classes.columns}>
      <section className={classes.list} aria-label="Contacts">
        <VisuallyHidden component="h1">Contacts</VisuallyHidden>
        <header className={classes.toolbar}>
          <div className={classes.search}><SearchBox /></div>
          <FilterBar />
          <Button
            className={classes.new}
            classNames={{ section: classes.newSign }}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={newContact}
            aria-label="New contact"
            aria-keyshortcuts="N"
          >
            <span className={classes.newWords}>New contact</span>
          </Button>
        </header>
        {selection.size > 0 && <BulkBar />}
        <FilterLine pages={list.pages} />
        <ListOrMessage list={list}>
          <ContactList label="Contacts" list={list} />
        </ListOrMessage>
      </section>
      <SidePane />
    </div>
  );
}

/** The list, or why there is none: it cannot be read, or nothing matches. */
function ListOrMessage({ list: { pages, filter }, children }: { list: ShownList; children: ReactNode }): ReactNode {
  const clearFilter = useApp((state) => state.clearFilter);
  if (pages.error() !== null && !pages.isReady()) {
    return (
      <ListMessage icon={<IconCloudOff />} title="The contacts cannot be read">
        <p>{toAppError(pages.error()).message}</p>
        <Button variant="light" onClick={() => pages.refresh()}>Try again</Button>
      </ListMessage>
    );
  }
  if (pages.isReady() && pages.length() === 0) {
    return (
      <ListMessage icon={<IconSearchOff />} title={filter.query ? `Nothing found for “${filter.query}”` : 'No contact here'}>
        <p>Words are found by their beginning, in every field; numbers however they are written.</p>
        {isFiltered(filter) && <Button variant="light" onClick={clearFilter}>Show all contacts</Button>}
      </ListMessage>
    );
  }
  return children;
}
