import type { Codec } from './codec.ts';
import type { FromPage, ToPage } from './page-messages.ts';

type Listener = (event: object, ...args: unknown[]) => void;
type PreloadFunction = (require: unknown, module: unknown, exports: unknown, process: unknown) => void;

export interface PreloadOptions {
  /** Becomes process.argv of the preload (webPreferences.additionalArguments). */
  argv: string[];
  platform: string;
  versions: Record<string, string>;
}

/** The name of the CDP binding the world takes for itself before the page's scripts can see it. */
export const bindingName = '__electronStub';

/** The key, for Symbol.for, under which the main process finds the world's receiving function. */
export const receiverKey = 'electron-stub.receive';

/**
 * The renderer half of Electron: gives the app's preload script `contextBridge`, `ipcRenderer` and friends, and hides
 * all of it from the page. Runs in each document before the page's scripts. The function is sent to pages as source
 * text, so it may use nothing from outside itself.
 *
 * Unlike in Electron, the preload shares the page's JavaScript world; only its variables are its own.
 */
export function preloadWorld(
  options: PreloadOptions,
  codec: Codec,
  names: { binding: string; receiver: string },
  bridge: (expose: (name: string, value: unknown) => void) => unknown,
  runPreload: PreloadFunction,
): void {
  if (window !== window.top) return;

  const page = globalThis as unknown as Record<PropertyKey, unknown>;
  const toMain = page[names.binding] as (text: string) => void;
  delete page[names.binding];
  const post = (message: FromPage): void => toMain(codec.encode(message));

  // A late answer to a former document must find nobody: ids differ from document to document.
  let lastId = 0;
  const nextId = (): string => `${performance.timeOrigin}/${++lastId}`;

  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<string, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const ports = new Map<string, MessagePort>();

  const wire = (id: string, port: MessagePort): string => {
    ports.set(id, port);
    port.addEventListener('message', (event) => post({ kind: 'portMessage', port: id, data: event.data }));
    port.start();
    return id;
  };

  const receivePort = (id: string): MessagePort => {
    const channel = new MessageChannel();
    wire(id, channel.port2);
    return channel.port1;
  };

  const receive = (text: string): void => {
    const message = codec.decode(text) as ToPage;
    switch (message.kind) {
      case 'reply':
        waiting.get(message.id)?.resolve(message.value);
        waiting.delete(message.id);
        break;
      case 'failure':
        waiting.get(message.id)?.reject(new Error(message.message));
        waiting.delete(message.id);
        break;
      case 'send': {
        const event = { sender: ipcRenderer, ports: message.ports.map(receivePort) };
        for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args);
        break;
      }
      case 'portMessage':
        ports.get(message.port)?.postMessage(message.data);
        break;
      case 'portClose':
        ports.get(message.port)?.close();
        ports.delete(message.port);
        break;
    }
  };
  Object.defineProperty(page, Symbol.for(names.receiver), { value: receive });

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = nextId();
        waiting.set(id, { resolve, reject });
        post({ kind: 'invoke', id, channel, args });
      }),
    send: (channel: string, ...args: unknown[]): void => post({ kind: 'send', channel, args, ports: [] }),
    postMessage: (channel: string, message: unknown, transfer: MessagePort[] = []): void => {
      post({ kind: 'send', channel, args: [message], ports: transfer.map((port) => wire(nextId(), port)) });
    },
    sendSync: (): never => {
      throw new Error('The stand-in for Electron has no ipcRenderer.sendSync');
    },
    on: (channel: string, listener: Listener): object => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    once: (channel: string, listener: Listener): object => {
      const once: Listener = (...args) => {
        ipcRenderer.off(channel, once);
        listener(...args);
      };
      return ipcRenderer.on(channel, once);
    },
    off: (channel: string, listener: Listener): object => {
      const kept = (listeners.get(channel) ?? []).filter((candidate) => candidate !== listener);
      listeners.set(channel, kept);
      return ipcRenderer;
    },
    addListener: (channel: string, listener: Listener): object => ipcRenderer.on(channel, listener),
    removeListener: (channel: string, listener: Listener): object => ipcRenderer.off(channel, listener),
    removeAllListeners: (channel: string): object => {
      listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string): number => listeners.get(channel)?.length ?? 0,
  };

  // Keys the page has left alone reach the main process: for before-input-event and the menu's accelerators.
  window.addEventListener('keydown', (event) => {
    if (!event.isTrusted || event.defaultPrevented) return;
    const { key, code, repeat, shiftKey, ctrlKey, altKey, metaKey } = event;
    const held = { shift: shiftKey, control: ctrlKey, alt: altKey, meta: metaKey };
    post({ kind: 'key', input: { type: 'keyDown', key, code, isAutoRepeat: repeat, ...held } });
  });

  // So does a right click that the page has left alone: for the context menu.
  window.addEventListener('contextmenu', (event) => {
    if (!event.isTrusted || event.defaultPrevented || !(event.target instanceof Element)) return;
    const field = event.target.closest('input, textarea, [contenteditable=true]');
    const isEditable = field !== null && !field.matches('[type=checkbox], [type=radio], [type=button]');
    const linkURL = event.target.closest('a')?.href ?? '';
    const params = { x: event.clientX, y: event.clientY, isEditable, selectionText: String(getSelection()), linkURL };
    post({ kind: 'contextMenu', params });
  });

  let title = '';
  const reportTitle = (): void => {
    if (document.title === title) return;
    title = document.title;
    post({ kind: 'title', title });
  };
  document.addEventListener('DOMContentLoaded', () => {
    reportTitle();
    new MutationObserver(reportTitle).observe(document.head, { subtree: true, childList: true, characterData: true });
  });

  const contextBridge = bridge((name, value) => {
    if (Object.hasOwn(page, name)) {
      throw new Error(`Cannot bind an API on top of an existing property on the window object: ${name}`);
    }
    Object.defineProperty(page, name, { value, enumerable: true });
  });
  let zoom = 1;
  const electron = {
    contextBridge,
    ipcRenderer,
    // A page is not told the paths of its files here: '' is Electron's answer for a file made by a script.
    webUtils: { getPathForFile: () => '' },
    webFrame: {
      getZoomFactor: () => zoom,
      setZoomFactor: (factor: number) => { zoom = factor; },
    },
  };
  const modules: Record<string, unknown> = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    url: { URL, URLSearchParams },
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
  };
  const require = (name: string): unknown => {
    const found = modules[name.replace(/^node:/, '')];
    if (!found) throw new Error(`module not found: ${name}`);
    return found;
  };
  const module = { exports: {} };
  const { argv, platform, versions } = options;
  const process = { type: 'renderer', sandboxed: true, contextIsolated: true, env: {}, argv, platform, versions };
  runPreload(require, module, module.exports, process);
}
