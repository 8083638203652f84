import { BrowserWindow, type WebContents } from 'electron';
import { smallest } from './window-state.ts';

export interface WindowOptions {
  /** Address of the page. */
  page: string;
  /** Path of the built preload. */
  preload: string;
  /** Paints the window before the page does, so that a dark one does not flash white. */
  dark: boolean;
  /** Whether the tools for developers can be opened: never in a packed application. */
  devTools: boolean;
  /** Where it opens, in the desktop's pixels. */
  bounds: { x: number; y: number; width: number; height: number };
  /** Hears why a page could not be loaded. */
  onLoadFailed: (error: unknown) => void;
}

/** The pages that may call the host: those of the windows made here, and of no others. */
const ours = new WeakSet<WebContents>();

/** Whether a page is the one of a window of the book. */
export function isBookPage(contents: WebContents): boolean {
  return ours.has(contents);
}

/** A window of the book: sandboxed, isolated, shown once it has something to show. */
export function createWindow({ page, preload, dark, devTools, bounds, onLoadFailed }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Fieldbook',
    autoHideMenuBar: true,
    backgroundColor: dark ? '#1a1b1e' : '#ffffff',
    webPreferences: { preload, devTools, spellcheck: true },
  });
  ours.add(window.webContents);
  window.once('ready-to-show', () => window.show());
  window.loadURL(page).catch(onLoadFailed);
  return window;
}
