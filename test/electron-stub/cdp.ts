import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };

/** One session of the Chrome DevTools Protocol: of the browser itself or of one page. */
export interface CdpSession {
  /** Sends a command; rejects with Chromium's message if it fails or the browser ends. */
  send<Method extends keyof Protocol.CommandParameters>(
    method: Method,
    params?: Protocol.CommandParameters[Method],
  ): Promise<Protocol.CommandReturnValues[Method]>;
  on<Name extends keyof Protocol.Events>(event: Name, listener: (payload: Protocol.Events[Name]) => void): void;
}

export interface CdpConnection {
  /** The session with the given id, or the browser's own without one. */
  session(id?: string): CdpSession;
}

interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

interface Pending {
  method: string;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** Speaks the protocol over Chromium's --remote-debugging-pipe: JSON messages, each ended by a NUL byte. */
export function connectCdp(toBrowser: Writable, fromBrowser: Readable): CdpConnection {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, ((payload: unknown) => void)[]>();
  let lastId = 0;
  let ended = false;

  const dispatch = (text: string): void => {
    const message = JSON.parse(text) as Message;
    if (message.id === undefined) {
      const key = `${message.sessionId ?? ''} ${message.method}`;
      for (const listener of listeners.get(key) ?? []) listener(message.params);
      return;
    }
    const command = pending.get(message.id);
    pending.delete(message.id);
    if (message.error) command?.reject(new Error(`${command.method}: ${message.error.message}`));
    else command?.resolve(message.result);
  };

  const end = (): void => {
    ended = true;
    for (const command of pending.values()) command.reject(new Error(`${command.method}: the browser has ended`));
    pending.clear();
  };

  let unfinished: Buffer[] = [];
  fromBrowser.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      const text = Buffer.concat([...unfinished, chunk.subarray(start, end)]).toString('utf8');
      unfinished = [];
      start = end + 1;
      dispatch(text);
    }
    if (start < chunk.length) unfinished.push(chunk.subarray(start));
  });
  fromBrowser.on('close', end);
  fromBrowser.on('error', end);
  toBrowser.on('error', end);

  return {
    session: (sessionId) => ({
      send<Result>(method: string, params: object = {}): Promise<Result> {
        if (ended) return Promise.reject(new Error(`${method}: the browser has ended`));
        const id = ++lastId;
        toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
        return new Promise((resolve, reject) => {
          pending.set(id, { method, resolve: resolve as (result: unknown) => void, reject });
        });
      },
      on(event: string, listener: (payload: never) => void): void {
        const key = `${sessionId ?? ''} ${event}`;
        listeners.set(key, [...(listeners.get(key) ?? []), listener as (payload: unknown) => void]);
      },
    }),
  };
}
