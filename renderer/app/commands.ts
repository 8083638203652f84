import type { Host } from '../host/host.ts';
import type { AppState, AppStore } from './app-store.ts';
import { deleteContacts, redoLast, restoreContacts, undoLast } from './book-actions.ts';
import type { ListControl, Movement } from './list-control.ts';
import type { Notify } from './notify.ts';

/** Everything a command may use. */
export interface CommandContext {
  host: Host;
  store: AppStore;
  notify: Notify;
  /** The list on the screen, if there is one. */
  list: () => ListControl | null;
}

export const commandGroups = ['Contacts', 'List', 'Go to', 'Edit', 'Fieldbook'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/**
 * One thing a person can do by key, from the palette, or both. The shortcut sheet, the palette and the keyboard are
 * loops over this table. A key is written as `Mod+Shift+Z`, where Mod is Ctrl, or Cmd on a Mac.
 */
export interface Command {
  id: string;
  title: string;
  group: CommandGroup;
  keys?: readonly string[];
  /** The keys also work while a person types in a field. */
  whileTyping?: true;
  /** The keys move in the list, so they work only while no other control has the focus. */
  inList?: true;
  isEnabled?: (state: AppState) => boolean;
  run: (context: CommandContext, held: { shift: boolean }) => void | Promise<void>;
}

const hasList = (state: AppState): boolean => state.screen === 'contacts' || state.screen === 'trash';
const inContacts = (state: AppState): boolean => state.screen === 'contacts';
const inTrash = (state: AppState): boolean => state.screen === 'trash';
const isFormOpen = (state: AppState): boolean => state.form !== null;
const hasTarget = (state: AppState): boolean => targets(state).length > 0 && !isFormOpen(state);

/** The contacts that Del and the like are about: the chosen ones, or else the open one. */
function targets(state: AppState): string[] {
  if (state.selection.size > 0) return [...state.selection];
  return state.openContact === null ? [] : [state.openContact];
}

function inList(title: string, key: string, act: (list: ListControl) => void): Command {
  return {
    id: `list.${title.toLowerCase().replaceAll(' ', '-')}`,
    title,
    group: 'List',
    keys: [key],
    inList: true,
    isEnabled: hasList,
    run: ({ list }) => {
      const control = list();
      if (control) act(control);
    },
  };
}

/** With Shift held down, what is passed over is chosen as well. */
function moveInList(title: string, key: string, movement: Movement): Command {
  return {
    ...inList(title, key, () => undefined),
    keys: [key, `Shift+${key}`],
    run: ({ list }, { shift }) => list()?.move(movement, shift),
  };
}

export const commands: readonly Command[] = [
  {
    id: 'contact.new', title: 'New contact', group: 'Contacts', keys: ['N'],
    run: ({ store }) => store.getState().newContact(),
  },
  {
    id: 'contact.edit', title: 'Edit contact', group: 'Contacts', keys: ['E'],
    isEnabled: (state) => inContacts(state) && state.openContact !== null && !isFormOpen(state),
    run: ({ store }) => {
      const { openContact, editContact } = store.getState();
      if (openContact !== null) editContact(openContact);
    },
  },
  {
    id: 'contact.delete', title: 'Delete', group: 'Contacts', keys: ['Delete'],
    isEnabled: (state) => inContacts(state) && hasTarget(state),
    run: (context) => deleteContacts(context, targets(context.store.getState())),
  },
  {
    id: 'contact.restore', title: 'Restore from the trash', group: 'Contacts', keys: ['R'],
    isEnabled: (state) => inTrash(state) && hasTarget(state),
    run: (context) => restoreContacts(context, targets(context.store.getState())),
  },
  {
    id: 'contact.export', title: 'Export contacts', group: 'Contacts',
    run: ({ store }) => store.getState().showDialog('export'),
  },
  {
    id: 'list.search', title: 'Search', group: 'List', keys: ['/', 'Mod+F'], whileTyping: true, isEnabled: hasList,
    run: ({ list }) => list()?.focusSearch(),
  },
  moveInList('Next', 'ArrowDown', { by: 1 }),
  moveInList('Previous', 'ArrowUp', { by: -1 }),
  moveInList('Page down', 'PageDown', { pages: 1 }),
  moveInList('Page up', 'PageUp', { pages: -1 }),
  moveInList('First', 'Home', { to: 'first' }),
  moveInList('Last', 'End', { to: 'last' }),
  inList('Open', 'Enter', (list) => list.openActive()),
  inList('Choose or leave out', 'Space', (list) => list.toggleActive()),
  inList('Choose all', 'Mod+A', (list) => list.selectAll()),
  {
    id: 'go.contacts', title: 'Contacts', group: 'Go to', keys: ['Mod+1'], whileTyping: true,
    run: ({ store }) => store.getState().goTo('contacts'),
  },
  {
    id: 'go.imports', title: 'Import', group: 'Go to', keys: ['Mod+2'], whileTyping: true,
    run: ({ store }) => store.getState().goTo('imports'),
  },
  {
    id: 'go.trash', title: 'Trash', group: 'Go to', keys: ['Mod+3'], whileTyping: true,
    run: ({ store }) => store.getState().goTo('trash'),
  },
  {
    id: 'go.settings', title: 'Settings', group: 'Go to', keys: ['Mod+,'], whileTyping: true,
    run: ({ store }) => store.getState().goTo('settings'),
  },
  { id: 'edit.undo', title: 'Undo', group: 'Edit', keys: ['Mod+Z'], run: undoLast },
  { id: 'edit.redo', title: 'Redo', group: 'Edit', keys: ['Mod+Shift+Z', 'Mod+Y'], run: redoLast },
  {
    id: 'trash.empty', title: 'Empty the trash', group: 'Edit', isEnabled: inTrash,
    run: ({ store }) => store.getState().showDialog('emptyTrash'),
  },
  {
    id: 'app.palette', title: 'Commands and contacts', group: 'Fieldbook', keys: ['Mod+K'], whileTyping: true,
    run: ({ store }) => store.getState().showDialog('palette'),
  },
  {
    id: 'app.shortcuts', title: 'Keyboard shortcuts', group: 'Fieldbook', keys: ['?'],
    run: ({ store }) => store.getState().showDialog('shortcuts'),
  },
  { id: 'app.back', title: 'Back', group: 'Fieldbook', keys: ['Escape'], whileTyping: true, run: goBack },
];

/** From the search to the list, from chosen rows to none, from the contact to the list, from a page to the contacts. */
function goBack({ store, list }: CommandContext): void {
  const state = store.getState();
  const control = list();
  if (control?.isSearchFocused()) control.leaveSearch();
  else if (state.form !== null) state.closeForm();
  else if (state.selection.size > 0) state.select([]);
  else if (state.openContact !== null) state.closeContactPane();
  else if (state.filter.query !== '') state.setFilter({ query: '' });
  else if (state.screen !== 'contacts') state.goTo('contacts');
  control?.focus();
}

export function isEnabled(command: Command, state: AppState): boolean {
  return command.isEnabled?.(state) ?? true;
}
