import { EventEmitter } from 'node:events';
import { screen, type Rectangle } from './screen.ts';

export interface WindowFrameOptions extends Partial<Rectangle> {
  minWidth?: number;
  minHeight?: number;
  fullscreen?: boolean;
}

type Mode = 'normal' | 'minimized' | 'maximized' | 'fullscreen';

/** The half of Electron's BrowserWindow that a desktop would keep: place, size and mode. It has no frame of its own. */
export abstract class WindowFrame extends EventEmitter {
  readonly #minimum: { width: number; height: number };
  #bounds: Rectangle;
  #mode: Mode;

  constructor(options: WindowFrameOptions) {
    super();
    const { width = 800, height = 600, minWidth = 0, minHeight = 0 } = options;
    const { x, y } = centred(screen.getPrimaryDisplay().workArea, width, height);
    this.#bounds = { x: options.x ?? x, y: options.y ?? y, width, height };
    this.#minimum = { width: minWidth, height: minHeight };
    this.#mode = options.fullscreen ? 'fullscreen' : 'normal';
  }

  /** Called when the size has changed. */
  protected abstract resizePage(): void;

  minimize(): void {
    this.#setMode('minimized', 'minimize');
  }
  maximize(): void {
    this.#setMode('maximized', 'maximize');
  }
  unmaximize(): void {
    if (this.isMaximized()) this.#setMode('normal', 'unmaximize');
  }
  restore(): void {
    if (this.#mode === 'minimized') this.#setMode('normal', 'restore');
    else this.unmaximize();
  }
  setFullScreen(fullScreen: boolean): void {
    if (fullScreen) this.#setMode('fullscreen', 'enter-full-screen');
    else if (this.isFullScreen()) this.#setMode('normal', 'leave-full-screen');
  }
  isMinimized(): boolean {
    return this.#mode === 'minimized';
  }
  isMaximized(): boolean {
    return this.#mode === 'maximized';
  }
  isFullScreen(): boolean {
    return this.#mode === 'fullscreen';
  }
  isNormal(): boolean {
    return this.#mode === 'normal';
  }

  getBounds(): Rectangle {
    const { bounds, workArea } = screen.getDisplayMatching(this.#bounds);
    if (this.#mode === 'maximized') return { ...workArea };
    return this.#mode === 'fullscreen' ? { ...bounds } : { ...this.#bounds };
  }
  getNormalBounds(): Rectangle {
    return { ...this.#bounds };
  }
  getContentBounds(): Rectangle {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    const after = { ...before, ...bounds };
    after.width = Math.max(after.width, this.#minimum.width);
    after.height = Math.max(after.height, this.#minimum.height);
    this.#bounds = after;
    this.#mode = 'normal';
    this.resizePage();
    if (after.x !== before.x || after.y !== before.y) this.#emitAll('move', 'moved');
    if (after.width !== before.width || after.height !== before.height) this.#emitAll('resize', 'resized');
  }
  getSize(): [number, number] {
    const { width, height } = this.getBounds();
    return [width, height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getContentSize(): [number, number] {
    return this.getSize();
  }
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): [number, number] {
    const { x, y } = this.getBounds();
    return [x, y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {
    const { workArea } = screen.getDisplayMatching(this.#bounds);
    const { x, y } = centred(workArea, this.#bounds.width, this.#bounds.height);
    this.setPosition(x, y);
  }
  setMinimumSize(width: number, height: number): void {
    Object.assign(this.#minimum, { width, height });
  }
  getMinimumSize(): [number, number] {
    return [this.#minimum.width, this.#minimum.height];
  }

  #setMode(mode: Mode, event: string): void {
    if (this.#mode === mode) return;
    this.#mode = mode;
    if (mode !== 'minimized') this.resizePage();
    this.#emitAll(event, 'resize');
  }

  #emitAll(...events: string[]): void {
    for (const event of events) this.emit(event);
  }
}

function centred(area: Rectangle, width: number, height: number): { x: number; y: number } {
  return { x: area.x + Math.round((area.width - width) / 2), y: area.y + Math.round((area.height - height) / 2) };
}
