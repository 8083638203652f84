import { readFileSync } from 'node:fs';

/** Electron's NativeImage, of an encoded PNG: enough to be handed to a Tray, a Notification or a window. */
class NativeImage {
  readonly #png: Buffer;

  constructor(png: Buffer) {
    this.#png = png;
  }
  isEmpty(): boolean {
    return this.#png.length === 0;
  }
  toPNG(): Buffer {
    return this.#png;
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`;
  }
  /** The size written in the PNG's header; 0 x 0 for what is no PNG. */
  getSize(): { width: number; height: number } {
    const isPng = this.#png.length >= 24 && this.#png.toString('latin1', 1, 4) === 'PNG';
    return isPng
      ? { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) }
      : { width: 0, height: 0 };
  }
  resize(): NativeImage {
    return this;
  }
  setTemplateImage(): void {}
  addRepresentation(): void {}
}

export const nativeImage = {
  createEmpty: (): NativeImage => new NativeImage(Buffer.alloc(0)),
  createFromBuffer: (content: Buffer): NativeImage => new NativeImage(content),
  createFromDataURL: (url: string): NativeImage => new NativeImage(Buffer.from(url.split(',')[1] ?? '', 'base64')),
  /** Of a missing file Electron makes an empty image. */
  createFromPath(path: string): NativeImage {
    try {
      return new NativeImage(readFileSync(path));
    } catch {
      return nativeImage.createEmpty();
    }
  },
};
