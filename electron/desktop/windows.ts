import type { BrowserWindow, WebContents } from 'electron';
import type { ShellAction } from '../../shared/shell.ts';
import type { Bounds, SavedWindow } from './window-state.ts';

export interface WindowsDeps {
  /** Makes a window at a place, which is shown once it has something to show. */
  create: (bounds: Bounds) => BrowserWindow;
  /** Where the next window belongs, beside so many that are open. */
  place: (others: number) => Bounds;
  /** How the first window opens. */
  opensMaximized: () => boolean;
  remember: (window: SavedWindow) => void;
  /** Asks the person whether a window may close over text that would be lost. */
  mayLoseText: (window: BrowserWindow) => Promise<boolean>;
  sendAction: (contents: WebContents, action: ShellAction) => void;
}

/** The windows of the book: any number, of which the one last used is asked when something comes from outside. */
export interface BookWindows {
  open(): BrowserWindow;
  /** Brings the window last used to the front, or opens one. */
  front(): BrowserWindow;
  /** Asks something of the front window, as soon as its page listens. */
  ask(action: ShellAction): void;
  /** Whether a page holds text that is nowhere else, from now on. */
  holds(contents: WebContents, text: boolean): void;
  /** A page listens from now on. */
  listens(contents: WebContents): void;
}

/** Milliseconds that a window must rest before its place is remembered. */
const restMs = 400;

export function createWindows({ create, place, opensMaximized, remember, mayLoseText, sendAction }: WindowsDeps): BookWindows {
  /** In the order they were last used. */
  const windows: BrowserWindow[] = [];
  const waiting = new WeakMap<WebContents, ShellAction[]>();
  const holding = new WeakSet<WebContents>();

  function use(window: BrowserWindow): void {
    const index = windows.indexOf(window);
    if (index >= 0) windows.splice(index, 1);
    windows.push(window);
  }

  function open(): BrowserWindow {
    const isFirst = windows.length === 0;
    const window = create(place(windows.length));
    const { webContents } = window;
    windows.push(window);
    waiting.set(webContents, []);
    if (isFirst && opensMaximized()) window.once('ready-to-show', () => window.maximize());
    window.on('focus', () => use(window));
    rememberPlace(window, remember);
    closeWithCare(window, () => holding.has(webContents), mayLoseText);
    // A page that loads anew does not listen until it says so again.
    webContents.on('did-start-loading', () => {
      if (!waiting.has(webContents)) waiting.set(webContents, []);
      holding.delete(webContents);
    });
    window.on('closed', () => windows.splice(windows.indexOf(window), 1));
    return window;
  }

  function front(): BrowserWindow {
    const window = windows.at(-1) ?? open();
    if (window.isMinimized()) window.restore();
    // One that is not shown yet has nothing to show, and will come to the front by itself.
    if (window.isVisible()) window.focus();
    return window;
  }

  return {
    open,
    front,
    ask(action) {
      const { webContents } = front();
      const queue = waiting.get(webContents);
      if (queue) queue.push(action);
      else sendAction(webContents, action);
    },
    holds(contents, text) {
      if (text) holding.add(contents);
      else holding.delete(contents);
    },
    listens(contents) {
      const queue = waiting.get(contents) ?? [];
      waiting.delete(contents);
      for (const action of queue) sendAction(contents, action);
    },
  };
}

/** A window that holds text which is nowhere else closes only when the person says so. */
function closeWithCare(window: BrowserWindow, holdsText: () => boolean, mayLoseText: WindowsDeps['mayLoseText']): void {
  let isAsking = false;
  async function ask(): Promise<void> {
    isAsking = true;
    const isAgreed = await mayLoseText(window).finally(() => (isAsking = false));
    if (isAgreed && !window.isDestroyed()) window.destroy();
  }
  window.on('close', (event) => {
    if (!holdsText()) return;
    event.preventDefault();
    if (!isAsking) void ask();
  });
}

function rememberPlace(window: BrowserWindow, remember: (window: SavedWindow) => void): void {
  let timer: NodeJS.Timeout | undefined;
  const note = (): void => {
    clearTimeout(timer);
    if (!window.isDestroyed()) remember({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const noteSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(note, restMs);
  };
  window.on('resize', noteSoon);
  window.on('move', noteSoon);
  window.on('close', note);
  window.on('closed', () => clearTimeout(timer));
}
