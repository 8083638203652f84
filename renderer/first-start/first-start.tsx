import { IconAddressBook, IconFileImport, IconPlugConnected, IconSparkles } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useApp } from '../app/app-store.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { StartCard } from './start-card.tsx';
import classes from './first-start.module.css';

const sampleContacts = 200;

/** What an empty book offers: the address book one has, something to try with, or a first contact. */
export function FirstStart(): ReactNode {
  const context = useCommandContext();
  const newContact = useApp((state) => state.newContact);
  const goTo = useApp((state) => state.goTo);
  const showDialog = useApp((state) => state.showDialog);
  const [isSeeding, setSeeding] = useState(false);

  async function seed(): Promise<void> {
    setSeeding(true);
    await attempt(context, async () => {
      const { contacts, group } = await context.host.call('book.seed', { contacts: sampleContacts });
      context.notify({
        message: `Added ${contacts.toLocaleString()} sample contacts`,
        ...(group === null ? {} : { action: { label: 'Undo', run: () => undo(group) } }),
      });
    });
    setSeeding(false);
  }

  const undo = (group: string): Promise<void> =>
    attempt(context, async () => void (await context.host.call('undo.undo', { group })));

  return (
    <section className={classes.start} aria-labelledby="first-start-title">
      <div className={classes.inside}>
        <h1 id="first-start-title" className={classes.title}>Your book is empty</h1>
        <p className={classes.subtitle}>Everything you put in stays on this computer. No account is needed.</p>
        <div className={classes.cards}>
          <StartCard
            icon={<IconFileImport size={26} stroke={1.5} aria-hidden />}
            title="Import your address book"
            text="From Google, Outlook, Thunderbird, a phone or a spreadsheet. You see what will happen first."
            isFirst
            onChoose={() => goTo('imports')}
          />
          <StartCard
            icon={<IconSparkles size={26} stroke={1.5} aria-hidden />}
            title="Try with sample data"
            text={`${sampleContacts} made-up contacts to look around with. One click takes them out again.`}
            isBusy={isSeeding}
            onChoose={() => void seed()}
          />
          <StartCard
            icon={<IconAddressBook size={26} stroke={1.5} aria-hidden />}
            title="New contact"
            text="Start with one. Press N at any time for another."
            onChoose={newContact}
          />
          <StartCard
            icon={<IconPlugConnected size={26} stroke={1.5} aria-hidden />}
            title="Connect a server"
            text="Bring the contacts of Ever Gauzy or of another Fieldbook along, and share what you change."
            onChoose={() => showDialog('connect')}
          />
        </div>
      </div>
    </section>
  );
}
