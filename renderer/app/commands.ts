import { commandIds, commandTable, type CommandEntry, type CommandId } from '../../shared/commands.ts';
import type { Host } from '../host/host.ts';
import type { AppState, AppStore } from './app-store.ts';
import { deleteContacts, redoLast, restoreContacts, undoLast } from './book-actions.ts';
import { syncNow } from '../sync/sync-actions.ts';
import type { ListControl, Movement } from './list-control.ts';
import { goToSearch, type SearchControl } from './search-control.ts';
import type { Notify } from './notify.ts';

/** Everything a command may use. */
export interface CommandContext {
  host: Host;
  store: AppStore;
  notify: Notify;
  /** The list on the screen, if there is one. */
  list: () => ListControl | null;
  /** The search on the screen, if there is one. */
  search: () => SearchControl | null;
}

/** What decides whether a command can be given now. */
type Situation = Pick<CommandContext, 'store' | 'list'>;

/** What a command of the table does in the window. */
interface Behaviour {
  isEnabled?: (state: AppState, list: ListControl | null) => boolean;
  run: (context: CommandContext, held: { shift: boolean }) => void | Promise<void>;
}

/**
 * One thing a person can do by key, from the palette, from a menu of the desktop, or all of them. The shortcut sheet,
 * the palette and the keyboard are loops over these.
 */
export interface Command extends CommandEntry, Behaviour {
  id: CommandId;
}

const hasList = (state: AppState): boolean => state.screen === 'contacts' || state.screen === 'trash';
const inContacts = (state: AppState): boolean => state.screen === 'contacts';
const inTrash = (state: AppState): boolean => state.screen === 'trash';
const isFormOpen = (state: AppState): boolean => state.form !== null;
const hasTarget = (state: AppState, list: ListControl | null): boolean =>
  targets(state, list).length > 0 && !isFormOpen(state);

/** The contacts that Del and the like are about: the chosen ones, or else the one that is looked at. */
function targets(state: AppState, list: ListControl | null): string[] {
  if (state.selection.size > 0) return [...state.selection];
  const id = contactInFront(state, list);
  return id === null ? [] : [id];
}

/** The open contact or, where none is, that of the highlighted row. */
function contactInFront({ openContact }: AppState, list: ListControl | null): string | null {
  return openContact ?? list?.activeId() ?? null;
}

function inList(act: (list: ListControl) => void): Behaviour {
  return {
    isEnabled: hasList,
    run: ({ list }) => {
      const control = list();
      if (control) act(control);
    },
  };
}

/** With Shift held down, what is passed over is chosen as well. */
function moveInList(movement: Movement): Behaviour {
  return { isEnabled: hasList, run: ({ list }, { shift }) => list()?.move(movement, shift) };
}

/** A command that only changes the state of the interface. */
function go(change: (state: AppState) => void): Behaviour {
  return { run: ({ store }) => change(store.getState()) };
}

const behaviours: Record<CommandId, Behaviour> = {
  'contact.new': go((state) => state.newContact()),
  'contact.capture': go((state) => state.showDialog('capture')),
  'contact.edit': {
    isEnabled: (state, list) => inContacts(state) && contactInFront(state, list) !== null && !isFormOpen(state),
    run: ({ store, list }) => {
      const id = contactInFront(store.getState(), list());
      if (id !== null) store.getState().editContact(id);
    },
  },
  'contact.delete': {
    isEnabled: (state, list) => inContacts(state) && hasTarget(state, list),
    run: (context) => deleteContacts(context, targets(context.store.getState(), context.list())),
  },
  'contact.restore': {
    isEnabled: (state, list) => inTrash(state) && hasTarget(state, list),
    run: (context) => restoreContacts(context, targets(context.store.getState(), context.list())),
  },
  'contact.caller': go((state) => state.showDialog('caller')),
  'contact.export': go((state) => state.showDialog('export')),
  'list.search': { run: goToSearch },
  'list.next': moveInList({ by: 1 }),
  'list.previous': moveInList({ by: -1 }),
  'list.page-down': moveInList({ pages: 1 }),
  'list.page-up': moveInList({ pages: -1 }),
  'list.first': moveInList({ to: 'first' }),
  'list.last': moveInList({ to: 'last' }),
  'list.open': inList((list) => list.openActive()),
  'list.choose': inList((list) => list.toggleActive()),
  'list.choose-all': inList((list) => list.selectAll()),
  'go.contacts': go((state) => state.goTo('contacts')),
  'go.imports': go((state) => state.goTo('imports')),
  'go.trash': go((state) => state.goTo('trash')),
  'go.settings': go((state) => state.goTo('settings')),
  'go.conflicts': go((state) => state.showSync('conflicts')),
  'go.outbox': go((state) => state.showSync('outbox')),
  'sync.now': { run: syncNow },
  'sync.ready': go((state) => state.showDialog('ready')),
  'sync.connect': go((state) => state.showDialog('connect')),
  'edit.undo': { run: undoLast },
  'edit.redo': { run: redoLast },
  'trash.empty': { ...go((state) => state.showDialog('emptyTrash')), isEnabled: inTrash },
  'app.new-window': { run: openWindow },
  'app.print': { ...go((state) => state.print('paper')), isEnabled: hasList },
  'app.pdf': { ...go((state) => state.print('pdf')), isEnabled: hasList },
  'app.palette': go((state) => state.showDialog('palette')),
  'app.shortcuts': go((state) => state.showDialog('shortcuts')),
  'app.back': { run: goBack },
};

export const commands: readonly Command[] = commandIds.map((id) => ({ id, ...commandTable[id], ...behaviours[id] }));

/** The commands of this window: in a browser without those that only the desktop can do. */
export function commandsOf({ native }: Pick<Host, 'native'>): readonly Command[] {
  return native ? commands : commands.filter((command) => !command.desktopOnly);
}

async function openWindow({ host }: CommandContext): Promise<void> {
  await host.native?.ask({ kind: 'window' });
}

/** From words in the search to none, from the search to the list, from chosen rows to none, from the contact to the list, from a page to the contacts. */
function goBack({ store, list, search }: CommandContext): void {
  const state = store.getState();
  if (search()?.isFocused() && state.filter.query !== '') {
    state.setFilter({ query: '' });
    return;
  }
  if (search()?.isFocused() && list() !== null) list()?.focus();
  else if (state.form !== null) state.closeForm();
  else if (state.selection.size > 0) state.select([]);
  else if (state.openContact !== null) state.closeContactPane();
  else if (state.filter.query !== '') state.setFilter({ query: '' });
  else if (state.screen !== 'contacts') state.goTo('contacts');
  list()?.focus();
}

export function isEnabled(command: Command, { store, list }: Situation): boolean {
  return command.isEnabled?.(store.getState(), list()) ?? true;
}
