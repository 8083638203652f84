import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { browserSession } from './browser.ts';
import { cancelableEvent } from './events.ts';
import { Menu } from './menu.ts';
import { WebContents } from './web-contents.ts';
import { WindowFrame, type WindowFrameOptions } from './window-frame.ts';
import { focusedWindow, openWindows, type ManagedWindow } from './window-registry.ts';

export interface BrowserWindowOptions extends WindowFrameOptions {
  title?: string;
  show?: boolean;
  parent?: BrowserWindow;
  webPreferences?: { preload?: string; additionalArguments?: string[] };
}

let lastId = 0;

/** Electron's BrowserWindow: a page of the browser, and the state a desktop would keep for its window. */
export class BrowserWindow extends WindowFrame implements ManagedWindow {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  readonly #parent: BrowserWindow | null;
  #isVisible: boolean;
  #isDestroyed = false;
  #title: string;
  #isAlwaysOnTop = false;
  #menuBarIsVisible = true;

  constructor(options: BrowserWindowOptions = {}) {
    super(options);
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { webPreferences = {} } = options;
    this.#isVisible = options.show !== false;
    this.#title = options.title ?? app.name;
    this.#parent = options.parent ?? null;
    openWindows.add(this);

    this.webContents = new WebContents({
      preload: webPreferences.preload,
      additionalArguments: webPreferences.additionalArguments,
      size: () => this.getBounds(),
      close: () => this.close(),
      destroy: () => this.destroy(),
      isDestroyed: () => this.#isDestroyed,
      isFocused: () => this.isFocused(),
      focus: () => this.focus(),
      getTitle: () => this.#title,
      onKey: (input) => void Menu.getApplicationMenu()?.clickAccelerator(input),
    });
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.on('page-title-updated', (event: Event, title: string) => {
      this.emit('page-title-updated', event, title, true);
      if (!event.defaultPrevented) this.#title = title;
    });
    this.webContents.on('render-process-gone', (event: object, details: object) => {
      app.emit('render-process-gone', event, this.webContents, details);
    });
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
  }

  static getAllWindows(): BrowserWindow[] {
    return ([...openWindows] as BrowserWindow[]).toSorted((a, b) => a.id - b.id);
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focusedWindow() as BrowserWindow | null;
  }
  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }
  static fromWebContents(contents: WebContents | undefined): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  loadFile(path: string): Promise<void> {
    return this.loadURL(pathToFileURL(resolve(app.getAppPath(), path)).href);
  }
  reload(): void {
    this.webContents.reload();
  }

  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.emit('show');
  }
  hide(): void {
    if (!this.#isVisible) return;
    this.blur();
    this.#isVisible = false;
    this.emit('hide');
  }
  isVisible(): boolean {
    return this.#isVisible && !this.isMinimized();
  }
  focus(): void {
    if (this.isFocused()) return;
    BrowserWindow.getFocusedWindow()?.blur();
    openWindows.delete(this);
    openWindows.add(this);
    this.emit('focus');
    app.emit('browser-window-focus', {}, this);
    browserSession().send('Target.activateTarget', { targetId: this.webContents.targetId }).catch(() => {});
  }
  blur(): void {
    if (!this.isFocused()) return;
    this.emit('blur');
    app.emit('browser-window-blur', {}, this);
  }
  override minimize(): void {
    this.blur();
    super.minimize();
  }
  override maximize(): void {
    this.#isVisible = true;
    super.maximize();
  }
  isFocused(): boolean {
    return focusedWindow() === this;
  }
  moveTop(): void {
    this.focus();
  }

  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  getParentWindow(): BrowserWindow | null {
    return this.#parent;
  }
  getChildWindows(): BrowserWindow[] {
    return BrowserWindow.getAllWindows().filter((window) => window.#parent === this);
  }
  setAlwaysOnTop(flag: boolean): void {
    this.#isAlwaysOnTop = flag;
  }
  isAlwaysOnTop(): boolean {
    return this.#isAlwaysOnTop;
  }
  setMenuBarVisibility(visible: boolean): void {
    this.#menuBarIsVisible = visible;
  }
  isMenuBarVisible(): boolean {
    return this.#menuBarIsVisible;
  }
  // What only a desktop could show.
  setMenu(): void {}
  removeMenu(): void {}
  setAutoHideMenuBar(): void {}
  setBackgroundColor(): void {}
  setIcon(): void {}
  setOverlayIcon(): void {}
  setTitleBarOverlay(): void {}
  setProgressBar(): void {}
  setContentProtection(): void {}
  setDocumentEdited(): void {}
  setSkipTaskbar(): void {}
  flashFrame(): void {}

  protected resizePage(): void {
    void this.webContents.applySize();
  }

  /** Asks the window to close; a listener of `close` may prevent it. */
  close(): void {
    if (this.#isDestroyed) return;
    const event = cancelableEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    openWindows.delete(this);
    void this.webContents.closeTarget();
    this.emit('closed');
    app.windowClosed();
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
}

/** Electron's webContents module. */
export const webContents = {
  getAllWebContents: (): WebContents[] => BrowserWindow.getAllWindows().map((window) => window.webContents),
  getFocusedWebContents: (): WebContents | null => BrowserWindow.getFocusedWindow()?.webContents ?? null,
  fromId: (id: number): WebContents | undefined =>
    webContents.getAllWebContents().find((contents) => contents.id === id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    webContents.getAllWebContents().find((contents) => contents.targetId === targetId),
};
