import { Button, SegmentedControl } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { updateChoices, type Settings } from '../../shared/operations/book.ts';
import type { UpdateStatus } from '../../shared/operations/updates.ts';
import { useAction, useAnswer } from '../host/queries.ts';
import classes from '../settings/settings-screen.module.css';
import { SettingsSection } from '../settings/settings-section.tsx';
import { NewsDialog } from './news-dialog.tsx';
import { RestartButton } from './restart-button.tsx';
import { lookedWords } from './update-words.ts';

const choiceWords: Readonly<Record<Settings['updates'], string>> = { off: 'Off', stable: 'Stable', beta: 'Beta' };
const choices = updateChoices.map((value) => ({ value, label: choiceWords[value] }));

/** Whether newer versions are looked for, and what there is; nothing is looked for before somebody chose so. */
export function UpdatesSection({ settings }: { settings: Settings }): ReactNode {
  const status = useAnswer('update.status', {}).data;
  const news = useAnswer('news.get', {}).data;
  const change = useAction('settings.update');
  const [isReading, setReading] = useState(false);
  if (!status) return null;
  const isSupported = status.state !== 'unsupported';
  return (
    <SettingsSection
      title="Updates"
      {...(isSupported ? { summary: 'Once a day Fieldbook asks where it is published. Nothing about you or your contacts is sent.' } : {})}
    >
      {isSupported ? (
        <>
          <div className={classes.setting}>
            <span id="updates-label" className={classes.label}>Check for updates</span>
            <SegmentedControl
              aria-labelledby="updates-label" data={choices} value={settings.updates} disabled={change.isPending}
              onChange={(updates) => change.mutate({ updates: updates as Settings['updates'] })}
            />
          </div>
          {change.error && <p role="alert" className={classes.problem}>{change.error.message}</p>}
          {status.state !== 'off' && <Standing status={status} />}
        </>
      ) : (
        <p className={classes.quiet}>This Fieldbook does not update itself: get a newer one where you got this one.</p>
      )}
      {news && news.releases.length > 0 && (
        <Button variant="default" className={classes.start ?? ''} onClick={() => setReading(true)}>
          What’s new in {news.version}
        </Button>
      )}
      {isReading && news && <NewsDialog releases={news.releases} onClose={() => setReading(false)} />}
    </SettingsSection>
  );
}

function Standing({ status }: { status: UpdateStatus }): ReactNode {
  const look = useAction('update.check');
  if (status.state === 'ready') {
    return (
      <div className={classes.setting}>
        <RestartButton />
        <p role="status" className={classes.quiet}>Fieldbook {status.version} is ready.</p>
      </div>
    );
  }
  return (
    <>
      <div className={classes.setting}>
        <Button variant="default" loading={status.state === 'looking' || look.isPending} onClick={() => look.mutate({})}>
          Check now
        </Button>
        <p role="status" className={classes.quiet}>{lookedWords(status)}</p>
      </div>
      {status.problem !== null && <p role="alert" className={classes.problem}>It could not be looked: {status.problem}</p>}
      {look.error && <p role="alert" className={classes.problem}>{look.error.message}</p>}
    </>
  );
}
