import { EventEmitter } from 'node:events';
import type { Notification as ElectronNotification, Tray as ElectronTray } from 'electron';
import { parseAccelerator } from './accelerators.ts';
import type { Menu } from './menu.ts';
import { recorded } from './recording.ts';

/** Electron's shell: records what would be opened. */
export const shell = {
  async openExternal(url: string): Promise<void> {
    recorded.opened.push(url);
  },
  async openPath(path: string): Promise<string> {
    recorded.opened.push(path);
    return '';
  },
  showItemInFolder(path: string): void {
    recorded.opened.push(path);
  },
  async trashItem(): Promise<void> {},
  beep(): void {},
};

interface NotificationOptions {
  title?: string;
  body?: string;
  silent?: boolean;
}

/** Electron's Notification. */
export class Notification extends EventEmitter {
  title: string;
  body: string;
  silent: boolean;

  constructor({ title = '', body = '', silent = false }: NotificationOptions = {}) {
    super();
    this.title = title;
    this.body = body;
    this.silent = silent;
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    recorded.notifications.push(this as unknown as ElectronNotification);
    this.emit('show', {});
  }
  close(): void {
    this.emit('close', {});
  }
}

/** Electron's Tray. */
export class Tray extends EventEmitter {
  #menu: Menu | null = null;
  #toolTip = '';
  #isDestroyed = false;

  constructor() {
    super();
    recorded.trays.push(this as unknown as ElectronTray);
  }
  setToolTip(toolTip: string): void {
    this.#toolTip = toolTip;
  }
  getToolTip(): string {
    return this.#toolTip;
  }
  setContextMenu(menu: Menu | null): void {
    this.#menu = menu;
  }
  popUpContextMenu(menu: Menu | null = this.#menu): void {
    menu?.popup();
  }
  setImage(): void {}
  setTitle(): void {}
  destroy(): void {
    this.#isDestroyed = true;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
}

const shortcuts = new Map<string, () => void>();
// Two spellings of one combination are one shortcut.
const shortcutKey = (accelerator: string): string => JSON.stringify(parseAccelerator(accelerator));

/** Electron's globalShortcut; a test presses one with electronStub.pressGlobalShortcut. */
export const globalShortcut = {
  register(accelerator: string, callback: () => void): boolean {
    if (globalShortcut.isRegistered(accelerator)) return false;
    shortcuts.set(shortcutKey(accelerator), callback);
    return true;
  },
  registerAll(accelerators: string[], callback: () => void): void {
    for (const accelerator of accelerators) globalShortcut.register(accelerator, callback);
  },
  isRegistered: (accelerator: string): boolean => shortcuts.has(shortcutKey(accelerator)),
  unregister: (accelerator: string): void => void shortcuts.delete(shortcutKey(accelerator)),
  unregisterAll: (): void => shortcuts.clear(),
};

recorded.pressGlobalShortcut = (accelerator) => {
  const callback = shortcuts.get(shortcutKey(accelerator));
  callback?.();
  return callback !== undefined;
};

let copied = '';

/** Electron's clipboard, text only and of this process alone: the pages have Chromium's. */
export const clipboard = {
  readText: async (): Promise<string> => copied,
  writeText: async (text: string): Promise<void> => {
    copied = text;
  },
};

class PowerMonitor extends EventEmitter {
  getSystemIdleState(): string {
    return 'active';
  }
  getSystemIdleTime(): number {
    return 0;
  }
  isOnBatteryPower(): boolean {
    return false;
  }
}

/** Electron's powerMonitor: tests emit its events. */
export const powerMonitor = new PowerMonitor();

let blockers = 0;
export const powerSaveBlocker = {
  start: (): number => ++blockers,
  stop: (): boolean => true,
  isStarted: (): boolean => blockers > 0,
};

class AutoUpdater extends EventEmitter {
  setFeedURL(): void {}
  getFeedURL(): string {
    return '';
  }
  checkForUpdates(): void {}
  quitAndInstall(): void {}
}

export const autoUpdater = new AutoUpdater();

export const crashReporter = {
  start(): void {},
  getUploadToServer: (): boolean => false,
  setUploadToServer(): void {},
  addExtraParameter(): void {},
  removeExtraParameter(): void {},
};

export const systemPreferences = Object.assign(new EventEmitter(), {
  getAnimationSettings: () => ({ shouldRenderRichAnimation: true, prefersReducedMotion: false }),
  getAccentColor: (): string => '3b82f6ff',
});
