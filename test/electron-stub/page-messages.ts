/** A key pressed in a page, with the names of webContents' `before-input-event`. */
export interface KeyInput {
  type: 'keyDown';
  key: string;
  code: string;
  isAutoRepeat: boolean;
  shift: boolean;
  control: boolean;
  alt: boolean;
  meta: boolean;
}

/** What was under the pointer, with the names of webContents' `context-menu`. */
export interface ContextMenu {
  x: number;
  y: number;
  isEditable: boolean;
  selectionText: string;
  linkURL: string;
}

/** What a page's preload world tells the main process. Ports are numbers chosen by whoever hands the port over. */
export type FromPage =
  | { kind: 'invoke'; id: string; channel: string; args: unknown[] }
  | { kind: 'send'; channel: string; args: unknown[]; ports: string[] }
  | { kind: 'portMessage'; port: string; data: unknown }
  | { kind: 'title'; title: string }
  | { kind: 'key'; input: KeyInput }
  | { kind: 'contextMenu'; params: ContextMenu };

/** What the main process tells a page's preload world. */
export type ToPage =
  | { kind: 'reply'; id: string; value: unknown }
  | { kind: 'failure'; id: string; message: string }
  | { kind: 'send'; channel: string; args: unknown[]; ports: string[] }
  | { kind: 'portMessage'; port: string; data: unknown }
  | { kind: 'portClose'; port: string };
