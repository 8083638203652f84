import type { ReactNode } from 'react';
import type { HostInfo } from '../../shared/operations/book.ts';
import { countContacts } from '../app/book-actions.ts';
import { CopyButton } from './copy-button.tsx';
import classes from './settings-screen.module.css';
import { SettingsSection } from './settings-section.tsx';

/** Where the data is, and which Fieldbook this is. */
export function AboutSection({ info }: { info: HostInfo }): ReactNode {
  return (
    <SettingsSection title="About">
      <dl className={classes.facts}>
        <dt>Data folder</dt>
        <dd className={classes.value}><code>{info.dataDir}</code><CopyButton text={info.dataDir} what="the path" /></dd>
        <dt>In the book</dt>
        <dd>
          {countContacts(info.contacts)}{info.trashed > 0 ? `, ${info.trashed.toLocaleString()} in the trash` : ''}
        </dd>
        <dt>Fieldbook</dt>
        <dd>{info.version}</dd>
        <dt>SQLite</dt>
        <dd>{info.sqliteVersion}</dd>
      </dl>
    </SettingsSection>
  );
}
