import type { MenuItemConstructorOptions } from 'electron';
import type { SyncStatus } from '../../shared/operations/sync.ts';
import type { Colour } from './icon.ts';
import { globalKeys } from './shortcuts.ts';

export type TrayStatus = Pick<SyncStatus, 'state' | 'waiting' | 'conflicts'>;

export interface TrayActions {
  open: () => void;
  search: () => void;
  capture: () => void;
  caller: () => void;
  quit: () => void;
}

const amber: Colour = [214, 137, 16];
const red: Colour = [196, 58, 49];
const blue: Colour = [43, 138, 198];
const grey: Colour = [128, 122, 112];

/** How sync stands, in a few words; empty for a book that is not linked with a server. */
export function syncWords({ state, waiting, conflicts }: TrayStatus): string {
  const changes = waiting === 1 ? '1 change' : `${waiting} changes`;
  switch (state) {
    case 'unlinked':
      return '';
    case 'synced':
      return waiting === 0 ? 'Everything is synced' : `${changes} to send`;
    case 'syncing':
      return waiting === 0 ? 'Syncing…' : `Syncing, ${changes} to send`;
    case 'offline':
      return waiting === 0 ? 'Offline' : `Offline, ${changes} waiting`;
    case 'attention':
      if (conflicts === 0) return 'Sync needs your attention';
      return conflicts === 1 ? '1 contact needs your decision' : `${conflicts} contacts need your decision`;
    case 'signedOut':
      return 'Signed out of the server';
    case 'paused':
      return 'Sync is paused';
  }
}

/** The dot on the sign in the tray; null while there is nothing to say. */
export function dotOf({ state }: TrayStatus): Colour | null {
  if (state === 'attention' || state === 'signedOut') return red;
  if (state === 'offline') return grey;
  if (state === 'paused') return amber;
  return state === 'syncing' ? blue : null;
}

export function trayTemplate(status: TrayStatus, actions: TrayActions): MenuItemConstructorOptions[] {
  const words = syncWords(status);
  return [
    { id: 'open', label: 'Open Fieldbook', click: actions.open },
    { id: 'search', label: 'Search…', click: actions.search },
    { id: 'caller', label: 'Who is calling?', accelerator: globalKeys.caller, click: actions.caller },
    { id: 'capture', label: 'Quick capture', accelerator: globalKeys.capture, click: actions.capture },
    { type: 'separator' },
    ...(words === '' ? [] : [{ id: 'sync', label: words, enabled: false }, { type: 'separator' as const }]),
    { id: 'quit', label: 'Quit', click: actions.quit },
  ];
}
