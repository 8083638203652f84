import type { MenuItemConstructorOptions } from 'electron';
import { commandIds, commandTable, type CommandId, type MenuName } from '../../shared/commands.ts';

export interface MenuDeps {
  platform: NodeJS.Platform;
  /** A packed application has no tools for developers. */
  isPackaged: boolean;
  /** Runs a command of the table in the window that a person works in. */
  run: (id: CommandId) => void;
  spelling: {
    /** Whether the system checks in its own languages, so that there is nothing to choose. */
    bySystem: boolean;
    languages: readonly { code: string; name: string; checked: boolean }[];
    choose: (code: string, checked: boolean) => void;
  };
  globalShortcuts: { checked: boolean; set: (on: boolean) => void };
  staysInTray: { checked: boolean; set: (on: boolean) => void };
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The menu bar. Commands come from the one table of commands; what is here besides is the platform's own.
 * A key of one letter stays the window's: in a menu it would be taken from whoever types.
 */
export function menuTemplate(deps: MenuDeps): MenuItemConstructorOptions[] {
  const { platform, isPackaged, globalShortcuts, staysInTray } = deps;
  const isMac = platform === 'darwin';
  const own = (...ids: CommandId[]) => ids.map((id) => commandItem(id, deps));
  const inMenu = (menu: MenuName, ...except: CommandId[]) =>
    own(...commandIds.filter((id) => commandTable[id].menu === menu && !except.includes(id)));
  const choices: MenuItemConstructorOptions[] = [
    checkbox('global-shortcuts', 'Global shortcuts', globalShortcuts),
    ...(isMac ? [] : [checkbox('stay-in-tray', 'Keep running in the tray when closed', staysInTray)]),
  ];
  const settings = [...own('go.settings'), ...choices, separator];

  return [
    ...(isMac
      ? [{
          role: 'appMenu' as const,
          submenu: [
            { role: 'about' as const }, separator, ...settings, { role: 'services' as const }, separator,
            { role: 'hide' as const }, { role: 'hideOthers' as const }, { role: 'unhide' as const }, separator, { role: 'quit' as const },
          ],
        }]
      : []),
    {
      label: '&File',
      submenu: [
        ...inMenu('file', 'app.print', 'app.pdf'), separator, ...own('app.print', 'app.pdf'), separator,
        ...(isMac ? [{ role: 'close' as const }] : [...settings, { role: 'close' as const }, { role: 'quit' as const }]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        ...own('edit.undo', 'edit.redo'), separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }, separator,
        ...inMenu('edit', 'edit.undo', 'edit.redo'), ...spellingMenu(deps.spelling),
      ],
    },
    { label: '&Contact', submenu: inMenu('contact') },
    {
      label: '&View',
      submenu: [
        ...inMenu('view', 'go.settings'), separator, { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, separator,
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : [separator, { role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
      ],
    },
    {
      label: '&Window',
      role: 'windowMenu',
      submenu: [{ role: 'minimize' }, ...(isMac ? [{ role: 'zoom' as const }, separator, { role: 'front' as const }] : [])],
    },
    { label: '&Help', role: 'help', submenu: [...inMenu('help'), ...(isMac ? [] : [separator, { role: 'about' as const }])] },
  ];
}

function commandItem(id: CommandId, { platform, run }: MenuDeps): MenuItemConstructorOptions {
  const { title, keys = [], menuKey } = commandTable[id];
  const key = menuKey ?? keys.find((candidate) => candidate.includes('Mod+'));
  return {
    id,
    label: title,
    ...(key === undefined ? {} : { accelerator: accelerator(key, platform) }),
    click: () => run(id),
  };
}

/** A key of the command table as Electron writes it: 'Mod+Shift+Z' is 'Ctrl+Shift+Z', or 'Cmd+Shift+Z' on a Mac. */
export function accelerator(key: string, platform: NodeJS.Platform): string {
  return key.replace('Mod', platform === 'darwin' ? 'Cmd' : 'Ctrl');
}

function checkbox(
  id: string,
  label: string,
  { checked, set }: { checked: boolean; set: (on: boolean) => void },
): MenuItemConstructorOptions {
  return { id, label, type: 'checkbox', checked, click: (item) => set(item.checked) };
}

function spellingMenu({ bySystem, languages, choose }: MenuDeps['spelling']): MenuItemConstructorOptions[] {
  if (bySystem || languages.length === 0) return [];
  return [
    separator,
    {
      id: 'spelling',
      label: 'Check spelling in',
      submenu: languages.map(({ code, name, checked }) => ({
        id: `spelling.${code}`,
        label: name,
        type: 'checkbox' as const,
        checked,
        click: (item: { checked: boolean }) => choose(code, item.checked),
      })),
    },
  ];
}
