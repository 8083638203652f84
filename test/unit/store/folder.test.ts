import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderRefusal, prepareFolder } from '../../../electron/store/folder.ts';
import { syncedFolder } from '../../../electron/store/synced-folder.ts';
import { startStore } from '../../../electron/recovery/start-store.ts';
import { runHere } from '../recovery/damaged-books.ts';
import { migrationsDir, temporaryFolder } from '../support/book.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  chmodSync(folder.path, 0o755);
  folder.remove();
});

describe('a folder in which nothing can be saved is said in words', () => {
  test.each([
    ['EROFS', 'unavailable', /can only be read/],
    ['EACCES', 'unavailable', /may not write/],
    ['EPERM', 'unavailable', /may not write/],
    ['ENOSPC', 'diskFull', /disk .* is full/],
    ['ENOTDIR', 'unavailable', /is not a folder/],
  ])('%s', (code, kind, message) => {
    const refusal = folderRefusal('/home/ann/book', Object.assign(new Error('x'), { code }));
    expect(refusal).toMatchObject({ kind, message: expect.stringMatching(message) as string });
    expect((refusal as Error).message).toContain('/home/ann/book');
  });

  test('a file in its place', () => {
    writeFileSync(join(folder.path, 'book'), 'x');
    expect(() => prepareFolder(join(folder.path, 'book'))).toThrow(/is not a folder/);
  });

  test('and ends the headless host with 1, without a trace in the folder', () => {
    chmodSync(folder.path, 0o555);
    const headless = join(import.meta.dirname, '../../../electron/headless.ts');
    // What root may do is not stopped by permissions.
    const person = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { status, stdout, stderr } = spawnSync(process.execPath, [headless, '--data-dir', folder.path, '--port', '0'], { encoding: 'utf8', ...person });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^Fieldbook may not write in .*\n$/);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe('a folder that another program writes as well is recognised', () => {
  test.each([
    ['C:\\Users\\Ann\\OneDrive\\Fieldbook', 'win32', 'OneDrive'],
    ['C:\\Users\\Ann\\OneDrive - Quay 7 Boats\\Fieldbook', 'win32', 'OneDrive'],
    ['/Users/ann/Library/CloudStorage/OneDrive-Personal/book', 'darwin', 'OneDrive'],
    ['/Users/ann/Library/CloudStorage/GoogleDrive-ann@mail.example/My Drive/book', 'darwin', 'Google Drive'],
    ['/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/book', 'darwin', 'iCloud Drive'],
    ['C:\\Users\\Ann\\iCloudDrive\\book', 'win32', 'iCloud Drive'],
    ['/home/ann/Dropbox/book', 'linux', 'Dropbox'],
    ['/home/ann/Dropbox (Personal)/book', 'linux', 'Dropbox'],
    ['/home/ann/Nextcloud/book', 'linux', 'Nextcloud'],
    ['\\\\server\\share\\book', 'win32', 'a network folder'],
    ['//server/share/book', 'win32', 'a network folder'],
    ['/run/user/1000/gvfs/smb-share:server=nas,share=home/book', 'linux', 'a network folder'],
  ] as const)('%s', (path, platform, service) => {
    expect(syncedFolder(path, platform)).toBe(service);
  });

  test('by the kind of its file system, on Linux', () => {
    expect(syncedFolder('/mnt/team/book', 'linux', 0x6969)).toBe('a network folder');
    expect(syncedFolder('/mnt/team/book', 'linux', -11_317_950)).toBe('a network folder'); // CIFS, as a negative number
    expect(syncedFolder('/mnt/disk/book', 'linux', 0xef53)).toBeNull();
  });

  test.each([
    ['/home/ann/.config/Fieldbook/book', 'linux'],
    ['/home/boxer/dropboxes/book', 'linux'],
    ['/home/ann/Megan/book', 'linux'],
    ['C:\\Users\\Ann\\AppData\\Roaming\\Fieldbook\\book', 'win32'],
    ['\\\\?\\C:\\Users\\Ann\\book', 'win32'],
    ['/Users/ann/Library/Application Support/Fieldbook/book', 'darwin'],
  ] as const)('but not %s', (path, platform) => {
    expect(syncedFolder(path, platform)).toBeNull();
  });

  test('for any path at all without failing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('linux', 'win32', 'darwin'), fc.option(fc.integer()), (path, platform, type) => {
      expect([null, 'string']).toContain(syncedFolder(path, platform as NodeJS.Platform, type ?? undefined) === null ? null : 'string');
    }));
  });

  test('and is told to the person, who can go on', async () => {
    const dataDir = join(folder.path, 'Dropbox', 'book');
    mkdirSync(dataDir, { recursive: true });
    const { store, notices } = await startStore({ dataDir, migrationsDir, run: runHere, clock: () => new Date() });
    expect(notices).toMatchObject([{ kind: 'syncedFolder', title: 'The book is in Dropbox' }]);
    store.close();
  });
});

test('a disk with too little room for backups is told, and the book opens all the same', async () => {
  const free = { enough: 200_000_000, little: 90_000_000 };
  const start = async (freeBytes: number) => {
    const { store, notices } = await startStore({ dataDir: folder.path, migrationsDir, run: runHere, clock: () => new Date(), freeBytes: () => freeBytes });
    store.close();
    return notices;
  };
  expect(await start(free.enough)).toEqual([]);
  expect(await start(free.little)).toMatchObject([{ kind: 'lowDisk', message: expect.stringContaining('90 MB') as string }]);
});
