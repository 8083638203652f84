import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppUpdater } from 'electron-updater';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDesktopUpdater, type DesktopUpdaterDeps } from '../../../electron/desktop/updates.ts';

let resourcesPath: string;
beforeEach(() => {
  resourcesPath = mkdtempSync(join(tmpdir(), 'field book-'));
  writeFileSync(join(resourcesPath, 'app-update.yml'), 'provider: generic\n');
});
afterEach(() => rmSync(resourcesPath, { recursive: true }));

/** Stands for electron-updater: it has a newer version, or none. */
function fakeEngine(version: string | null) {
  const did: string[] = [];
  let failing: ((error: Error) => void) | undefined;
  let channel: string | null = null;
  const engine = {
    autoDownload: false, autoInstallOnAppQuit: true, allowPrerelease: false, allowDowngrade: false,
    get channel() {
      return channel;
    },
    // As electron-updater has it.
    set channel(value: string | null) {
      channel = value;
      engine.allowDowngrade = true;
    },
    checkForUpdates() {
      did.push('check');
      const downloadPromise = Promise.resolve(['file']).finally(() => did.push('downloaded'));
      return Promise.resolve(version === null ? { isUpdateAvailable: false } : { isUpdateAvailable: true, updateInfo: { version }, downloadPromise });
    },
    once: (_event: 'error', listener: (error: Error) => void) => void (failing = listener),
    quitAndInstall: (silent: boolean, runAfter: boolean) => void did.push(`install${silent ? ' silently' : ''}${runAfter ? ' and run' : ''}`),
  };
  return { engine: engine as unknown as AppUpdater, did, fail: () => failing?.(new Error('no rights')) };
}

function open(more: Partial<DesktopUpdaterDeps> = {}) {
  const quits: string[] = [];
  const updater = createDesktopUpdater({
    app: { isPackaged: true, quit: () => void quits.push('quit') }, resourcesPath, platform: 'win32', env: {},
    load: () => expect.fail('nothing is loaded'), ...more,
  });
  return { updater, quits };
}

describe('updates of the desktop application', () => {
  test('are not for a program that runs from its sources or was packed by hand', () => {
    expect(open({ app: { isPackaged: false, quit: () => undefined } }).updater).toBeUndefined();
    rmSync(join(resourcesPath, 'app-update.yml'));
    expect(open().updater).toBeUndefined();
    writeFileSync(join(resourcesPath, 'app-update.yml'), '');
    expect(open().updater).toBeDefined();
  });

  test('on Linux are for AppImage, deb and rpm', () => {
    expect(open({ platform: 'linux' }).updater).toBeUndefined();
    expect(open({ platform: 'linux', env: { APPIMAGE: '/home/ann/fieldbook.AppImage' } }).updater).toBeDefined();
    writeFileSync(join(resourcesPath, 'package-type'), 'deb');
    expect(open({ platform: 'linux' }).updater).toBeDefined();
  });

  test.each([['stable', 'latest', false], ['beta', 'beta', true]] as const)('of the %s channel never go back to an older version or install themselves', async (choice, channel, allowPrerelease) => {
    const { engine, did } = fakeEngine('0.2.0');
    expect(await open({ load: () => Promise.resolve(engine) }).updater?.fetch(choice)).toBe('0.2.0');
    expect(engine).toMatchObject({ channel, allowPrerelease, allowDowngrade: false, autoInstallOnAppQuit: false });
    expect(did).toEqual(['check', 'downloaded']);
  });

  test('have nothing when there is nothing newer', async () => {
    const { engine } = fakeEngine(null);
    expect(await open({ load: () => Promise.resolve(engine) }).updater?.fetch('stable')).toBeNull();
  });

  test('take the place of the program only when it was asked for and the book is closed', async () => {
    const { engine, did } = fakeEngine('0.2.0');
    const { updater, quits } = open({ load: () => Promise.resolve(engine) });
    await updater?.fetch('stable');
    updater?.finish(() => quits.push('ended'));
    expect(quits).toEqual(['ended']);

    updater?.install();
    expect(did).not.toContain('install and run');
    updater?.finish(() => quits.push('ended'));
    expect(quits).toEqual(['ended', 'quit']);
    expect(did.at(-1)).toBe('install and run');
  });

  test('that cannot be installed still let the program end', async () => {
    const { engine, fail } = fakeEngine('0.2.0');
    const { updater, quits } = open({ load: () => Promise.resolve(engine) });
    await updater?.fetch('stable');
    updater?.install();
    updater?.finish(() => quits.push('ended'));
    fail();
    expect(quits).toEqual(['quit', 'ended']);
  });
});
