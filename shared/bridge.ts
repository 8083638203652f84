import type { WireError } from './errors.ts';
import type { HostEvent } from './events.ts';
import type { CallName, DownloadName, Input, Output, UploadName } from './operations/index.ts';
import type { ShellAction, ShellAnswers, ShellRequest, ShellRequestKind } from './shell.ts';

/** The answer to a call over a transport: a value, or the error as data. */
export type Envelope<T> = { ok: true; value: T } | { ok: false; error: WireError };

/**
 * Whether the host answers this window: `lost` while it does not answer at all, `ended` when it answers but does not
 * know this window any more, because it was started anew.
 */
export type Connection = 'open' | 'lost' | 'ended';

/** What the desktop application adds to the book: menus, windows, printing, files. */
export interface NativeBridge {
  ask<K extends ShellRequestKind>(request: Extract<ShellRequest, { kind: K }>): Promise<Envelope<ShellAnswers[K]>>;
  /** Calls back with what the shell asks of the page; returns the way to stop. */
  onAction(listener: (action: ShellAction) => void): () => void;
}

/**
 * How a window reaches its host: over IPC in the desktop application (`window.fieldbook`, made by the preload),
 * over HTTP in a browser. Both are derived from the operation table.
 */
export interface Bridge {
  call<N extends CallName>(name: N, input: Input<N>): Promise<Envelope<Output<N>>>;
  /** Sends a file, piece by piece. `source` is asked for the next piece until it gives null. */
  upload<N extends UploadName>(
    name: N,
    input: Input<N>,
    source: () => Promise<Uint8Array | null>,
  ): Promise<Envelope<Output<N>>>;
  /** Saves a streamed answer as a file where the person says; false when the person thought better of it. */
  download(name: DownloadName, input: Input<DownloadName>): Promise<Envelope<boolean>>;
  /**
   * Calls back with every announcement, in batches, and in a browser with what becomes of the connection they come by;
   * returns the way to stop.
   */
  subscribe(listener: (events: HostEvent[]) => void, onConnection?: (connection: Connection) => void): () => void;
  /** Opens an address outside the window; false when the person thought better of it. */
  openExternal(address: string): Promise<Envelope<boolean>>;
  readonly shell: 'desktop' | 'browser';
  /** Missing in a browser. */
  readonly native?: NativeBridge;
}
