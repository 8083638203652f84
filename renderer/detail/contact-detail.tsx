import { Button, Skeleton, Tabs } from '@mantine/core';
import { IconArrowBackUp, IconUserOff } from '@tabler/icons-react';
import { Suspense, useState, type ReactNode } from 'react';
import type { Contact } from '../../shared/contact.ts';
import { useApp } from '../app/app-store.ts';
import { restoreContacts } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { lazy } from '../app/lazy.ts';
import { longTime, shortTime } from '../contacts/contact-words.ts';
import { ListMessage } from '../contacts/list-message.tsx';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import { ContactSyncNote } from '../sync/contact-sync-note.tsx';
import { ContactFields } from './contact-fields.tsx';
import classes from './contact-detail.module.css';
import { DetailHeader } from './detail-header.tsx';

const ContactHistory = lazy(async () => {
  const { ContactHistory: component } = await import('./contact-history.tsx');
  return { default: component };
});

const shownRelations = ['contact', 'tags', 'members', 'projects', 'invoices', 'image'] as const;

/** Everything about one contact. While another one is being read the former stays, so that nothing flickers. */
export function ContactDetail({ id }: { id: string }): ReactNode {
  const answer = useAnswer('contact.get', { id, data: { relations: [...shownRelations] }, withDeleted: true }, { keepPrevious: true });
  const close = useApp((state) => state.closeContactPane);
  const [tab, setTab] = useState<string | null>('details');

  if (answer.isError && (answer.data === undefined || answer.error.kind === 'notFound')) {
    return (
      <ListMessage icon={<IconUserOff />} title="This contact cannot be shown">
        <p>{answer.error.kind === 'notFound' ? 'It was erased for good.' : answer.error.message}</p>
        <Button variant="light" onClick={close}>Close</Button>
      </ListMessage>
    );
  }
  if (answer.data === undefined) return <Loading />;
  return <LoadedDetail key={answer.data.id} contact={answer.data} tab={tab} onTab={setTab} />;
}

interface LoadedDetailProps {
  contact: Contact;
  /** Stays chosen when another contact is opened. */
  tab: string | null;
  onTab: (tab: string | null) => void;
}

function LoadedDetail({ contact, tab, onTab }: LoadedDetailProps): ReactNode {
  return (
    <>
      <DetailHeader contact={contact} />
      <ContactSyncNote id={contact.id} />
      {contact.deletedAt !== null && <InTrash id={contact.id} since={contact.deletedAt} />}
      <Tabs value={tab} onChange={onTab} className={classes.tabs} keepMounted={false}>
        <Tabs.List className={classes.tabList}>
          <Tabs.Tab value="details">Details</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="details" className={classes.panel} tabIndex={0}>
          <ContactFields contact={contact} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={classes.panel} tabIndex={0}>
          <Suspense fallback={null}><ContactHistory id={contact.id} /></Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function InTrash({ id, since }: { id: string; since: string }): ReactNode {
  const context = useCommandContext();
  const now = useNow();
  return (
    <div className={classes.trashed} role="status">
      <span title={longTime(since)}>In the trash since {shortTime(since, now)}</span>
      <Button
        size="compact-sm" variant="default"
        leftSection={<IconArrowBackUp size={15} aria-hidden />}
        onClick={() => void restoreContacts(context, [id])}
      >
        Restore
      </Button>
    </div>
  );
}

function Loading(): ReactNode {
  return (
    <div className={classes.loading} aria-busy="true" aria-label="Loading the contact">
      <Skeleton circle height={56} />
      <Skeleton height={18} width="55%" />
      <Skeleton height={12} width="80%" />
      <Skeleton height={12} width="70%" />
    </div>
  );
}
