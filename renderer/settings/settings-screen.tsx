import { SegmentedControl, Select } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { themes, type Settings } from '../../shared/operations/book.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { useAnswer } from '../host/queries.ts';
import { SyncSection } from '../sync/sync-section.tsx';
import { AboutSection } from './about-section.tsx';
import { ApiSection } from './api-section.tsx';
import { BackupsSection } from './backups-section.tsx';
import { countryChoices } from './countries.ts';
import { SettingsSection } from './settings-section.tsx';
import classes from './settings-screen.module.css';
import { TokensSection } from './tokens-section.tsx';
import { UpdatesSection } from '../updates/updates-section.tsx';

const themeWords: Readonly<Record<Settings['theme'], string>> = {
  system: 'Same as the system', light: 'Light', dark: 'Dark',
};
const themeChoices = themes.map((theme) => ({ value: theme, label: themeWords[theme] }));

/** Everything that can be set, each saved as soon as it is chosen. */
export function SettingsScreen(): ReactNode {
  const settings = useAnswer('settings.get', {});
  const info = useAnswer('host.info', {});
  return (
    <div className={classes.screen}>
      <h1 className={classes.title}>Settings</h1>
      {settings.error && <p role="alert">The settings cannot be read: {settings.error.message}</p>}
      {settings.data && (
        <>
          <GeneralSection settings={settings.data} />
          <SyncSection />
          <ApiSection settings={settings.data} info={info.data} />
        </>
      )}
      <TokensSection />
      <BackupsSection />
      {settings.data && <UpdatesSection settings={settings.data} />}
      {info.data && <AboutSection info={info.data} />}
    </div>
  );
}

function GeneralSection({ settings }: { settings: Settings }): ReactNode {
  const context = useCommandContext();
  const countries = useMemo(() => countryChoices(), []);
  const change = (changes: Partial<Pick<Settings, 'theme' | 'phoneRegion'>>): void => {
    void attempt(context, async () => void (await context.host.call('settings.update', changes)));
  };
  return (
    <SettingsSection title="General">
      <div className={classes.setting}>
        <span id="theme-label" className={classes.label}>Theme</span>
        <SegmentedControl
          aria-labelledby="theme-label" data={themeChoices} value={settings.theme}
          onChange={(theme) => change({ theme: theme as Settings['theme'] })}
        />
      </div>
      <Select
        className={classes.control ?? ''}
        label="Country of your phone numbers"
        description="Numbers typed without a country code are taken to be from here."
        data={countries}
        value={settings.phoneRegion}
        onChange={(phoneRegion) => phoneRegion && change({ phoneRegion })}
        searchable
        allowDeselect={false}
        nothingFoundMessage="No such country"
        maxDropdownHeight={280}
      />
    </SettingsSection>
  );
}
