import '@mantine/spotlight/styles.layer.css';
import { Kbd } from '@mantine/core';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { fold } from '../../shared/text.ts';
import { MarkedText } from '../contacts/marked-text.tsx';
import { markWords, searchTerms } from '../contacts/marks.ts';
import { useAnswer } from '../host/queries.ts';
import { useAppStore } from './app-store.ts';
import { useCommandContext } from './command-context.tsx';
import { commandsOf, isEnabled, type Command } from './commands.ts';
import { keyParts } from './keyboard.ts';
import classes from './palette.module.css';

const [paletteStore, palette] = createSpotlight();
const contactsShown = 8;
/** Commands that make no sense where one has just opened the palette. */
const keysOnly = new Set(['app.palette', 'app.back']);

/** The command palette: every command, and the contacts found as you type. */
export function Palette({ onClose }: { onClose: () => void }): ReactNode {
  const store = useAppStore();
  const context = useCommandContext();
  const [query, setQuery] = useState('');
  const found = useAnswer(
    'contact.page',
    { query, limit: contactsShown },
    { enabled: query.trim() !== '', keepPrevious: true },
  ).data?.items ?? [];
  const contacts = query.trim() === '' ? [] : found;
  const matching = commandsOf(context.host)
    .filter((command) => !command.inList && !keysOnly.has(command.id) && matches(command, query))
    .filter((command) => isEnabled(command, context))
    .toSorted((a, b) => Number(isCalled(b, query)) - Number(isCalled(a, query)));
  // Who types a command by its name means it, though contacts have the word somewhere as well.
  const commandsFirst = matching.some((command) => isCalled(command, query));
  const terms = searchTerms(query);

  const listRef = useRef<HTMLDivElement | null>(null);

  useEffect(() => palette.open(), []);
  const results = [...contacts, ...matching].map(({ id }) => id).join();
  useEffect(() => selectFirst(listRef.current), [results, commandsFirst]);

  const choose = (act: () => void): void => {
    onClose();
    act();
  };

  const contactGroup = contacts.length > 0 && (
    <Spotlight.ActionsGroup label="Contacts">
      {contacts.map((contact) => (
        <Spotlight.Action
          key={contact.id}
          onClick={() => choose(() => {
            store.getState().goTo('contacts');
            store.getState().openContactPane(contact.id);
          })}
        >
          <span className={classes.action}>
            <bdi className={classes.name}><MarkedText stretches={markWords(contact.name, terms)} /></bdi>
            <bdi className={classes.more}>{contact.primaryEmail ?? contact.primaryPhone ?? contact.city}</bdi>
          </span>
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  );
  const commandGroup = matching.length > 0 && (
    <Spotlight.ActionsGroup label="Commands">
      {matching.map((command) => (
        <Spotlight.Action key={command.id} onClick={() => choose(() => void command.run(context, { shift: false }))}>
          <span className={classes.action}>
            <span className={classes.name}>{command.title}</span>
            <span className={classes.keys}>
              {keyParts(command.keys?.[0] ?? '').map((part) => part && <Kbd key={part} size="xs">{part}</Kbd>)}
            </span>
          </span>
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  );

  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      classNames={{ actionsGroup: classes.group ?? '', search: classes.search ?? '' }}
      attributes={{ content: { 'aria-label': 'Commands and contacts' } }}
    >
      <Spotlight.Search
        aria-label="Find a command or a contact"
        placeholder="Find a command or a contact…"
        leftSection={<IconSearch size={17} aria-hidden />}
      />
      <Spotlight.ActionsList
        ref={(list: HTMLDivElement | null) => {
          listRef.current = list;
          selectFirst(list);
        }}
      >
        {commandsFirst && commandGroup}
        {contactGroup}
        {!commandsFirst && commandGroup}
        {contacts.length + matching.length === 0 && <Spotlight.Empty>Nothing found</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Spotlight selects the first action when the text changes; the contacts arrive after that. */
function selectFirst(list: HTMLElement | null): void {
  const actions = list?.querySelectorAll('[data-action]') ?? [];
  for (const [order, action] of actions.entries()) action.toggleAttribute('data-selected', order === 0);
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}

function matches(command: Command, query: string): boolean {
  const title = fold(`${command.title} ${command.group}`);
  return fold(query).split(/\s+/).every((part) => title.includes(part));
}

/** Whether the query is the name of the command, or its first word. */
function isCalled(command: Command, query: string): boolean {
  return `${fold(command.title)} `.startsWith(`${fold(query.trim())} `);
}
