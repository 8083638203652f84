/** A window as the parts below BrowserWindow see it. */
export interface ManagedWindow {
  readonly id: number;
  close(): void;
  destroy(): void;
  isDestroyed(): boolean;
  isVisible(): boolean;
  focus(): void;
  minimize(): void;
  setFullScreen(fullScreen: boolean): void;
  isFullScreen(): boolean;
  readonly webContents: ManagedContents;
}

export interface ManagedContents {
  readonly id: number;
  reload(): void;
  getZoomFactor(): number;
  setZoomFactor(factor: number): void;
  applyAppearance(): void;
}

/** The windows that exist, the most recently focused last. */
export const openWindows = new Set<ManagedWindow>();

/** The window that has the focus: the last focused of those a user could see. */
export function focusedWindow(): ManagedWindow | null {
  return [...openWindows].findLast((window) => window.isVisible()) ?? null;
}
