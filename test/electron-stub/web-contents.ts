import { EventEmitter } from 'node:events';
import { fromChromium, originOf, toChromium } from './addresses.ts';
import type { CdpSession, Protocol } from './cdp.ts';
import { cancelableEvent } from './events.ts';
import { IpcMain } from './ipc-main.ts';
import type { MessagePortMain } from './message-ports.ts';
import { asksToNavigate } from './navigation.ts';
import { nativeTheme } from './native-theme.ts';
import { createPageChannel, type PageChannel } from './page-channel.ts';
import type { KeyInput } from './page-messages.ts';
import { answerRequest } from './page-requests.ts';
import { openPage, resizePage, type Page } from './page.ts';
import { applyPermissions } from './permissions.ts';
import { recorded } from './recording.ts';
import { session, type Session } from './session.ts';
import { WebFrameMain } from './web-frame-main.ts';

type WindowOpenHandler = (details: object) => { action: 'allow' | 'deny' };

/** What a page needs of the window that holds it. */
export interface PageOwner {
  size(): { width: number; height: number };
  preload: string | undefined;
  additionalArguments: string[] | undefined;
  close(): void;
  destroy(): void;
  isDestroyed(): boolean;
  isFocused(): boolean;
  focus(): void;
  getTitle(): string;
  /** A key the page and `before-input-event` have left alone. */
  onKey(input: KeyInput): void;
}

let lastId = 0;

/** Electron's WebContents, of a page in the browser. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly ipc = new IpcMain();
  readonly session: Session = session.defaultSession;
  readonly mainFrame = new WebFrameMain(this);
  readonly #owner: PageOwner;
  readonly #page: Promise<Page>;
  readonly #channel: PageChannel;
  #targetId = '';
  #url = '';
  // The address of a navigation the app itself began: those raise no will-navigate.
  #expected: string | undefined;
  #isLoading = false;
  #isCrashed = false;
  #zoom = 1;
  #windowOpenHandler: WindowOpenHandler | undefined;
  #userAgent = '';

  constructor(owner: PageOwner) {
    super();
    this.#owner = owner;
    const { preload, additionalArguments } = owner;
    this.#page = openPage({ ...owner.size(), preload, additionalArguments }, (page) => this.#listen(page));
    this.#page.catch(() => owner.destroy());
    void this.applySize();
    this.applyAppearance();
    this.#channel = createPageChannel({
      session: this.#page.then((page) => page.session),
      ipc: this.ipc,
      createEvent: (ports) => this.#ipcEvent(ports),
      onTitle: (title) => this.emit('page-title-updated', cancelableEvent({}), title, true),
      onKey: (input) => {
        const event = cancelableEvent({});
        this.emit('before-input-event', event, input);
        if (!event.defaultPrevented) this.#owner.onKey(input);
      },
    });
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#page;
    const { href } = new URL(url);
    await this.#applyPermissions(href);
    this.#expect(href);
    const finished = new Promise<void>((resolve) => {
      this.once('did-finish-load', resolve);
      this.once('destroyed', resolve);
    });
    const { errorText } = await page.session.send('Page.navigate', { url: toChromium(href) });
    if (errorText) {
      this.#isLoading = false;
      const code = errorText.replace(/^net::/, '');
      this.emit('did-fail-load', {}, -2, code, href, true);
      throw Object.assign(new Error(`${code} (-2) loading '${href}'`), { code, errno: -2, url: href });
    }
    await finished;
  }
  reload(): void {
    this.#isCrashed = false;
    this.#expect(this.#url);
    this.#command('Page.reload', {});
  }
  reloadIgnoringCache(): void {
    this.reload();
  }
  stop(): void {
    this.#command('Page.stopLoading', {});
  }

  send(channel: string, ...args: unknown[]): void {
    this.#channel.send(channel, args);
  }
  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    this.#channel.send(channel, [message], transfer);
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }

  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#owner.getTitle();
  }
  isLoading(): boolean {
    return this.#isLoading;
  }
  isLoadingMainFrame(): boolean {
    return this.#isLoading;
  }
  isCrashed(): boolean {
    return this.#isCrashed;
  }
  isDestroyed(): boolean {
    return this.#owner.isDestroyed();
  }
  isFocused(): boolean {
    return this.#owner.isFocused();
  }
  focus(): void {
    this.#owner.focus();
  }
  getOSProcessId(): number {
    return process.pid;
  }
  getType(): string {
    return 'window';
  }
  getUserAgent(): string {
    return this.#userAgent;
  }
  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
    this.#command('Emulation.setUserAgentOverride', { userAgent });
  }

  /** Runs code in the page and resolves with its JSON-like value; rejects with what the code threw. */
  async executeJavaScript(code: string): Promise<unknown> {
    const { session: page } = await this.#page;
    const options = { expression: code, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  }
  async insertCSS(css: string): Promise<string> {
    await this.executeJavaScript(`(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(${JSON.stringify(css)});
      document.adoptedStyleSheets.push(sheet);
    })()`);
    return '';
  }
  async capturePage(): Promise<{ toPNG: () => Buffer }> {
    const { data } = await (await this.#page).session.send('Page.captureScreenshot', { format: 'png' });
    return { toPNG: () => Buffer.from(data, 'base64') };
  }
  print(options: object = {}, callback?: (success: boolean, failureReason: string) => void): void {
    recorded.prints.push(options);
    callback?.(true, '');
  }
  async printToPDF(options: { landscape?: boolean; printBackground?: boolean } = {}): Promise<Buffer> {
    const { landscape = false, printBackground = false } = options;
    const { data } = await (await this.#page).session.send('Page.printToPDF', { landscape, printBackground });
    return Buffer.from(data, 'base64');
  }

  getZoomFactor(): number {
    return this.#zoom;
  }
  setZoomFactor(factor: number): void {
    this.#zoom = factor;
    void this.applySize();
  }
  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2);
  }
  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }
  async setVisualZoomLevelLimits(): Promise<void> {}
  setBackgroundThrottling(): void {}
  openDevTools(): void {}
  closeDevTools(): void {}
  toggleDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }
  setAudioMuted(): void {}
  forcefullyCrashRenderer(): void {
    this.#command('Page.crash', {});
  }
  close(): void {
    this.#owner.close();
  }

  /** Gives the page the size of its window. */
  async applySize(): Promise<void> {
    const { width, height } = this.#owner.size();
    await this.#page.then((page) => resizePage(page, width, height, this.#zoom)).catch(() => {});
  }
  /** Tells the page whether the app is dark. */
  applyAppearance(): void {
    const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
    this.#command('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }
  /** Closes the page's target; the window has gone. */
  async closeTarget(): Promise<void> {
    this.#channel.closePorts();
    this.emit('destroyed');
    const { session: page, targetId } = await this.#page;
    await page.send('Target.closeTarget', { targetId }).catch(() => {});
  }
  /** The page's id among Chromium's targets; '' until it has one. */
  get targetId(): string {
    return this.#targetId;
  }

  #listen({ targetId, session: page }: Page): void {
    this.#targetId = targetId;
    const isMain = (frame: { id: string }): boolean => frame.id === targetId;
    page.on('Runtime.bindingCalled', ({ payload }) => this.#channel.receive(payload));
    page.on('Fetch.requestPaused', (paused) => this.#answerRequest(page, paused));
    page.on('Page.frameRequestedNavigation', ({ url, frameId }) => {
      // mailto: and its like make no request; they end here.
      if (!/^(https?|about|blob|data|file|javascript):/i.test(url)) {
        asksToNavigate(this, { url, frameId, isRedirect: false }, frameId === targetId, this.mainFrame);
      }
    });
    page.on('Page.frameNavigated', ({ frame }) => {
      if (!isMain(frame) || !this.#isLoading) return;
      this.#url = fromChromium(frame.url + (frame.urlFragment ?? ''));
      this.#channel.closePorts();
      this.emit('did-navigate', {}, this.#url, 200, '');
    });
    page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== targetId) return;
      this.#url = fromChromium(url);
      this.emit('did-navigate-in-page', {}, this.#url, true);
    });
    page.on('Page.domContentEventFired', () => {
      if (this.#url) this.emit('dom-ready', {});
    });
    page.on('Page.loadEventFired', () => {
      if (!this.#url) return;
      this.#isLoading = false;
      this.emit('did-stop-loading', {});
      this.emit('did-finish-load', {});
    });
    page.on('Page.windowOpen', ({ url: chromiumUrl, windowName }) => {
      const url = fromChromium(chromiumUrl);
      recorded.windowRequests.push(url);
      this.#windowOpenHandler?.({ url, frameName: windowName, features: '', disposition: 'new-window' });
    });
    page.on('Inspector.targetCrashed', () => {
      this.#isCrashed = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
    page.on('Runtime.consoleAPICalled', ({ type, args }) => {
      const message = args.map((arg) => String(arg.value ?? arg.description)).join(' ');
      this.emit('console-message', { level: type === 'log' ? 'info' : type, message, frame: this.mainFrame });
    });
    page.on('Inspector.detached', () => this.#owner.destroy());
  }

  #answerRequest(page: CdpSession, paused: Protocol.Fetch.requestPausedPayload): void {
    void answerRequest(page, paused, {
      hooks: this.session.hooks,
      allowsNavigation: (navigation) => {
        const isMainFrame = navigation.frameId === this.#targetId;
        const isExpected = isMainFrame && !navigation.isRedirect && navigation.url === this.#expected;
        this.#expected = undefined;
        const allowed = isExpected || asksToNavigate(this, navigation, isMainFrame, this.mainFrame);
        if (allowed && isMainFrame) this.#expect(undefined);
        return allowed;
      },
    });
  }

  #expect(url: string | undefined): void {
    this.#expected = url;
    this.#isLoading = true;
    this.emit('did-start-loading', {});
  }

  async #applyPermissions(url: string): Promise<void> {
    if (!/^https?:/.test(toChromium(url))) return;
    await applyPermissions(this.session.hooks, this, originOf(url), new URL(toChromium(url)).origin);
  }

  #ipcEvent(ports: MessagePortMain[]): object {
    return {
      sender: this,
      senderFrame: this.mainFrame,
      processId: this.mainFrame.processId,
      frameId: this.mainFrame.routingId,
      ports,
      reply: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
    };
  }

  #command<Method extends keyof Protocol.CommandParameters>(method: Method, params: Protocol.CommandParameters[Method]): void {
    // Ordered after what is still under way; a page that is closing needs no command any more.
    this.#page.then((page) => page.session.send(method, params)).catch(() => {});
  }
}
