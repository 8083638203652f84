import type { Bridge, Connection, Envelope, NativeBridge } from '../../shared/bridge.ts';
import { AppError, fromWire } from '../../shared/errors.ts';
import type { HostEvent } from '../../shared/events.ts';
import type { CallName, DownloadName, Input, Output, UploadName } from '../../shared/operations/index.ts';
import type { ShellAction, ShellAnswers, ShellRequest, ShellRequestKind } from '../../shared/shell.ts';

/** The desktop around the window; see shared/shell.ts. */
export interface NativeHost {
  ask<K extends ShellRequestKind>(request: Extract<ShellRequest, { kind: K }>): Promise<ShellAnswers[K]>;
  onAction(listener: (action: ShellAction) => void): () => void;
}

/** The book as the window sees it: every operation answers with its value or throws an AppError. */
export interface Host {
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Sends a file; `onSent` hears how many bytes have gone so far. */
  upload<N extends UploadName>(
    name: N,
    input: Input<N>,
    file: Blob,
    onSent?: (bytes: number) => void,
  ): Promise<Output<N>>;
  /** Saves a streamed answer as a file; false when the person thought better of it. */
  download(name: DownloadName, input: Input<DownloadName>): Promise<boolean>;
  subscribe(listener: (events: HostEvent[]) => void): () => void;
  /** Opens a web address, `mailto:` or `tel:` outside the window. */
  openExternal(address: string): Promise<boolean>;
  readonly shell: Bridge['shell'];
  /** Missing in a browser: what needs it hides. */
  readonly native: NativeHost | undefined;
}

const pieceSize = 1024 * 1024;

/**
 * A bridge with its envelopes opened.
 * `onConnection` hears after every call whether the host answered, a refusal being an answer too, and in between what
 * becomes of the announcements.
 */
export function createHost(bridge: Bridge, onConnection: (connection: Connection) => void = () => undefined): Host {
  async function open<T>(answer: Promise<Envelope<T>>): Promise<T> {
    let envelope: Envelope<T>;
    try {
      envelope = await answer;
    } catch {
      onConnection('lost');
      throw new AppError('unavailable', 'Fieldbook is not answering.');
    }
    onConnection(!envelope.ok && envelope.error.kind === 'unauthorized' ? 'ended' : 'open');
    if (envelope.ok) return envelope.value;
    throw fromWire(envelope.error);
  }

  return {
    shell: bridge.shell,
    native: bridge.native && nativeHost(bridge.native, open),
    call: (name, input) => open(bridge.call(name, input)),
    upload: (name, input, file, onSent) => open(bridge.upload(name, input, piecesOf(file, onSent))),
    download: (name, input) => open(bridge.download(name, input)),
    subscribe: shareSubscription(bridge, onConnection),
    openExternal: (address) => open(bridge.openExternal(address)),
  };
}

function nativeHost(native: NativeBridge, open: <T>(answer: Promise<Envelope<T>>) => Promise<T>): NativeHost {
  return { ask: (request) => open(native.ask(request)), onAction: (listener) => native.onAction(listener) };
}

/** A source that gives the file piece by piece, so that no more than one piece is in memory. */
function piecesOf(file: Blob, onSent: (bytes: number) => void = () => undefined): () => Promise<Uint8Array | null> {
  let offset = 0;
  return async () => {
    onSent(offset);
    if (offset >= file.size) return null;
    const piece = await file.slice(offset, offset + pieceSize).arrayBuffer();
    offset += piece.byteLength;
    return new Uint8Array(piece);
  };
}

/** Any number of listeners on one subscription: in a browser each would be a connection, and there are few. */
function shareSubscription(bridge: Bridge, onConnection: (connection: Connection) => void): Host['subscribe'] {
  const listeners = new Set<(events: HostEvent[]) => void>();
  let stop: (() => void) | undefined;
  return (listener) => {
    listeners.add(listener);
    stop ??= bridge.subscribe((events) => listeners.forEach((each) => each(events)), onConnection);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      stop?.();
      stop = undefined;
    };
  };
}
