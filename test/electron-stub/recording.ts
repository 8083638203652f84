import type { Menu, MessageBoxOptions, Notification, OpenDialogOptions, SaveDialogOptions, Tray } from 'electron';

export type ShownDialog =
  | { kind: 'open'; options: OpenDialogOptions }
  | { kind: 'save'; options: SaveDialogOptions }
  | { kind: 'message'; options: MessageBoxOptions }
  | { kind: 'error'; options: { title: string; content: string } };

/**
 * What the app asked of the desktop, and the desktop's side of what a user may do outside the window.
 * Tests reach it in the main process: `app.evaluate(() => electronStub.opened)`. The app does not know of it.
 */
export interface ElectronStub {
  /** What shell.openExternal, openPath and showItemInFolder were given, in order. */
  opened: string[];
  /** Addresses for which pages asked a new window. */
  windowRequests: string[];
  dialogs: ShownDialog[];
  notifications: Notification[];
  /** Context menus shown by Menu.popup. */
  popups: Menu[];
  trays: Tray[];
  /** Files that pages dragged out. */
  drags: string[];
  /** Options of each webContents.print. */
  prints: unknown[];
  /** Schemes the app registered itself for (setAsDefaultProtocolClient). */
  protocolClients: string[];
  /** How often app.relaunch was called. */
  relaunches: number;
  /** Whether there is a keychain for safeStorage, and whether it answers. */
  keychain: 'open' | 'locked' | 'none';
  /** Presses a combination of keys registered with globalShortcut; false if none is. */
  pressGlobalShortcut: (accelerator: string) => boolean;
  /** Turns the desktop's dark appearance on or off. */
  setDesktopDark: (dark: boolean) => void;
}

declare global {
  var electronStub: ElectronStub;
}

globalThis.electronStub = {
  opened: [],
  windowRequests: [],
  dialogs: [],
  notifications: [],
  popups: [],
  trays: [],
  drags: [],
  prints: [],
  protocolClients: [],
  relaunches: 0,
  keychain: 'open',
  pressGlobalShortcut: () => false,
  setDesktopDark: () => {},
};

export const recorded = globalThis.electronStub;
