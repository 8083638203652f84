import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../shared/bridge.ts';
import type { HostEvent } from '../shared/events.ts';
import type { ShellAction } from '../shared/shell.ts';
import { channels } from './ipc/channels.ts';

/** What the page gets: the operations of the table, by name, and nothing of Electron. */
const bridge: Bridge = {
  shell: 'desktop',
  call: (name, input) => ipcRenderer.invoke(channels.call, name, input),
  async upload(name, input, source) {
    const opened = await ipcRenderer.invoke(channels.uploadOpen, name, input);
    if (!opened.ok) return opened;
    let complete = false;
    try {
      for (;;) {
        const piece = await source();
        if (piece === null) break;
        const taken = await ipcRenderer.invoke(channels.uploadPiece, opened.value, piece);
        if (!taken.ok) return taken;
      }
      complete = true;
    } finally {
      if (!complete) await ipcRenderer.invoke(channels.uploadEnd, opened.value, false);
    }
    return ipcRenderer.invoke(channels.uploadEnd, opened.value, true);
  },
  download: (name, input) => ipcRenderer.invoke(channels.download, name, input),
  subscribe(listener) {
    const hear = (_event: unknown, events: HostEvent[]) => listener(events);
    ipcRenderer.on(channels.events, hear);
    return () => {
      ipcRenderer.off(channels.events, hear);
    };
  },
  openExternal: (address) => ipcRenderer.invoke(channels.openExternal, address),
  native: {
    ask: (request) => ipcRenderer.invoke(channels.shell, request),
    onAction(listener) {
      const hear = (_event: unknown, action: ShellAction) => listener(action);
      ipcRenderer.on(channels.shellAction, hear);
      return () => {
        ipcRenderer.off(channels.shellAction, hear);
      };
    },
  },
};

contextBridge.exposeInMainWorld('fieldbook', bridge);
