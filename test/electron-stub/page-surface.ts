import { EventEmitter } from 'node:events';
import type { Protocol } from './cdp.ts';
import { nativeTheme } from './native-theme.ts';
import type { KeyInput } from './page-messages.ts';
import { openPage, resizePage, type Page } from './page.ts';
import { recorded } from './recording.ts';

/** What a page needs of the window that holds it. */
export interface PageOwner {
  size: () => { width: number; height: number };
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

/** The half of Electron's WebContents that shows, prints and scripts its page; knows nothing of navigation and IPC. */
export abstract class PageSurface extends EventEmitter {
  protected readonly page: Promise<Page>;
  readonly #size: PageOwner['size'];
  #zoom = 1;
  #userAgent = '';

  constructor({ size, preload, additionalArguments }: PageOwner) {
    super();
    this.#size = size;
    this.page = openPage({ ...size(), preload, additionalArguments }, (page) => this.listen(page));
    void this.applySize();
    this.applyAppearance();
  }

  /** Called with the page before anything can happen in it. */
  protected abstract listen(page: Page): void;

  /** Runs code in the page and resolves with its JSON-like value; rejects with what the code threw. */
  async executeJavaScript(code: string): Promise<unknown> {
    const { session: page } = await this.page;
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
    const { data } = await (await this.page).session.send('Page.captureScreenshot', { format: 'png' });
    return { toPNG: () => Buffer.from(data, 'base64') };
  }
  /** Goes on with a drag of the page as files; nobody sees it, so it is only recorded. */
  startDrag(item: { file: string; icon: unknown }): void {
    recorded.drags.push(item.file);
  }
  replaceMisspelling(): void {}
  print(options: object = {}, callback?: (success: boolean, failureReason: string) => void): void {
    recorded.prints.push(options);
    callback?.(true, '');
  }
  async printToPDF(options: { landscape?: boolean; printBackground?: boolean } = {}): Promise<Buffer> {
    const { landscape = false, printBackground = false } = options;
    const { data } = await (await this.page).session.send('Page.printToPDF', { landscape, printBackground });
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
    this.command('Page.crash', {});
  }
  getUserAgent(): string {
    return this.#userAgent;
  }
  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
    this.command('Emulation.setUserAgentOverride', { userAgent });
  }

  /** Gives the page the size of its window. */
  async applySize(): Promise<void> {
    const { width, height } = this.#size();
    await this.page.then((page) => resizePage(page, width, height, this.#zoom)).catch(() => {});
  }
  /** Tells the page whether the app is dark. */
  applyAppearance(): void {
    const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
    this.command('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }

  /** Sends a command in its turn; a page that is closing needs none any more. */
  protected command<Method extends keyof Protocol.CommandParameters>(
    method: Method,
    params: Protocol.CommandParameters[Method],
  ): void {
    this.page.then((page) => page.session.send(method, params)).catch(() => {});
  }
}
