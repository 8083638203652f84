import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, nativeTheme, protocol, session, shell } from 'electron';
import { errorKinds, toAppError } from '../shared/errors.ts';
import { defaultDataDir } from './data-dir.ts';
import { externalAddress } from './desktop/external.ts';
import { isOwnPage, lockDown } from './desktop/lockdown.ts';
import { bundledPage, createPageHandler, scheme } from './desktop/protocol.ts';
import { writeDownload } from './desktop/save-download.ts';
import { createWindow } from './desktop/window.ts';
import { createHost, type Host } from './host.ts';
import { channels } from './ipc/channels.ts';
import { createEventBatches } from './ipc/event-batches.ts';
import { registerIpc } from './ipc/register.ts';

/*
 * The desktop shell: windows, dialogs and the page's own scheme around the host. Everything else is in the host.
 * Start: single instance, host, IPC, window. Stop, in reverse: windows, host.
 */

const dataDir = app.commandLine.getSwitchValue('data-dir') || process.env['FIELDBOOK_DATA_DIR'] || defaultDataDir();
/** The page: built, or from the development server, which a packed application never listens to. */
const page = (!app.isPackaged && process.env['FIELDBOOK_PAGE']) || bundledPage;
const pageOrigin = page.slice(0, page.indexOf('/', page.indexOf('://') + 3));
let host: Host | undefined;

protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
app.enableSandbox();

if (app.requestSingleInstanceLock({ dataDir })) {
  app.on('second-instance', () => focusWindow());
  app.on('window-all-closed', () => app.quit());
  app.on('activate', () => {
    if (host && BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  app.on('will-quit', (event) => {
    if (!host) return;
    // Quitting waits for the host: what is being written is written first.
    event.preventDefault();
    const closing = host;
    host = undefined;
    void closing.close().finally(() => app.quit());
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}

async function start(): Promise<void> {
  lockDown(app, session.defaultSession, pageOrigin);
  protocol.handle(scheme, createPageHandler(join(app.getAppPath(), 'dist', 'renderer')));
  try {
    host = await createHost({
      dataDir,
      migrationsDir: join(app.getAppPath(), 'drizzle'),
      version: app.getVersion(),
      importWorker: new URL('./import-worker.js', import.meta.url),
    });
  } catch (error) {
    const refusal = toAppError(error);
    const text = refusal.kind === 'internal' && error instanceof Error ? error.message : refusal.message;
    dialog.showErrorBox(`Fieldbook cannot open its address book (${errorKinds[refusal.kind].error})`, text);
    app.exit(1);
    return;
  }
  const { dispatch, events, log } = host;
  const applyTheme = (theme: 'system' | 'light' | 'dark') => {
    nativeTheme.themeSource = theme;
  };
  applyTheme(host.settings().theme);

  registerIpc({
    ipcMain,
    dispatch,
    isTrusted: (event) =>
      event.senderFrame !== null &&
      event.senderFrame === event.sender.mainFrame &&
      isOwnPage(event.senderFrame.url, pageOrigin) &&
      BrowserWindow.fromWebContents(event.sender) !== null,
    async saveDownload(event, download) {
      const window = BrowserWindow.fromWebContents(event.sender);
      const options = { defaultPath: download.fileName ?? 'contacts' };
      const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      if (answer.canceled || answer.filePath === '') return false;
      await writeDownload(answer.filePath, download);
      return true;
    },
    openExternal: (address) => shell.openExternal(externalAddress(address)),
    report: (error) => log.error({ err: error }, 'a call failed'),
  });
  const batch = createEventBatches((list) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channels.events, list);
  });
  events.subscribe((event) => {
    if (event.type === 'settings' && host) applyTheme(host.settings().theme);
    batch(event);
  });
  openWindow();
}

function openWindow(): void {
  createWindow({
    page,
    preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
    dark: nativeTheme.shouldUseDarkColors,
  });
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
