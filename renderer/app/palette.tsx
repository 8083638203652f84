import '@mantine/spotlight/styles.layer.css';
import { Kbd } from '@mantine/core';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Contact } from '../../shared/contact.ts';
import type { ContactRow } from '../../shared/operations/contacts.ts';
import { fold } from '../../shared/text.ts';
import { MarkedText } from '../contacts/marked-text.tsx';
import { markDigits, markWords, searchTerms, type SearchTerms } from '../contacts/marks.ts';
import { useHost } from '../host/host-context.tsx';
import { useAnswer } from '../host/queries.ts';
import { useApp, useAppStore } from './app-store.ts';
import { useCommandContext } from './command-context.tsx';
import { commandsOf, isEnabled, type Command } from './commands.ts';
import { keyParts } from './keyboard.ts';
import classes from './palette.module.css';

const [paletteStore, palette] = createSpotlight();
const contactsShown = 8;
/** Commands that make no sense where one has just opened the palette. */
const keysOnly = new Set(['app.palette', 'app.back']);
/** Commands that mean nothing before a server is connected. */
const ofServer = new Set(['sync.now', 'sync.ready']);

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
  const recent = useRecentContacts(query.trim() === '');
  const isUnlinked = useAnswer('sync.status', {}).data?.state === 'unlinked';
  const matching = commandsOf(context.host)
    .filter((command) => !command.inList && !keysOnly.has(command.id) && matches(command, query))
    .filter((command) => isEnabled(command, context) && !(isUnlinked && ofServer.has(command.id)))
    .toSorted((a, b) => Number(isCalled(b, query)) - Number(isCalled(a, query)));
  // Who types a command by its name means it, though contacts have the word somewhere as well.
  const commandsFirst = matching.some((command) => isCalled(command, query));
  const terms = searchTerms(query);

  const listRef = useRef<HTMLDivElement | null>(null);

  useEffect(() => palette.open(), []);
  const results = [...contacts, ...recent, ...matching].map(({ id }) => id).join();
  useEffect(() => selectFirst(listRef.current), [results, commandsFirst]);

  const choose = (act: () => void): void => {
    onClose();
    act();
  };

  const open = (id: string): void => choose(() => {
    store.getState().goTo('contacts');
    store.getState().openContactPane(id);
  });

  const contactGroup = contacts.length > 0 && (
    <Spotlight.ActionsGroup label="Contacts">
      {contacts.map((contact) => (
        <Spotlight.Action key={contact.id} onClick={() => open(contact.id)}>
          <span className={classes.action}>
            <bdi className={classes.name}><MarkedText stretches={markWords(contact.name, terms)} /></bdi>
            <More contact={contact} terms={terms} />
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
            <span className={classes.name}>{titleOf(command)}</span>
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
        {recent.length > 0 && (
          <Spotlight.ActionsGroup label="Recently viewed">
            {recent.map(({ id, name, primaryEmail, primaryPhone }) => (
              <Spotlight.Action key={id} onClick={() => open(id)}>
                <span className={classes.action}>
                  <bdi className={classes.name}>{name}</bdi>
                  <bdi className={classes.more}>{primaryEmail ?? primaryPhone}</bdi>
                </span>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {!commandsFirst && commandGroup}
        {contacts.length + matching.length === 0 && <Spotlight.Empty>Nothing found</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** 'Go to Trash', where 'Trash' alone could be something to do. */
function titleOf({ title, group }: Command): string {
  return group === 'Go to' ? `Go to ${title}` : title;
}

/** What tells a contact from others of the same name: what matched, as far as it is one of these. */
function More({ contact, terms }: { contact: ContactRow; terms: SearchTerms }): ReactNode {
  const { primaryEmail, primaryPhone, company, city } = contact;
  const texts = [primaryEmail, primaryPhone, company, city].filter((text) => text !== null);
  const marked = texts.map((text) => (text === primaryPhone ? markDigits(text, terms) : markWords(text, terms)));
  const shown = marked.find((stretches) => stretches.some((stretch) => stretch.marked)) ?? marked[0];
  return shown && <bdi className={classes.more}><MarkedText stretches={shown} /></bdi>;
}

/** The contacts that were looked at last, without those that are gone. */
function useRecentContacts(isWanted: boolean): Contact[] {
  const host = useHost();
  const ids = useApp((state) => state.recent);
  const answers = useQueries({
    queries: (isWanted ? ids : []).map((id) => ({ queryKey: ['contact.get', { id }], queryFn: () => host.call('contact.get', { id }) })),
  });
  return answers.flatMap(({ data }) => (data && data.deletedAt === null ? [data] : []));
}

/** Spotlight selects the first action when the text changes; the contacts arrive after that. */
function selectFirst(list: HTMLElement | null): void {
  const actions = list?.querySelectorAll('[data-action]') ?? [];
  for (const [order, action] of actions.entries()) action.toggleAttribute('data-selected', order === 0);
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}

function matches(command: Command, query: string): boolean {
  const title = fold(`${titleOf(command)} ${command.group}`);
  return fold(query).split(/\s+/).every((part) => title.includes(part));
}

/** Whether the query is the name of the command, or its first word. */
function isCalled(command: Command, query: string): boolean {
  return [command.title, titleOf(command)].some((title) => `${fold(title)} `.startsWith(`${fold(query.trim())} `));
}
