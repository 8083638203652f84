export const narrowestPane = 340;
export const widestPane = 860;
const usualPane = 440;
const key = 'fieldbook.paneWidth';

export function clampPaneWidth(width: number): number {
  return Math.min(Math.max(Math.round(width), narrowestPane), widestPane);
}

/** The width the person gave the pane last, on this computer. */
export function readPaneWidth(): number {
  const kept = Number(localStorage.getItem(key));
  return kept > 0 ? clampPaneWidth(kept) : usualPane;
}

export function writePaneWidth(width: number): void {
  localStorage.setItem(key, String(width));
}
