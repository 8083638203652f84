import { fromChromium, originOf, toChromium } from './addresses.ts';
import type { CdpSession, Protocol } from './cdp.ts';
import { cancelableEvent } from './events.ts';
import { IpcMain } from './ipc-main.ts';
import type { MessagePortMain } from './message-ports.ts';
import { mayNavigate } from './navigation.ts';
import { createPageChannel, type PageChannel } from './page-channel.ts';
import { answerRequest } from './page-requests.ts';
import { PageSurface, type PageOwner } from './page-surface.ts';
import type { Page } from './page.ts';
import { applyPermissions } from './permissions.ts';
import { recorded } from './recording.ts';
import { session, type Session } from './session.ts';
import { WebFrameMain } from './web-frame-main.ts';

type WindowOpenHandler = (details: object) => { action: 'allow' | 'deny' };

let lastId = 0;

/** What Chromium's debugging protocol does not tell of a right click: no spelling, and everything can be edited. */
const untoldParams = {
  misspelledWord: '',
  dictionarySuggestions: [] as string[],
  editFlags: {
    canUndo: true, canRedo: true, canCut: true, canCopy: true, canPaste: true, canDelete: true, canSelectAll: true,
    canEditRichly: false,
  },
};

/** Electron's WebContents, of a page in the browser. */
export class WebContents extends PageSurface {
  readonly id = ++lastId;
  readonly ipc = new IpcMain();
  readonly session: Session = session.defaultSession;
  readonly mainFrame = new WebFrameMain(this);
  readonly #owner: PageOwner;
  readonly #channel: PageChannel;
  #targetId = '';
  #url = '';
  // The address of a navigation the app itself began: those raise no will-navigate.
  #expected: string | undefined;
  #isLoading = false;
  #isCrashed = false;
  #windowOpenHandler: WindowOpenHandler | undefined;

  constructor(owner: PageOwner) {
    super(owner);
    this.#owner = owner;
    this.page.catch(() => owner.destroy());
    this.#channel = createPageChannel({
      session: this.page.then((page) => page.session),
      ipc: this.ipc,
      createEvent: (ports) => this.#ipcEvent(ports),
      onTitle: (title) => this.emit('page-title-updated', cancelableEvent({}), title, true),
      onKey: (input) => {
        const event = cancelableEvent({});
        this.emit('before-input-event', event, input);
        if (!event.defaultPrevented) this.#owner.onKey(input);
      },
      onContextMenu: (params) => this.emit('context-menu', cancelableEvent({}), { ...params, ...untoldParams }),
    });
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.page;
    const { href } = new URL(url);
    await this.#applyPermissions(href);
    // As Chromium will spell it: app://bundle gets its slash.
    this.#expect(fromChromium(new URL(toChromium(href)).href));
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
    this.command('Page.reload', {});
  }
  reloadIgnoringCache(): void {
    this.reload();
  }
  stop(): void {
    this.command('Page.stopLoading', {});
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
  close(): void {
    this.#owner.close();
  }

  /** Closes the page's target; the window has gone. */
  async closeTarget(): Promise<void> {
    this.#channel.closePorts();
    this.emit('destroyed');
    const { session: page, targetId } = await this.page;
    await page.send('Target.closeTarget', { targetId }).catch(() => {});
  }
  /** The page's id among Chromium's targets; '' until it has one. */
  get targetId(): string {
    return this.#targetId;
  }

  protected override listen({ targetId, session: page }: Page): void {
    this.#targetId = targetId;
    const isMain = (frame: { id: string }): boolean => frame.id === targetId;
    page.on('Runtime.bindingCalled', ({ payload }) => this.#channel.receive(payload));
    page.on('Fetch.requestPaused', (paused) => this.#answerRequest(page, paused));
    page.on('Page.frameRequestedNavigation', ({ url, frameId }) => {
      // mailto: and its like make no request; they end here.
      if (!/^(https?|about|blob|data|file|javascript):/i.test(url)) {
        mayNavigate(this, { url, frameId, isRedirect: false }, frameId === targetId, this.mainFrame);
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
        const allowed = isExpected || mayNavigate(this, navigation, isMainFrame, this.mainFrame);
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
}
