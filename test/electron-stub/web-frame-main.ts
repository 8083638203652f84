import { originOf } from './addresses.ts';

interface FrameContents {
  getURL(): string;
  isDestroyed(): boolean;
  send(channel: string, ...args: unknown[]): void;
  executeJavaScript(code: string): Promise<unknown>;
}

/** Electron's WebFrameMain, of a page's main frame: the stand-in runs the preload in no other. */
export class WebFrameMain {
  readonly #contents: FrameContents;
  readonly parent = null;
  readonly frames: WebFrameMain[] = [];
  readonly name = '';
  readonly processId = 1;
  readonly routingId = 1;
  readonly frameTreeNodeId = 1;
  readonly detached = false;

  constructor(contents: FrameContents) {
    this.#contents = contents;
  }

  get url(): string {
    return this.#contents.getURL();
  }
  get origin(): string {
    return originOf(this.url);
  }
  get top(): WebFrameMain {
    return this;
  }
  isDestroyed(): boolean {
    return this.#contents.isDestroyed();
  }
  send(channel: string, ...args: unknown[]): void {
    this.#contents.send(channel, ...args);
  }
  executeJavaScript(code: string): Promise<unknown> {
    return this.#contents.executeJavaScript(code);
  }
}
