import { IconAddressBook, IconFileImport, IconRefresh, IconSettings, IconTrash, type Icon } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { types, typeWords } from '../contacts/contact-words.ts';
import typeClasses from '../contacts/type-label.module.css';
import { useAnswer } from '../host/queries.ts';
import { useApp, type Screen } from './app-store.ts';
import classes from './navigation.module.css';
import { useRovingFocus } from './use-roving-focus.ts';

/** Where a person can go: the contacts and ways to narrow them down, imports, the trash, the settings. */
export function Navigation(): ReactNode {
  const screen = useApp((state) => state.screen);
  const filter = useApp((state) => state.filter);
  const goTo = useApp((state) => state.goTo);
  const goToPlace = useApp((state) => state.goToPlace);
  const setFilter = useApp((state) => state.setFilter);
  const narrowing = useRef<HTMLDivElement>(null);
  const rove = useRovingFocus(narrowing);
  const info = useAnswer('host.info', {}).data;
  const sync = useAnswer('sync.status', {}).data;
  const tags = useAnswer('tag.list', {}).data?.items ?? [];
  const narrow = (change: Partial<typeof filter>): void => {
    // Of a search that was left here before, nobody thinks any more who chooses a type or a tag elsewhere.
    const isElsewhere = screen !== 'contacts';
    goTo('contacts');
    setFilter({ types: [], tags: [], members: [], ...(isElsewhere ? { query: '' } : {}), ...change });
  };
  const only = (ids: readonly string[], id: string): boolean => screen === 'contacts' && ids.length === 1 && ids[0] === id;
  const isNarrowed = filter.types.length === 1 || filter.tags.length === 1;
  const usedTags = tags
    .filter((tag) => tag.organization_contact_counter > 0)
    .sort((a, b) => b.organization_contact_counter - a.organization_contact_counter);

  return (
    <nav className={classes.nav} aria-label="Fieldbook">
      <div className={classes.brand} aria-hidden>
        <span className={classes.cover} />
        <span className={classes.label}>Fieldbook</span>
      </div>
      <ul className={classes.entries}>
        <Entry
          icon={IconAddressBook} label="All contacts" count={info?.contacts}
          isCurrent={screen === 'contacts' && !isNarrowed} onClick={() => goToPlace('contacts')}
        />
        <Place screen="imports" icon={IconFileImport} label="Import" />
        <Place screen="sync" icon={IconRefresh} label="Sync" count={sync && sync.conflicts + sync.parked} />
        <Place screen="trash" icon={IconTrash} label="Trash" count={info?.trashed} />
        <Place screen="settings" icon={IconSettings} label="Settings" />
      </ul>
      <div ref={narrowing} className={classes.narrowing} onKeyDown={rove} role="presentation">
        <h2 className={classes.heading}>Types</h2>
        <ul className={classes.entries}>
          {types.map((type) => (
            <Entry
              key={type}
              mark={<span className={`${typeClasses.type} ${classes.mark}`} data-type={type} />}
              label={typeWords[type].many}
              isCurrent={only(filter.types, type)}
              onClick={() => narrow({ types: [type] })}
            />
          ))}
        </ul>
        {usedTags.length > 0 && <h2 className={classes.heading}>Tags</h2>}
        <ul className={classes.entries}>
          {usedTags.map((tag) => (
            <Entry
              key={tag.id}
              mark={<span className={classes.dot} style={{ backgroundColor: tag.color }} />}
              label={tag.name}
              count={tag.organization_contact_counter}
              isCurrent={only(filter.tags, tag.id)}
              onClick={() => narrow({ tags: [tag.id] })}
            />
          ))}
        </ul>
      </div>
    </nav>
  );
}

function Place({ screen, ...rest }: { screen: Screen; icon: Icon; label: string; count?: number | undefined }): ReactNode {
  const isCurrent = useApp((state) => state.screen === screen);
  const goToPlace = useApp((state) => state.goToPlace);
  return <Entry {...rest} isCurrent={isCurrent} onClick={() => goToPlace(screen)} />;
}

interface EntryProps {
  label: string;
  icon?: Icon;
  mark?: ReactNode;
  count?: number | undefined;
  isCurrent: boolean;
  onClick: () => void;
}

function Entry({ label, icon: EntryIcon, mark, count, isCurrent, onClick }: EntryProps): ReactNode {
  return (
    <li>
      <button
        type="button"
        className={classes.entry}
        aria-current={isCurrent ? 'page' : undefined}
        title={label}
        onClick={onClick}
      >
        <span className={classes.sign} aria-hidden>{EntryIcon ? <EntryIcon size={18} stroke={1.7} /> : mark}</span>
        <bdi className={classes.label}>{label}</bdi>
        {count !== undefined && count > 0 && <span className={classes.count}>{count.toLocaleString()}</span>}
      </button>
    </li>
  );
}
