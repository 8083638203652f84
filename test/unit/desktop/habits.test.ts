import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { contextMenuTemplate, pageMenuTemplate } from '../../../electron/desktop/context-menu.ts';
import { readArguments } from '../../../electron/desktop/deep-links.ts';
import { openDesktopState } from '../../../electron/desktop/desktop-state.ts';
import { drawIcon } from '../../../electron/desktop/icon.ts';
import { menuTemplate, type MenuDeps } from '../../../electron/desktop/menu.ts';
import { fileNameOf } from '../../../electron/desktop/file-name.ts';
import { noticesOf } from '../../../electron/desktop/notifications.ts';
import { applyShortcuts, globalKeys } from '../../../electron/desktop/shortcuts.ts';
import { applySpelling, offeredLanguages } from '../../../electron/desktop/spelling.ts';
import { dotOf, syncWords, trayTemplate, type TrayStatus } from '../../../electron/desktop/tray-menu.ts';
import { commandIds, commandTable } from '../../../shared/commands.ts';
import { syncStates } from '../../../shared/operations/sync.ts';
import { shellRequest } from '../../../shared/shell.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'field book-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the menu bar', () => {
  const platforms = ['linux', 'win32', 'darwin'] as const;
  const template = (platform: NodeJS.Platform, more: Partial<MenuDeps> = {}) => menuTemplate({
    platform, isPackaged: true, run: () => undefined,
    spelling: { bySystem: platform === 'darwin', languages: [{ code: 'de', name: 'German', checked: false }], choose: () => undefined },
    globalShortcuts: { checked: true, set: () => undefined }, staysInTray: { checked: false, set: () => undefined }, ...more,
  });
  const items = (menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);

  test.each(platforms)('has every command that belongs there once, on %s', (platform) => {
    const ids = items(template(platform)).flatMap(({ id }) => (id !== undefined && id in commandTable ? [id] : []));
    expect(ids.toSorted()).toEqual(commandIds.filter((id) => commandTable[id].menu !== undefined).toSorted());
  });

  test.each(platforms)('takes no key twice and none from whoever types, on %s', (platform) => {
    const keys = items(template(platform)).flatMap(({ accelerator }) => (accelerator === undefined ? [] : [String(accelerator)]));
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(platform === 'darwin' ? /^Cmd\+/ : /^Ctrl\+/);
  });

  test('runs the command that was clicked', () => {
    const run = vi.fn();
    items(template('linux', { run })).find(({ id }) => id === 'contact.new')?.click?.({} as never, undefined, {} as never);
    expect(run).toHaveBeenCalledWith('contact.new');
  });

  test('has tools for developers only in development', () => {
    const roles = (isPackaged: boolean) => items(template('linux', { isPackaged })).map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(true)).not.toContain('reload');
    expect(roles(false)).toContain('toggleDevTools');
  });
});

test('the program takes links and contact files from its arguments, and nothing else', () => {
  const id = '20000000-0000-4000-8000-000000000001';
  expect(readArguments(
    ['/opt/Fieldbook/fieldbook', '--type=x', '-r', '.', 'ann lee.vcf', 'file:///home/ann/b%20c.CSV', `fieldbook://contact/${id}`,
      'fieldbook://evil', 'notes.txt', '/etc/passwd', 'a\0.vcf', 'file://%zz.vcf', '--file=x.vcf'],
    '/home/ann',
  )).toEqual([
    { kind: 'file', path: '/home/ann/ann lee.vcf' },
    { kind: 'file', path: '/home/ann/b c.CSV' },
    { kind: 'link', link: { kind: 'contact', id } },
    { kind: 'badLink' },
  ]);
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (argv) => void readArguments(argv, '/home/ann')));
});

test('a notice comes for more conflicts and for more refusals, and for nothing else', () => {
  const status = (conflicts: number, parked: number) => ({ conflicts, parked });
  expect(noticesOf(status(0, 0), status(1, 0)).map(({ title }) => title)).toEqual(['A contact needs your decision']);
  expect(noticesOf(status(1, 0), status(3, 2)).map(({ title }) => title)).toEqual(['3 contacts need your decision', 'The server refused 2 contacts']);
  fc.assert(fc.property(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), (conflicts, parked, fewer, less) => {
    expect(noticesOf(status(conflicts, parked), status(conflicts - fewer, parked - less))).toEqual([]);
  }));
});

describe('the menu under the pointer', () => {
  const flags = { canUndo: true, canRedo: false, canCut: true, canCopy: true, canDelete: true, canPaste: true, canSelectAll: true, canEditRichly: false };
  const nothing = { isEditable: false, misspelledWord: '', dictionarySuggestions: [], selectionText: '', linkURL: '', editFlags: flags };
  const actions = { replaceMisspelling: vi.fn(), learnWord: vi.fn(), copyText: vi.fn() };
  const labels = (template: MenuItemConstructorOptions[]) => template.map(({ label, role, type }) => label ?? role ?? type);

  test('offers spellings first in a field, then cut, copy and paste', () => {
    const template = contextMenuTemplate({ ...nothing, isEditable: true, misspelledWord: 'adress', dictionarySuggestions: ['address', 'adders'] }, actions);
    expect(labels(template)).toEqual([
      'address', 'adders', 'separator', 'Add to the dictionary', 'separator', 'undo', 'redo', 'separator', 'cut', 'copy', 'paste', 'selectAll',
    ]);
    template[0]?.click?.({} as never, undefined, {} as never);
    expect(actions.replaceMisspelling).toHaveBeenCalledWith('address');
  });

  test('copies an address without its scheme, and does not appear where there is nothing to do', () => {
    const [item] = contextMenuTemplate({ ...nothing, linkURL: 'mailto:ann%40quay7.example' }, actions);
    item?.click?.({} as never, undefined, {} as never);
    expect(actions.copyText).toHaveBeenCalledWith('ann@quay7.example');
    expect(contextMenuTemplate(nothing, actions)).toEqual([]);
    // A link that is badly encoded is copied as it is.
    expect(labels(contextMenuTemplate({ ...nothing, linkURL: 'mailto:%E0%A4%A' }, actions))).toEqual(['Copy e-mail address']);
  });

  test('that a page asks for shows its words as they are', () => {
    expect(pageMenuTemplate([{ id: 'mail', label: 'Write to a&b@x.example' }, 'separator'], () => undefined)).toMatchObject([
      { label: 'Write to a&&b@x.example' }, { type: 'separator' },
    ]);
  });
});

test('what a page asks of the desktop is refused when it is anything but one of the known requests', () => {
  const id = '20000000-0000-4000-8000-000000000001';
  expect(shellRequest.safeParse({ kind: 'drag', ids: [id] }).success).toBe(true);
  for (const request of [
    null, 'print', { kind: 'quit' }, { kind: 'drag', ids: [] }, { kind: 'drag', ids: ['../../etc/passwd'] }, { kind: 'drag', ids: Array(501).fill(id) },
    { kind: 'pdf', name: 'a\nb' }, { kind: 'pdf', name: '' }, { kind: 'menu', items: [{ id: 'a', label: 'a', role: 'quit' }] },
    { kind: 'print', silent: true },
  ]) expect(shellRequest.safeParse(request).success, JSON.stringify(request)).toBe(false);
});

test('the desktop’s settings survive a restart, and a damaged file is as none', () => {
  const file = join(folder, 'desktop.json');
  const fault = vi.fn();
  openDesktopState(file, fault).update({ staysInTray: true, window: { x: 1, y: 2, width: 900, height: 600, maximized: true } });
  expect(openDesktopState(file, fault).get()).toMatchObject({ staysInTray: true, window: { width: 900, maximized: true }, globalShortcuts: true });
  for (const damaged of ['', '{', 'null', '[]', '{"window":{"x":"a"},"spelling":7,"staysInTray":"yes"}']) {
    writeFileSync(file, damaged);
    expect(openDesktopState(file, fault).get()).toEqual({ window: null, globalShortcuts: true, staysInTray: false, spelling: [] });
  }
  expect(fault).not.toHaveBeenCalled();
  expect(readFileSync(file, 'utf8')).toContain('spelling');
  openDesktopState(join(folder, 'not there', 'desktop.json'), fault).update({ staysInTray: true });
  expect(fault).toHaveBeenCalledOnce();
});

test('keys of other programs are given back when they are turned off, and a taken one is told', () => {
  const held = new Map<string, () => void>();
  const shortcuts = {
    register: (key: string, callback: () => void) => key !== globalKeys.caller && Boolean(held.set(key, callback)),
    unregister: (key: string) => void held.delete(key),
  };
  const capture = vi.fn();
  expect(applyShortcuts(shortcuts as never, true, { capture, caller: () => undefined })).toEqual([globalKeys.caller]);
  held.get(globalKeys.capture)?.();
  expect(capture).toHaveBeenCalledOnce();
  applyShortcuts(shortcuts as never, false, { capture, caller: () => undefined });
  expect(held.size).toBe(0);
});

describe('spelling', () => {
  function recorder() {
    const calls: string[] = [];
    return {
      calls,
      session: {
        availableSpellCheckerLanguages: ['de', 'en-GB', 'en-US'],
        setSpellCheckerEnabled: (on: boolean) => void calls.push(on ? 'on' : 'off'),
        setSpellCheckerLanguages: (languages: string[]) => void calls.push(languages.join()),
      },
    };
  }

  test('is off until a language is agreed to, and is never on with one that was not', () => {
    const { calls, session } = recorder();
    applySpelling(session, [], 'linux');
    expect(calls).toEqual(['off', '']);
    applySpelling(session, ['de', 'tlh'], 'win32');
    expect(calls.slice(2)).toEqual(['off', 'de', 'on']);
  });

  test('is the system’s own on a Mac', () => {
    const { calls, session } = recorder();
    applySpelling(session, [], 'darwin');
    expect(calls).toEqual(['on']);
  });

  test('offers the person’s languages first', () => {
    expect(offeredLanguages(['de', 'en-US', 'sv', 'x-broken-'], ['sv-SE', 'en-US']).map(({ code }) => code).slice(0, 2)).toEqual(['sv', 'en-US']);
  });
});

test('the sign in the tray is a picture of the asked size, with and without a dot', () => {
  for (const size of [16, 32]) {
    const png = drawIcon(size, [214, 137, 16]);
    expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['PNG', size, size]);
    expect(png.equals(drawIcon(size))).toBe(false);
  }
});

describe('the tray', () => {
  const actions = { open: vi.fn(), search: vi.fn(), capture: vi.fn(), caller: vi.fn(), quit: vi.fn() };
  const lines = (status: TrayStatus) => trayTemplate(status, actions).flatMap(({ label }) => label ?? []);

  test('says how sync stands, in words that count, and nothing of it for a book without a server', () => {
    expect(lines({ state: 'unlinked', waiting: 0, conflicts: 0 })).toEqual(['Open Fieldbook', 'Search…', 'Who is calling?', 'Quick capture', 'Quit']);
    expect(lines({ state: 'offline', waiting: 3, conflicts: 0 })).toContain('Offline, 3 changes waiting');
    expect(lines({ state: 'attention', waiting: 0, conflicts: 1 })).toContain('1 contact needs your decision');
    for (const state of syncStates) {
      expect(syncWords({ state, waiting: 1, conflicts: 0 }) === '', state).toBe(state === 'unlinked');
    }
  });

  test('marks its sign only where a person may want to look', () => {
    const marked = syncStates.filter((state) => dotOf({ state, waiting: 0, conflicts: 0 }) !== null);
    expect(marked.toSorted()).toEqual(['attention', 'offline', 'paused', 'signedOut', 'syncing']);
  });
});

test('no key of the menu bar is one that is taken for use in other programs', () => {
  const global = Object.values(globalKeys).map((key) => key.replace('CommandOrControl', 'Mod'));
  const own = Object.values(commandTable).flatMap(({ keys = [], menuKey }) => [...keys, ...(menuKey === undefined ? [] : [menuKey])]);
  expect(own.filter((key) => global.includes(key))).toEqual([]);
  expect(own.filter((key, index) => own.indexOf(key) !== index), 'nor twice').toEqual([]);
});

test('a contact’s name becomes the name of a file that every system takes', () => {
  expect(['Ann: Lee/Quay', ' ..Zoë Ångström.. ', 'CON', '', '\u0000\n', '山田 太郎', 'a'.repeat(300), 'nul.txt'].map(fileNameOf)).toEqual([
    'Ann Lee Quay', 'Zoë Ångström', 'Fieldbook', 'Fieldbook', 'Fieldbook', '山田 太郎', 'a'.repeat(80), 'Fieldbook',
  ]);
  expect(fileNameOf('😀'.repeat(60)), 'no half a sign').toBe('😀'.repeat(40));
  expect(fileNameOf(`a${'😀'.repeat(60)}`), 'no half a sign').toBe(`a${'😀'.repeat(39)}`);
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
    expect(fileNameOf(name)).toMatch(/^[^\p{C}<>:"/\\|?*]+$/u);
    expect(Buffer.byteLength(`${fileNameOf(name)}.vcf.part`)).toBeLessThanOrEqual(255);
  }), { numRuns: 300 });
});
