import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, nativeTheme, protocol, safeStorage, session, shell } from 'electron';
import { toAppError } from '../shared/errors.ts';
import type { Download } from '../shared/operation.ts';
import { defaultDataDir } from './data-dir.ts';
import { createCrashPolicy } from './desktop/crash.ts';
import { handleCrashes, safeModeTrouble } from './desktop/crash-handling.ts';
import { tellTrouble, type Trouble } from './desktop/diagnostics.ts';
import { askAboutDamage } from './desktop/damaged-book.ts';
import { createExternalOpener } from './desktop/external.ts';
import { createFaultHandler } from './desktop/faults.ts';
import { startHabits, type Habits } from './desktop/habits.ts';
import { createInbox } from './desktop/inbox.ts';
import { openKnownHosts } from './desktop/known-hosts.ts';
import { lockDown, lockSession } from './desktop/lockdown.ts';
import { bundledPage, createPageHandler, scheme } from './desktop/protocol.ts';
import { noteEnd, noteStart } from './desktop/safe-mode.ts';
import { saveDownload } from './desktop/save-download.ts';
import { createKeychain } from './desktop/secrets.ts';
import { createDesktopUpdater } from './desktop/updates.ts';
import { createWindow, isBookPage } from './desktop/window.ts';
import type { Host } from './host.ts';
import { channels } from './ipc/channels.ts';
import { createEventBatches } from './ipc/event-batches.ts';
import { registerIpc } from './ipc/register.ts';
import { isTrustedSender } from './ipc/sender.ts';
import { openHost } from './open-host.ts';
import { createSecrets } from './sync/secrets.ts';

/*
 * The desktop shell: windows, dialogs and the page's own scheme around the host. Everything else is in the host.
 * Start: single instance, host, IPC, window. Stop, in reverse: windows, host.
 */

const dataDir = app.commandLine.getSwitchValue('data-dir') || process.env['FIELDBOOK_DATA_DIR'] || defaultDataDir();
/** The page: built, or from the development server, which a packed application never listens to. */
const page = (!app.isPackaged && process.env['FIELDBOOK_PAGE']) || bundledPage;
const pageOrigin = page.slice(0, page.indexOf('/', page.indexOf('://') + 3));
/** Instead of the port in the settings: what `npm start -- --port N` passes on. */
const port = /^\d+$/.test(app.commandLine.getSwitchValue('port')) ? Number(app.commandLine.getSwitchValue('port')) : undefined;
let host: Host | undefined;
let habits: Habits | undefined;
const updater = createDesktopUpdater({
  app,
  resourcesPath: process.resourcesPath,
  platform: process.platform,
  env: process.env,
  load: async () => (await import('electron-updater')).autoUpdater,
});
/** Links and files that the program was started with. */
const inbox = createInbox(app, process.argv, process.cwd());

protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
app.enableSandbox();
lockDown(app, pageOrigin);
if (app.isPackaged) {
  for (const door of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(door);
}
const onFault = createFaultHandler({ log: (error) => logFault(error, 'nobody caught an error'), tell, restart });
process.on('uncaughtException', onFault);
process.on('unhandledRejection', onFault);

if (app.requestSingleInstanceLock({ dataDir })) {
  app.on('window-all-closed', () => {
    if (!habits?.staysWithoutWindow()) app.quit();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) habits?.front();
  });
  let isClosing = false;
  app.on('will-quit', (event) => {
    if (!host && !isClosing) return;
    // Quitting waits for the host, also when it is asked for again: what is being written is written first.
    event.preventDefault();
    if (!host) return;
    const closing = host;
    host = undefined;
    isClosing = true;
    void closing.close().catch((error: unknown) => logFault(error, 'the host could not be closed in order')).finally(() => {
      isClosing = false;
      noteEnd(dataDir);
      if (updater) updater.finish(() => app.quit());
      else app.quit();
    });
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}

async function start(): Promise<void> {
  lockSession(session.defaultSession, pageOrigin);
  protocol.handle(scheme, createPageHandler(join(app.getAppPath(), 'dist', 'renderer')));
  const safeMode = noteStart(dataDir, Date.now());
  try {
    host = await openHost({
      dataDir,
      migrationsDir: join(app.getAppPath(), 'drizzle'),
      changelogFile: join(app.getAppPath(), 'CHANGELOG.md'),
      ...(updater ? { updater } : {}),
      version: app.getVersion(),
      importWorker: new URL('./import-worker.js', import.meta.url),
      syncWorker: new URL('./sync-worker.js', import.meta.url),
      bookWorker: new URL('./book-worker.js', import.meta.url),
      secrets: createSecrets(dataDir, createKeychain(safeStorage, process.platform)),
      safeMode,
      port,
      choose: askAboutDamage,
    });
  } catch (error) {
    const refusal = toAppError(error);
    const text = refusal.kind === 'internal' && error instanceof Error ? error.message : refusal.message;
    noteEnd(dataDir);
    dialog.showErrorBox('Fieldbook cannot open its address book', text);
    app.exit(1);
    return;
  }
  const running = host;
  const { dispatch, events, log } = running;
  const applyTheme = (theme: 'system' | 'light' | 'dark') => {
    nativeTheme.themeSource = theme;
  };
  applyTheme(running.settings().theme);
  handleCrashes({
    app,
    isOurs: isBookPage,
    decide: createCrashPolicy(() => performance.now(), safeMode),
    log: (details, message) => log.error(details, message),
    enterSafeMode: () => running.enterSafeMode(),
    tell,
    restart,
  });

  const desktop = startHabits({
    host: running,
    dataDir,
    inbox,
    createWindow: (bounds) => createWindow({
      page,
      bounds,
      preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
      dark: nativeTheme.shouldUseDarkColors,
      devTools: !app.isPackaged,
      onLoadFailed: (error) => logFault(error, 'a window could not load its page'),
    }),
    onFault: logFault,
  });
  habits = desktop;

  registerIpc({
    ipcMain,
    dispatch,
    askShell: (event, request) => desktop.answer(event, request),
    isTrusted: (event) => isTrustedSender(event, pageOrigin, isBookPage),
    saveDownload: (event, download) => saveDownload(BrowserWindow.fromWebContents(event.sender), download),
    openExternal: createExternalOpener({
      open: (address) => shell.openExternal(address),
      confirm: confirmSite,
      knownHosts: openKnownHosts(join(dataDir, 'opened-sites.json')),
      apiUrl: () => running.api().url,
    }),
    report: (error) => logFault(error, 'a call failed'),
    checkAnswers: !app.isPackaged,
  });
  const batch = createEventBatches((list) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channels.events, list);
  });
  events.subscribe((event) => {
    if (event.type === 'settings') applyTheme(running.settings().theme);
    batch(event);
  });
  desktop.openWindow();
  if (safeMode && (await tell(safeModeTrouble)) === 1) restart();
}

async function confirmSite(site: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question', title: 'Fieldbook', message: `Open ${site} in your browser?`,
    detail: 'The address comes from a contact. Fieldbook asks once for each site.',
    buttons: ['Open', 'Cancel'], defaultId: 0, cancelId: 1, noLink: true,
  });
  return response === 0;
}

/** Tells the person of a trouble, with the offer of a diagnostics file. Before there is a host there is none to offer. */
async function tell(trouble: Trouble): Promise<number> {
  const running = host;
  if (!running) {
    dialog.showErrorBox(trouble.message, trouble.detail);
    return 0;
  }
  return tellTrouble(trouble, async () => {
    const file = (await running.dispatch('host.diagnostics', {}, { kind: 'owner', actor: 'ui' })) as Download;
    await saveDownload(null, file);
  });
}

function logFault(error: unknown, message: string): void {
  if (host) host.log.error({ err: error }, message);
  else process.stderr.write(`${message}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

function restart(): void {
  app.relaunch();
  app.quit();
}
