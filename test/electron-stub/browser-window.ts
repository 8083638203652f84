import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { browserSession } from './browser.ts';
import { cancelableEvent } from './events.ts';
import { Menu } from './menu.ts';
import { screen } from './screen.ts';
import { WebContents } from './web-contents.ts';
import { focusedWindow, openWindows, type ManagedWindow } from './window-registry.ts';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface BrowserWindowOptions extends Partial<Rectangle> {
  title?: string;
  show?: boolean;
  minWidth?: number;
  minHeight?: number;
  fullscreen?: boolean;
  parent?: BrowserWindow;
  webPreferences?: { preload?: string; additionalArguments?: string[] };
}

type Mode = 'normal' | 'minimized' | 'maximized' | 'fullscreen';

let lastId = 0;

/** Electron's BrowserWindow: a page of the browser, and the state a desktop would keep for its window. */
export class BrowserWindow extends EventEmitter implements ManagedWindow {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  readonly #parent: BrowserWindow | null;
  readonly #minimum: { width: number; height: number };
  #bounds: Rectangle;
  #mode: Mode;
  #isVisible: boolean;
  #isDestroyed = false;
  #title: string;
  #isAlwaysOnTop = false;
  #menuBarIsVisible = true;

  constructor(options: BrowserWindowOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { width = 800, height = 600, webPreferences = {} } = options;
    const { workArea } = screen.getPrimaryDisplay();
    this.#bounds = {
      x: options.x ?? workArea.x + Math.round((workArea.width - width) / 2),
      y: options.y ?? workArea.y + Math.round((workArea.height - height) / 2),
      width,
      height,
    };
    this.#minimum = { width: options.minWidth ?? 0, height: options.minHeight ?? 0 };
    this.#mode = options.fullscreen ? 'fullscreen' : 'normal';
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
    return this.#isVisible && this.#mode !== 'minimized';
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
  isFocused(): boolean {
    return focusedWindow() === this;
  }
  moveTop(): void {
    this.focus();
  }

  minimize(): void {
    this.blur();
    this.#setMode('minimized', 'minimize');
  }
  maximize(): void {
    this.#isVisible = true;
    this.#setMode('maximized', 'maximize');
  }
  unmaximize(): void {
    if (this.isMaximized()) this.#setMode('normal', 'unmaximize');
  }
  restore(): void {
    if (this.#mode === 'minimized') this.#setMode('normal', 'restore');
    else this.unmaximize();
  }
  setFullScreen(fullScreen: boolean): void {
    if (fullScreen) this.#setMode('fullscreen', 'enter-full-screen');
    else if (this.isFullScreen()) this.#setMode('normal', 'leave-full-screen');
  }
  isMinimized(): boolean {
    return this.#mode === 'minimized';
  }
  isMaximized(): boolean {
    return this.#mode === 'maximized';
  }
  isFullScreen(): boolean {
    return this.#mode === 'fullscreen';
  }
  isNormal(): boolean {
    return this.#mode === 'normal';
  }

  getBounds(): Rectangle {
    const { bounds, workArea } = screen.getDisplayMatching(this.#bounds);
    if (this.#mode === 'maximized') return { ...workArea };
    return this.#mode === 'fullscreen' ? { ...bounds } : { ...this.#bounds };
  }
  getNormalBounds(): Rectangle {
    return { ...this.#bounds };
  }
  getContentBounds(): Rectangle {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    const after = { ...before, ...bounds };
    after.width = Math.max(after.width, this.#minimum.width);
    after.height = Math.max(after.height, this.#minimum.height);
    this.#bounds = after;
    this.#mode = 'normal';
    void this.webContents.applySize();
    if (after.x !== before.x || after.y !== before.y) this.#emitAll('move', 'moved');
    if (after.width !== before.width || after.height !== before.height) this.#emitAll('resize', 'resized');
  }
  getSize(): [number, number] {
    const { width, height } = this.getBounds();
    return [width, height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getContentSize(): [number, number] {
    return this.getSize();
  }
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): [number, number] {
    const { x, y } = this.getBounds();
    return [x, y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {
    const { workArea } = screen.getDisplayMatching(this.#bounds);
    const { width, height } = this.#bounds;
    this.setPosition(
      workArea.x + Math.round((workArea.width - width) / 2),
      workArea.y + Math.round((workArea.height - height) / 2),
    );
  }
  setMinimumSize(width: number, height: number): void {
    Object.assign(this.#minimum, { width, height });
  }
  getMinimumSize(): [number, number] {
    return [this.#minimum.width, this.#minimum.height];
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

  #setMode(mode: Mode, event: string): void {
    if (this.#mode === mode) return;
    this.#mode = mode;
    if (mode !== 'minimized') void this.webContents.applySize();
    this.#emitAll(event, 'resize');
  }

  #emitAll(...events: string[]): void {
    for (const event of events) this.emit(event);
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
