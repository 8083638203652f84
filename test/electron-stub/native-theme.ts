import { EventEmitter } from 'node:events';
import { recorded } from './recording.ts';
import { openWindows } from './window-registry.ts';

type ThemeSource = 'system' | 'light' | 'dark';

/** Electron's nativeTheme; pages follow it by prefers-color-scheme. */
class NativeTheme extends EventEmitter {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly prefersReducedTransparency = false;
  #source: ThemeSource = 'system';
  #desktopIsDark = false;

  get themeSource(): ThemeSource {
    return this.#source;
  }
  set themeSource(source: ThemeSource) {
    this.#change(() => { this.#source = source; });
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#desktopIsDark : this.#source === 'dark';
  }
  setDesktopDark(dark: boolean): void {
    this.#change(() => { this.#desktopIsDark = dark; });
  }

  #change(apply: () => void): void {
    const before = this.shouldUseDarkColors;
    apply();
    if (this.shouldUseDarkColors === before) return;
    for (const { webContents } of openWindows) webContents.applyAppearance();
    this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();

recorded.setDesktopDark = (dark) => nativeTheme.setDesktopDark(dark);
