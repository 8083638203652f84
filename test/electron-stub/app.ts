import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser, stopBrowser } from './browser.ts';
import { readArguments } from './command-line.ts';
import { watchDownloads } from './downloads.ts';
import { cancelableEvent } from './events.ts';
import { recorded } from './recording.ts';
import { session } from './session.ts';
import { takeSingleInstanceLock } from './single-instance.ts';
import { focusedWindow, openWindows } from './window-registry.ts';

const { folder, manifest, switches } = readArguments(process.argv);

/** Electron's app. */
class App extends EventEmitter {
  name = manifest.productName ?? manifest.name;
  readonly isPackaged = false;
  readonly commandLine = {
    appendSwitch: (name: string, value = ''): void => void switches.set(name, value),
    appendArgument(): void {},
    removeSwitch: (name: string): void => void switches.delete(name),
    hasSwitch: (name: string): boolean => switches.has(name),
    getSwitchValue: (name: string): string => switches.get(name) ?? '',
  };
  readonly #paths: Record<string, string> = { home: homedir(), temp: tmpdir(), exe: process.execPath };
  readonly #protocolClients = new Set<string>();
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #isQuitting = false;
  #releaseLock: (() => void) | undefined;

  isReady(): boolean {
    return this.#isReady;
  }
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** Starts the browser, then announces `ready`. Called once, when the app's main module has run. */
  async start(): Promise<void> {
    if (this.#isQuitting) return;
    const userData = this.getPath('userData');
    mkdirSync(userData, { recursive: true });
    this.emit('will-finish-launching');
    await startBrowser(join(userData, 'Chromium'));
    await watchDownloads(join(userData, 'Chromium', 'Downloads'));
    this.emit('session-created', session.defaultSession);
    this.#isReady = true;
    this.emit('ready', {}, {});
    this.#ready.resolve();
  }

  getPath(name: string): string {
    return (this.#paths[name] ??= this.#defaultPath(name));
  }
  setPath(name: string, path: string): void {
    this.#paths[name] = path;
  }
  getAppPath(): string {
    return folder;
  }
  getVersion(): string {
    return manifest.version;
  }
  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getLocale(): string {
    return 'en-US';
  }
  getSystemLocale(): string {
    return 'en-US';
  }
  getLocaleCountryCode(): string {
    return 'US';
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }
  isAccessibilitySupportEnabled(): boolean {
    return false;
  }

  requestSingleInstanceLock(additionalData: unknown = {}): boolean {
    if (this.#releaseLock) return true;
    const self = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    this.#releaseLock = takeSingleInstanceLock(this.getPath('userData'), self, (second) => {
      this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData);
    });
    return this.#releaseLock !== undefined;
  }
  hasSingleInstanceLock(): boolean {
    return this.#releaseLock !== undefined;
  }
  releaseSingleInstanceLock(): void {
    this.#releaseLock?.();
    this.#releaseLock = undefined;
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.#protocolClients.add(scheme);
    recorded.protocolClients.push(scheme);
    return true;
  }
  isDefaultProtocolClient(scheme: string): boolean {
    return this.#protocolClients.has(scheme);
  }
  removeAsDefaultProtocolClient(scheme: string): boolean {
    return this.#protocolClients.delete(scheme);
  }

  // Asked of the desktop or of Chromium's own process model, which are not here.
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  setLoginItemSettings(): void {}
  getLoginItemSettings(): { openAtLogin: boolean } {
    return { openAtLogin: false };
  }
  setBadgeCount(): boolean {
    return true;
  }
  addRecentDocument(): void {}
  clearRecentDocuments(): void {}
  setUserTasks(): boolean {
    return true;
  }
  setJumpList(): void {}
  getAppMetrics(): object[] {
    return [];
  }
  focus(): void {
    focusedWindow()?.focus();
  }
  hide(): void {}
  show(): void {}
  relaunch(): void {
    recorded.relaunches++;
  }

  /** Asks the windows to close, then ends the app; each of them and the app's listeners may prevent it. */
  quit(): void {
    if (this.#isQuitting) return;
    if (!this.#allows('before-quit')) return;
    this.#isQuitting = true;
    const windows = [...openWindows];
    for (const window of windows) window.close();
    if (openWindows.size > 0 || !this.#allows('will-quit')) {
      this.#isQuitting = false;
      return;
    }
    this.#end(0);
  }

  /** Ends the app without asking. */
  exit(exitCode = 0): void {
    this.#isQuitting = true;
    const windows = [...openWindows];
    for (const window of windows) window.destroy();
    this.#end(exitCode);
  }

  /** To be called after a window has closed. */
  windowClosed(): void {
    if (openWindows.size > 0 || this.#isQuitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  #allows(name: string): boolean {
    const event = cancelableEvent({});
    this.emit(name, event);
    return !event.defaultPrevented;
  }

  #end(exitCode: number): void {
    this.emit('quit', {}, exitCode);
    this.releaseSingleInstanceLock();
    // Later, so that a debugger that evaluated the call still gets its answer: Playwright waits for it.
    setTimeout(() => {
      void stopBrowser().finally(() => process.exit(exitCode));
    }, 20);
  }

  #defaultPath(name: string): string {
    if (name === 'appData') return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
    if (name === 'userData') return switches.get('user-data-dir') ?? join(this.getPath('appData'), this.name);
    if (name === 'sessionData') return this.getPath('userData');
    if (name === 'crashDumps') return join(this.getPath('userData'), 'Crashpad');
    if (name === 'logs') return join(this.getPath('userData'), 'logs');
    const inHome: Record<string, string> = {
      desktop: 'Desktop',
      documents: 'Documents',
      downloads: 'Downloads',
      music: 'Music',
      pictures: 'Pictures',
      videos: 'Videos',
    };
    const subfolder = inHome[name];
    if (subfolder === undefined) throw new Error(`Failed to get '${name}' path`);
    return join(homedir(), subfolder);
  }
}

export const app = new App();

/** The file the app starts with: package.json's `main`. */
export const mainFile = join(folder, manifest.main);
