import { Alert, Button, Switch, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { toAppError } from '../../shared/errors.ts';
import type { HostInfo, Settings } from '../../shared/operations/book.ts';
import { useHost } from '../host/host-context.tsx';
import { useAction } from '../host/queries.ts';
import { CopyButton } from './copy-button.tsx';
import classes from './settings-screen.module.css';
import { SettingsSection } from './settings-section.tsx';

interface ApiSectionProps {
  settings: Settings;
  info: HostInfo | undefined;
}

/** Whether and where programs on this computer can reach the book. */
export function ApiSection({ settings, info }: ApiSectionProps): ReactNode {
  const update = useAction('settings.update');
  return (
    <SettingsSection
      title="Local API"
      summary="Programs on this computer can read and change your contacts, with a token of yours."
    >
      <Switch
        label="Let programs on this computer connect"
        checked={settings.apiEnabled}
        onChange={(event) => update.mutate({ apiEnabled: event.currentTarget.checked })}
      />
      {update.error && <p role="alert" className={classes.problem}>{update.error.message}</p>}
      <PortField key={settings.apiPort} port={settings.apiPort} />
      {info?.apiError && <Alert color="red" role="alert" title="The API is not listening">{info.apiError}</Alert>}
      {info?.apiUrl && <ApiAddress url={info.apiUrl} />}
    </SettingsSection>
  );
}

function PortField({ port }: { port: number }): ReactNode {
  const { shell } = useHost();
  const update = useAction('settings.update');
  const [text, setText] = useState(String(port));
  const [problem, setProblem] = useState<string | null>(null);
  const isChanged = text.trim() !== String(port);

  async function save(): Promise<void> {
    const apiPort = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (!(apiPort >= 1 && apiPort <= 65_535)) {
      setProblem('Enter a whole number between 1 and 65535.');
      return;
    }
    try {
      await update.mutateAsync({ apiPort });
      setProblem(null);
    } catch (thrown) {
      setProblem(toAppError(thrown).message);
    }
  }

  return (
    <form
      className={classes.inline}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        label="Port" inputMode="numeric" value={text} error={problem} className={classes.port ?? ''}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {isChanged && <Button type="submit" variant="default" loading={update.isPending}>Use this port</Button>}
      {shell === 'browser' && (
        <p className={classes.quiet}>
          This window comes from the same address, so another port counts from the next start of Fieldbook. A port that was
          given with <code>--port</code> goes before it.
        </p>
      )}
    </form>
  );
}

function ApiAddress({ url }: { url: string }): ReactNode {
  const host = useHost();
  const example = `curl -H "Authorization: Bearer $TOKEN" ${url}/api/organization-contact/pagination`;
  return (
    <>
      <div className={classes.setting}>
        <span className={classes.label}>Address</span>
        <span className={classes.value}><code>{url}</code><CopyButton text={url} what="the address" /></span>
        <Button size="compact-sm" variant="subtle" onClick={() => void host.openExternal(`${url}/api/docs`)}>
          Documentation
        </Button>
      </div>
      <div className={classes.example}>
        <span className={classes.label}>Try it with a token in <code>TOKEN</code></span>
        <span className={classes.value}><code>{example}</code><CopyButton text={example} what="the command" /></span>
      </div>
    </>
  );
}
