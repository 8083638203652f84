import { Button, FileButton, Group } from '@mantine/core';
import { IconArchive, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Backup } from '../../shared/operations/backups.ts';
import { attempt, countContacts } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { ConfirmDialog } from '../app/confirm-dialog.tsx';
import { longTime } from '../contacts/contact-words.ts';
import { useAction, useAnswer } from '../host/queries.ts';
import { contentWords, kindWords } from './backup-words.ts';
import { SettingsSection } from './settings-section.tsx';
import classes from './settings-screen.module.css';

const shownAtFirst = 5;

/** The backups: how old they are, making one now, going back to one; and the whole book as a file. */
export function BackupsSection(): ReactNode {
  const backups = useAnswer('backup.list', {});
  const make = useAction('backup.make');
  const items = backups.data?.items ?? [];
  return (
    <SettingsSection title="Backups" summary="Made every day while Fieldbook runs; the last 7 days and 4 weeks are kept.">
      {backups.error && <p role="alert" className={classes.problem}>{backups.error.message}</p>}
      {backups.isSuccess && items.length === 0 && (
        <p className={classes.none}><IconArchive size={18} aria-hidden /> There is no backup yet.</p>
      )}
      {items.length > 0 && <BackupList items={items.slice(0, shownAtFirst)} />}
      {items.length > shownAtFirst && (
        <details className={classes.ended}>
          <summary>{items.length - shownAtFirst} older</summary>
          <BackupList items={items.slice(shownAtFirst)} />
        </details>
      )}
      <Button
        className={classes.start ?? ''} variant="default" leftSection={<IconPlus size={16} aria-hidden />}
        loading={make.isPending} onClick={() => make.mutate({})}
      >
        Back up now
      </Button>
      {make.error && <p role="alert" className={classes.problem}>{make.error.message}</p>}
      <WholeBook />
    </SettingsSection>
  );
}

function BackupList({ items }: { items: readonly Backup[] }): ReactNode {
  return <ul className={classes.tokens}>{items.map((backup) => <BackupRow key={backup.id} backup={backup} />)}</ul>;
}

function BackupRow({ backup }: { backup: Backup }): ReactNode {
  const context = useCommandContext();
  const [isAsking, setAsking] = useState(false);
  const [isRestoring, setRestoring] = useState(false);
  const time = longTime(backup.madeAt);

  async function restore(): Promise<void> {
    setRestoring(true);
    await attempt(context, async () => {
      const { contacts } = await context.host.call('backup.restore', { id: backup.id });
      context.notify({ message: `Restored ${countContacts(contacts)} of ${time}` });
    });
    setRestoring(false);
  }

  return (
    <li className={classes.token}>
      <div className={classes.tokenText}>
        <span className={classes.tokenName}>{time}</span>
        <span>{contentWords(backup)}</span>
        <span className={classes.quiet}>{kindWords[backup.kind]}</span>
      </div>
      <Button
        size="compact-sm" variant="default" aria-label={`Restore the backup of ${time}`} loading={isRestoring}
        disabled={backup.contacts === null} onClick={() => setAsking(true)}
      >
        Restore
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Go back to ${time}?`} confirm="Restore" onConfirm={restore} onClose={() => setAsking(false)}
        >
          Everything changed since then is gone from the book. The book as it is now becomes a backup, so you can come back.
        </ConfirmDialog>
      )}
    </li>
  );
}

/** The whole book in one file: for another computer, or a place of one’s own to keep it. */
function WholeBook(): ReactNode {
  const context = useCommandContext();
  const [file, setFile] = useState<File | null>(null);
  const [isBusy, setBusy] = useState(false);
  const busy = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await attempt(context, work);
    setBusy(false);
  };
  const save = (): Promise<void> =>
    busy(async () => {
      if (await context.host.download('profile.export', {})) context.notify({ message: 'Saved the whole book as one file' });
    });
  const restore = (chosen: File): Promise<void> =>
    busy(async () => {
      const { contacts } = await context.host.upload('profile.restore', {}, chosen);
      context.notify({ message: `Restored ${countContacts(contacts)} from ${chosen.name}` });
    });

  return (
    <div className={classes.example}>
      <span className={classes.label}>The whole book as one file</span>
      <p className={classes.quiet}>
        Contacts, history, images and settings, for another computer. Tokens of programs and passwords are not in it.
      </p>
      <Group gap="xs">
        <Button variant="default" loading={isBusy} onClick={() => void save()}>Save as a file…</Button>
        <FileButton accept=".fieldbook,.db" onChange={setFile}>
          {(props) => <Button variant="default" disabled={isBusy} {...props}>Restore from a file…</Button>}
        </FileButton>
      </Group>
      {file && (
        <ConfirmDialog
          title={`Restore from “${file.name}”?`} confirm="Restore" onConfirm={() => restore(file)} onClose={() => setFile(null)}
        >
          The book in the file takes the place of this one. The book as it is now becomes a backup, so you can come back.
        </ConfirmDialog>
      )}
    </div>
  );
}
