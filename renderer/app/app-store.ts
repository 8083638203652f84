import { createContext, use } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import type { CapturedField } from '../../shared/capture-fields.ts';
import type { Connection } from '../../shared/bridge.ts';
import type { ContactType } from '../../shared/contact.ts';
import type { SortColumn } from '../../shared/operations/contacts.ts';
import { isNewForm, newFormKey } from '../contact-form/form-key.ts';

export type Screen = 'contacts' | 'trash' | 'imports' | 'sync' | 'settings';
export type SyncPart = 'conflicts' | 'outbox' | 'quarantine';
export type Dialog = 'palette' | 'shortcuts' | 'export' | 'emptyTrash' | 'capture' | 'caller' | 'connect' | 'ready';

/** What the list shows, and in which order. Without `sort` it is by name. */
export interface ListFilter {
  query: string;
  types: readonly ContactType[];
  tags: readonly string[];
  members: readonly string[];
  sort: SortColumn | null;
  descending: boolean;
  /** The order of what the search found; null is by relevance. It ends with the search, and the list's own comes back. */
  matchOrder: { sort: SortColumn; descending: boolean } | null;
}

/** What quick capture starts with: fields from a link, or a text to read them from. Empty: what was typed there last. */
export interface CaptureStart {
  fields?: Partial<Record<CapturedField, string>>;
  text?: string;
}

/** Where a form is to begin: a field, and what a server said against it if that is why. */
export interface FormEntry {
  field?: string | undefined;
  message?: string;
}

/** Where a print goes. */
export type PrintTarget = 'paper' | 'pdf';

/** What a person made of a screen with a list: it is as they left it when they come back. */
interface View {
  filter: ListFilter;
  openContact: string | null;
}

/** The state of the interface. Data is not here: it is the host's, see host/queries.ts and contacts/contact-pages.ts. */
export interface AppState {
  screen: Screen;
  /** The id of the contact in the pane beside the list. */
  openContact: string | null;
  /** What is being edited in that pane: a contact's id, or the key of a new one (contact-form/form-key.ts). */
  form: string | null;
  /** Where the form begins, when it was opened for one field. */
  formEntry: FormEntry | null;
  syncPart: SyncPart;
  filter: ListFilter;
  /** The screens that were left, as they were. */
  leftViews: Readonly<Partial<Record<Screen, View>>>;
  /** The contacts that were looked at last, the newest first. */
  recent: readonly string[];
  /** The contacts chosen for an action on many. */
  selection: ReadonlySet<string>;
  dialog: Dialog | null;
  captureStart: CaptureStart;
  /** What quick capture could start with instead of what is typed there and not saved. */
  captureOffer: CaptureStart | null;
  /** What is being printed, where: the open contact, or else the list. */
  printing: PrintTarget | null;
  connection: Connection;

  goTo: (screen: Screen) => void;
  /** Goes to a place of the navigation; from there itself, back to all that it has. */
  goToPlace: (screen: Screen) => void;
  /** The list with what was changed last on top, and nothing left out. */
  showNewest: () => void;
  showSync: (part: SyncPart) => void;
  openContactPane: (id: string) => void;
  closeContactPane: () => void;
  /** An empty form; what was typed into another one waits among the drafts. */
  newContact: () => void;
  /** Goes on with a form that was left. */
  openForm: (key: string) => void;
  editContact: (id: string, entry?: FormEntry) => void;
  /** Ends the form; `savedId` is shown then, else what was shown before. A draft is kept by the form itself. */
  closeForm: (savedId?: string) => void;
  setFilter: (change: Partial<ListFilter>) => void;
  clearFilter: () => void;
  select: (ids: Iterable<string>) => void;
  showDialog: (dialog: Dialog | null) => void;
  startCapture: (start: CaptureStart) => void;
  /** Opens quick capture as it was left, with the choice to start over. */
  offerCapture: (start: CaptureStart) => void;
  print: (target: PrintTarget | null) => void;
  setConnection: (connection: Connection) => void;
}

export const emptyFilter: ListFilter = {
  query: '', types: [], tags: [], members: [], sort: null, descending: false, matchOrder: null,
};

const emptyView: View = { filter: emptyFilter, openContact: null };
const mostRecent = 8;

/** Whether the list shows less than everything. */
export function isFiltered({ query, types, tags, members }: ListFilter): boolean {
  return query.trim() !== '' || types.length + tags.length + members.length > 0;
}

export type AppStore = StoreApi<AppState>;

/** What changes when another screen is shown: the one that is left stays as it is, for coming back to it. */
function enter(state: AppState, screen: Screen): Partial<AppState> {
  if (state.screen === screen) return { form: null };
  const { filter, openContact } = state;
  const leftViews = { ...state.leftViews, [state.screen]: { filter, openContact } };
  return { screen, leftViews, ...(leftViews[screen] ?? emptyView), form: null, selection: new Set() };
}

/** What changes when a contact is looked at. */
function look({ recent }: AppState, id: string): Partial<AppState> {
  return { openContact: id, recent: [id, ...recent.filter((other) => other !== id)].slice(0, mostRecent) };
}

/** @param form The form that is open at the start, as the window was left. */
export function createAppStore(form: string | null = null): AppStore {
  return createStore<AppState>()((set) => ({
    screen: 'contacts',
    openContact: form === null || isNewForm(form) ? null : form,
    form,
    formEntry: null,
    syncPart: 'conflicts',
    filter: emptyFilter,
    leftViews: {},
    recent: [],
    selection: new Set(),
    dialog: null,
    captureStart: {},
    captureOffer: null,
    printing: null,
    connection: 'open',

    goTo: (screen) => set((state) => enter(state, screen)),
    goToPlace: (screen) =>
      set((state) => {
        if (state.screen !== screen) return enter(state, screen);
        const { sort, descending } = state.filter;
        return { filter: { ...emptyFilter, sort, descending }, openContact: null, form: null, selection: new Set() };
      }),
    showNewest: () =>
      set((state) => ({
        ...enter(state, 'contacts'), filter: { ...emptyFilter, sort: 'updatedAt', descending: true }, openContact: null,
      })),
    showSync: (syncPart) => set((state) => ({ ...enter(state, 'sync'), syncPart })),
    openContactPane: (id) => set((state) => ({ ...look(state, id), form: null })),
    closeContactPane: () => set({ openContact: null, form: null }),
    newContact: () => set((state) => ({ ...enter(state, 'contacts'), form: newFormKey(), formEntry: null })),
    openForm: (key) =>
      set((state) => ({
        ...enter(state, 'contacts'), ...(isNewForm(key) ? {} : look(state, key)), form: key, formEntry: null,
      })),
    editContact: (id, entry) =>
      set((state) => ({ ...enter(state, 'contacts'), ...look(state, id), form: id, formEntry: entry ?? null })),
    closeForm: (savedId) => set((state) => ({ form: null, ...(savedId === undefined ? {} : look(state, savedId)) })),
    setFilter: (change) =>
      set((state) => {
        const filter = { ...state.filter, ...change };
        const matchOrder = filter.query.trim() === '' ? null : filter.matchOrder;
        return { filter: { ...filter, matchOrder }, selection: new Set() };
      }),
    clearFilter: () =>
      set(({ filter: { sort, descending } }) => ({
        filter: { ...emptyFilter, sort, descending }, selection: new Set(),
      })),
    select: (ids) => set({ selection: new Set(ids) }),
    showDialog: (dialog) => set((state) => (state.dialog === dialog ? state : { dialog, captureStart: {}, captureOffer: null })),
    startCapture: (captureStart) => set({ dialog: 'capture', captureStart, captureOffer: null }),
    offerCapture: (captureOffer) => set((state) => ({
      dialog: 'capture', captureOffer, captureStart: state.dialog === 'capture' ? state.captureStart : {},
    })),
    print: (printing) => set({ printing }),
    setConnection: (connection) => set((state) => (state.connection === connection ? state : { connection })),
  }));
}

export const AppStoreContext = createContext<AppStore | null>(null);

/** The store itself, for event handlers that read the state when they run. */
export function useAppStore(): AppStore {
  const store = use(AppStoreContext);
  if (!store) throw new Error('useAppStore needs an AppStoreContext around it');
  return store;
}

/** A part of the state; the component is drawn again when that part changes. */
export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(useAppStore(), selector);
}
