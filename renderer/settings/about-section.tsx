import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { HostInfo } from '../../shared/operations/book.ts';
import { countContacts } from '../app/book-actions.ts';
import { useHost } from '../host/host-context.tsx';
import { CopyButton } from './copy-button.tsx';
import classes from './settings-screen.module.css';
import { SettingsSection } from './settings-section.tsx';

/** Where the data is, and which Fieldbook this is. */
export function AboutSection({ info }: { info: HostInfo }): ReactNode {
  const host = useHost();
  const diagnostics = useMutation({ mutationFn: () => host.download('host.diagnostics', {}), networkMode: 'always' });
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
      <div className={classes.setting}>
        <Button variant="default" loading={diagnostics.isPending} onClick={() => diagnostics.mutate()}>
          Save diagnostics…
        </Button>
        <p className={classes.quiet}>For whoever helps you with a problem. It contains no contacts and no tokens.</p>
      </div>
      {diagnostics.error && <p role="alert" className={classes.problem}>{diagnostics.error.message}</p>}
    </SettingsSection>
  );
}
