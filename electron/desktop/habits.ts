import { join } from 'node:path';
import {
  app, clipboard, dialog, globalShortcut, Menu, nativeTheme, Notification, powerMonitor, screen, session,
  type BrowserWindow, type IpcMainInvokeEvent,
} from 'electron';
import { looksLikeContact, maxCaptureLength } from '../../shared/capture.ts';
import type { CommandId } from '../../shared/commands.ts';
import type { SyncStatus } from '../../shared/operations/sync.ts';
import type { Caller } from '../../shared/permissions.ts';
import type { ShellAction } from '../../shared/shell.ts';
import type { Host } from '../host.ts';
import { channels } from '../ipc/channels.ts';
import { contextMenuTemplate } from './context-menu.ts';
import { actionOfLink } from './deep-links.ts';
import { openDesktopState } from './desktop-state.ts';
import { createDragOut } from './drag-out.ts';
import type { Inbox } from './inbox.ts';
import { menuTemplate } from './menu.ts';
import { noticesOf } from './notifications.ts';
import { stageFile } from './open-files.ts';
import { createShellRequests } from './shell-requests.ts';
import { applyShortcuts } from './shortcuts.ts';
import { applySpelling, checksBySystem, offeredLanguages } from './spelling.ts';
import { createTray } from './tray.ts';
import { syncAfterSleep } from './wake.ts';
import { placeWindow, type Bounds } from './window-state.ts';
import { createWindows } from './windows.ts';

export interface HabitsDeps {
  host: Pick<Host, 'dispatch' | 'events' | 'settings'>;
  dataDir: string;
  inbox: Inbox;
  createWindow: (bounds: Bounds) => BrowserWindow;
  onFault: (error: unknown, what: string) => void;
}

/** What a person expects of any program on their desktop, besides what is in its windows. */
export interface Habits {
  openWindow(): void;
  /** Brings a window to the front, or opens one. */
  front(): void;
  /** Whether the program goes on without a window. */
  staysWithoutWindow(): boolean;
  answer(event: IpcMainInvokeEvent, request: unknown): Promise<unknown>;
}

const windowCaller: Caller = { kind: 'owner', actor: 'ui' };
const notLinked: Pick<SyncStatus, 'state' | 'waiting' | 'conflicts' | 'parked'> = {
  state: 'unlinked', waiting: 0, conflicts: 0, parked: 0,
};

/** Menus, tray, keys, links, files, printing and the places of windows, around a running host. */
export function startHabits({ host, dataDir, inbox, createWindow, onFault }: HabitsDeps): Habits {
  const { dispatch, events } = host;
  const { platform } = process;
  const state = openDesktopState(join(dataDir, 'desktop.json'), (error) => onFault(error, 'the desktop settings could not be saved'));
  const dragOut = createDragOut(app.getPath('temp'), dispatch, windowCaller);
  const windows = createWindows({
    create(bounds) {
      const window = createWindow(bounds);
      followContextMenu(window, onFault);
      return window;
    },
    place: (others) => placeWindow(state.get().window, workAreas(), others),
    opensMaximized: () => state.get().window?.maximized ?? false,
    remember: (window) => state.update({ window }),
    mayLoseText,
    sendAction: (contents, action) => contents.send(channels.shellAction, action),
  });

  const run = (id: CommandId): void => {
    if (id === 'app.new-window') windows.open();
    else windows.ask({ type: 'command', id });
  };
  const capture = (): void => {
    clipboard.readText().then(
      (copied) => windows.ask(captureOf(copied, host.settings().phoneRegion)),
      (error: unknown) => onFault(error, 'the clipboard could not be read'),
    );
  };
  const caller = (): void => run('contact.caller');

  function bindShortcuts(): void {
    applyShortcuts(globalShortcut, state.get().globalShortcuts, { capture, caller });
  }

  function setMenu(): void {
    const { globalShortcuts, staysInTray, spelling } = state.get();
    const available = session.defaultSession.availableSpellCheckerLanguages;
    const template = menuTemplate({
      platform,
      isPackaged: app.isPackaged,
      run,
      globalShortcuts: {
        checked: globalShortcuts,
        set(on) {
          state.update({ globalShortcuts: on });
          bindShortcuts();
        },
      },
      staysInTray: { checked: staysInTray, set: (on) => state.update({ staysInTray: on }) },
      spelling: {
        bySystem: checksBySystem(platform),
        languages: offeredLanguages(available, app.getPreferredSystemLanguages()).map((language) => ({
          ...language, checked: spelling.includes(language.code),
        })),
        choose: (code, checked) => void chooseSpelling(code, checked),
      },
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async function chooseSpelling(code: string, checked: boolean): Promise<void> {
    const others = state.get().spelling.filter((other) => other !== code);
    const agreed = checked && (await agreesToDictionary(code));
    state.update({ spelling: agreed ? [...others, code] : others });
    applySpelling(session.defaultSession, state.get().spelling, platform);
    setMenu();
  }

  async function openIncoming(items: Parameters<Parameters<Inbox['deliverTo']>[0]>[0]): Promise<void> {
    if (items.length === 0) windows.front();
    for (const item of items) {
      if (item.kind === 'link') windows.ask(actionOfLink(item.link));
      else if (item.kind === 'file') windows.ask(await stageFile(item.path, dispatch, windowCaller));
      else windows.ask({ type: 'problem', message: 'Fieldbook cannot open this link.' });
    }
  }

  const tray = createTray({
    open: () => void windows.front(),
    search: () => run('list.search'),
    capture,
    caller,
    quit: () => app.quit(),
  });
  let sync = notLinked;
  const showSync = (status: typeof notLinked): void => {
    for (const { title, body } of noticesOf(sync, status)) {
      const notification = new Notification({ title, body });
      notification.on('click', () => void windows.front());
      notification.show();
    }
    sync = status;
    tray.show(status);
  };
  /** What waited before the program was started is shown, but is no news. */
  async function readSync(): Promise<void> {
    try {
      sync = (await dispatch('sync.status', {}, windowCaller)) as SyncStatus;
      tray.show(sync);
    } catch (error) {
      onFault(error, 'the state of sync could not be read');
    }
  }
  events.subscribe((event) => {
    if (event.type === 'sync') showSync(event.status);
  });
  syncAfterSleep(powerMonitor, dispatch, windowCaller, onFault);
  // A tray may be drawn anew when the desktop turns dark.
  nativeTheme.on('updated', () => tray.show(sync));

  tray.show(sync);
  void readSync();
  setMenu();
  bindShortcuts();
  applySpelling(session.defaultSession, state.get().spelling, platform);
  if (app.isPackaged) app.setAsDefaultProtocolClient('fieldbook');
  app.on('will-quit', () => {
    globalShortcut.unregisterAll();
    dragOut.clear();
  });

  return {
    openWindow() {
      windows.open();
      inbox.deliverTo((items) => void openIncoming(items));
    },
    front: () => void windows.front(),
    staysWithoutWindow: () => platform === 'darwin' || state.get().staysInTray,
    answer: createShellRequests({ windows, dragOut, country: () => app.getLocaleCountryCode() }),
  };
}

/** A copied signature fills the form; a copied password or anything else stays in the clipboard. */
function captureOf(copied: string, region: string): ShellAction {
  const isContact = copied.length <= maxCaptureLength && looksLikeContact(copied, region);
  return { type: 'capture', ...(isContact ? { text: copied } : {}) };
}

function workAreas(): [Bounds, ...Bounds[]] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary.workArea, ...others.map(({ workArea }) => workArea)];
}

function followContextMenu(window: BrowserWindow, onFault: HabitsDeps['onFault']): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, params) => {
    const template = contextMenuTemplate(params, {
      replaceMisspelling: (word) => webContents.replaceMisspelling(word),
      learnWord: (word) => void webContents.session.addWordToSpellCheckerDictionary(word),
      copyText(text) {
        clipboard.writeText(text).catch((error: unknown) => onFault(error, 'the clipboard could not be written'));
      },
    });
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window });
  });
}

async function mayLoseText(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Fieldbook',
    message: 'What you typed could not be saved yet',
    detail: 'It is in this window only; Fieldbook keeps trying to save it. If the window closes now, it is lost.',
    buttons: ['Keep the window open', 'Close and lose it'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

async function agreesToDictionary(code: string): Promise<boolean> {
  const [language] = offeredLanguages([code], []);
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Fieldbook',
    message: `Fetch the dictionary for ${language?.name ?? code}?`,
    detail: 'It is downloaded once from Google’s servers. What you write is checked on this computer and never sent.',
    buttons: ['Fetch the dictionary', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
