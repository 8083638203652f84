import type { GlobalShortcut } from 'electron';

/** Keys that work while another program has the focus. */
export const globalKeys = {
  capture: 'CommandOrControl+Shift+Y',
  caller: 'CommandOrControl+Shift+L',
} as const;

/**
 * Takes the keys, or gives them back to other programs. Answers with those that another program has already: they stay
 * reachable by the menu and the tray.
 */
export function applyShortcuts(
  shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>,
  enabled: boolean,
  actions: Record<keyof typeof globalKeys, () => void>,
): string[] {
  const taken: string[] = [];
  for (const name of ['capture', 'caller'] as const) {
    const key = globalKeys[name];
    shortcuts.unregister(key);
    if (enabled && !shortcuts.register(key, actions[name])) taken.push(key);
  }
  return taken;
}
