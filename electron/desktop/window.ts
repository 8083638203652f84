import { BrowserWindow } from 'electron';

export interface WindowOptions {
  /** Address of the page. */
  page: string;
  /** Path of the built preload. */
  preload: string;
  /** Paints the window before the page does, so that a dark one does not flash white. */
  dark: boolean;
}

/** A window of the book: sandboxed, isolated, shown once it has something to show. */
export function createWindow({ page, preload, dark }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Fieldbook',
    autoHideMenuBar: true,
    backgroundColor: dark ? '#1a1b1e' : '#ffffff',
    webPreferences: { preload, spellcheck: true },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(page);
  return window;
}
