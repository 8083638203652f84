import { createContext, use } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import type { CapturedField } from '../../shared/capture-fields.ts';
import type { Connection } from '../../shared/bridge.ts';
import type { ContactType } from '../../shared/contact.ts';
import type { SortColumn } from '../../shared/operations/contacts.ts';

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

/** What a server refused of a contact: the field, if it named one, and its words. */
export interface Refusal {
  field: string | undefined;
  message: string;
}

/** Where a print goes. */
export type PrintTarget = 'paper' | 'pdf';

/** The state of the interface. Data is not here: it is the host's, see host/queries.ts and contacts/contact-pages.ts. */
export interface AppState {
  screen: Screen;
  /** The id of the contact in the pane beside the list. */
  openContact: string | null;
  /** What is being edited in that pane: a contact's id, or 'new'. */
  form: string | null;
  /** Why the form was opened, when a server did not take the contact. */
  refusal: Refusal | null;
  syncPart: SyncPart;
  filter: ListFilter;
  /** The contacts chosen for an action on many. */
  selection: ReadonlySet<string>;
  dialog: Dialog | null;
  captureStart: CaptureStart;
  /** What is being printed, where: the open contact, or else the list. */
  printing: PrintTarget | null;
  connection: Connection;

  goTo: (screen: Screen) => void;
  showSync: (part: SyncPart) => void;
  openContactPane: (id: string) => void;
  closeContactPane: () => void;
  newContact: () => void;
  editContact: (id: string, refusal?: Refusal) => void;
  /** Ends the form; `savedId` is shown then, else what was shown before. A draft is kept by the form itself. */
  closeForm: (savedId?: string) => void;
  setFilter: (change: Partial<ListFilter>) => void;
  clearFilter: () => void;
  select: (ids: Iterable<string>) => void;
  showDialog: (dialog: Dialog | null) => void;
  startCapture: (start: CaptureStart) => void;
  print: (target: PrintTarget | null) => void;
  setConnection: (connection: Connection) => void;
}

export const emptyFilter: ListFilter = {
  query: '', types: [], tags: [], members: [], sort: null, descending: false, matchOrder: null,
};

/** Whether the list shows less than everything. */
export function isFiltered({ query, types, tags, members }: ListFilter): boolean {
  return query.trim() !== '' || types.length + tags.length + members.length > 0;
}

export type AppStore = StoreApi<AppState>;

export function createAppStore(): AppStore {
  return createStore<AppState>()((set) => ({
    screen: 'contacts',
    openContact: null,
    form: null,
    refusal: null,
    syncPart: 'conflicts',
    filter: emptyFilter,
    selection: new Set(),
    dialog: null,
    captureStart: {},
    printing: null,
    connection: 'open',

    goTo: (screen) =>
      set((state) =>
        state.screen === screen
          ? { form: null }
          : { screen, openContact: null, form: null, selection: new Set(), filter: emptyFilter },
      ),
    showSync: (syncPart) => set({ screen: 'sync', syncPart, openContact: null, form: null, selection: new Set() }),
    openContactPane: (id) => set({ openContact: id, form: null }),
    closeContactPane: () => set({ openContact: null, form: null }),
    newContact: () => set({ screen: 'contacts', form: 'new', refusal: null }),
    editContact: (id, refusal) => set({ screen: 'contacts', openContact: id, form: id, refusal: refusal ?? null }),
    closeForm: (savedId) => set((state) => ({ form: null, openContact: savedId ?? state.openContact })),
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
    showDialog: (dialog) => set((state) => (state.dialog === dialog ? state : { dialog, captureStart: {} })),
    startCapture: (captureStart) => set({ dialog: 'capture', captureStart }),
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
