import type { CdpSession } from './cdp.ts';
import { createCodec } from './codec.ts';
import { ipcMain, type IpcMain } from './ipc-main.ts';
import { MessageChannelMain, type MessagePortMain } from './message-ports.ts';
import type { ContextMenu, FromPage, KeyInput, ToPage } from './page-messages.ts';
import { receiverKey } from './preload-world.ts';

/** The messages between the main process and one page. */
export interface PageChannel {
  send(channel: string, args: unknown[], transfer?: MessagePortMain[]): void;
  /** Takes the text the page gave to its binding. */
  receive(text: string): void;
  /** Closes the ports the page holds: its document is gone. */
  closePorts(): void;
}

interface PageChannelOptions {
  session: Promise<CdpSession>;
  /** The channels of this page alone; they come before ipcMain's. */
  ipc: IpcMain;
  /** Makes the event given to handlers and listeners. */
  createEvent: (ports: MessagePortMain[]) => object;
  onTitle: (title: string) => void;
  onKey: (input: KeyInput) => void;
  onContextMenu: (params: ContextMenu) => void;
}

export function createPageChannel({ session, ipc, createEvent, onTitle, onKey, onContextMenu }: PageChannelOptions): PageChannel {
  const codec = createCodec();
  const ports = new Map<string, MessagePortMain>();
  let lastPort = 0;

  const post = (message: ToPage): void => {
    const argument = JSON.stringify(codec.encode(message));
    const expression = `globalThis[Symbol.for('${receiverKey}')]?.(${argument})`;
    // A page that is closing hears nothing more; Electron drops such messages too.
    session.then((page) => page.send('Runtime.evaluate', { expression })).catch(() => {});
  };

  const lend = (port: MessagePortMain, id: string): string => {
    ports.set(id, port);
    port.on('message', ({ data }: { data: unknown }) => post({ kind: 'portMessage', port: id, data }));
    port.on('close', () => {
      if (ports.delete(id)) post({ kind: 'portClose', port: id });
    });
    port.start();
    return id;
  };

  const receivePort = (id: string): MessagePortMain => {
    const { port1, port2 } = new MessageChannelMain();
    lend(port2, id);
    return port1;
  };

  const answer = async (id: string, channel: string, args: unknown[]): Promise<void> => {
    try {
      const handler = ipc.handlerOf(channel) ?? ipcMain.handlerOf(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      post({ kind: 'reply', id, value: await handler(createEvent([]), ...args) });
    } catch (error) {
      post({ kind: 'failure', id, message: `Error invoking remote method '${channel}': ${String(error)}` });
    }
  };

  return {
    send: (channel, args, transfer = []) => {
      const lent = transfer.map((port) => lend(port, `main/${++lastPort}`));
      post({ kind: 'send', channel, args, ports: lent });
    },
    receive: (text) => {
      const message = codec.decode(text) as FromPage;
      switch (message.kind) {
        case 'invoke':
          void answer(message.id, message.channel, message.args);
          break;
        case 'send': {
          const event = createEvent(message.ports.map(receivePort));
          ipc.emit(message.channel, event, ...message.args);
          ipcMain.emit(message.channel, event, ...message.args);
          break;
        }
        case 'portMessage':
          ports.get(message.port)?.postMessage(message.data);
          break;
        case 'title':
          onTitle(message.title);
          break;
        case 'key':
          onKey(message.input);
          break;
        case 'contextMenu':
          onContextMenu(message.params);
          break;
      }
    },
    closePorts: () => {
      const held = [...ports.values()];
      ports.clear();
      for (const port of held) port.close();
    },
  };
}
