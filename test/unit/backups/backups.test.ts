import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBackups } from '../../../electron/backups/backups.ts';
import { copyBook, type CopyBook } from '../../../electron/backups/copy-book.ts';
import { createDailyBackups } from '../../../electron/backups/daily.ts';
import { listBackups, sweepUnfinished } from '../../../electron/backups/files.ts';
import { checkFile } from '../../../electron/backups/inspect.ts';
import { createRunTask, sourceWorker, type RunTask } from '../../../electron/backups/run-task.ts';
import type { Notice } from '../../../shared/operations/backups.ts';
import { migrationsDir, openTestBook, temporaryFolder, type TestBook } from '../support/book.ts';

let folder: ReturnType<typeof temporaryFolder>;
let book: TestBook;
let now = new Date();
beforeEach(() => {
  folder = temporaryFolder();
  book = openTestBook({ dataDir: folder.path });
  now = new Date('2026-11-23T14:05:09.500Z');
});
afterEach(() => {
  book.store.close();
  folder.remove();
});

function backupsOf(copy?: CopyBook, run: RunTask = createRunTask(sourceWorker)) {
  const damage: string[][] = [];
  const backups = createBackups({
    store: book.store, dataDir: folder.path, migrationsDir, clock: () => now, reopen: undefined, run,
    onDamage: (messages) => damage.push([...messages]), announce: () => undefined,
    ...(copy ? { copy } : {}),
  });
  return { backups, damage };
}

const namesIn = (file: string) => {
  const db = new Database(file, { readonly: true });
  const names = db.prepare('select name from contact order by no').pluck().all();
  db.close();
  return names;
};

describe('a backup', () => {
  test('is one whole file with everything that was saved until then', async () => {
    await book.call('contact.create', { name: 'Ann' });
    const { backups } = backupsOf();
    const made = await backups.make('manual');
    expect(made).toMatchObject({ id: '000001.2026-11-23T14-05-09Z.manual.db', madeAt: '2026-11-23T14:05:09Z', kind: 'manual', contacts: 1 });
    expect(await backups.list()).toEqual([made]);
    expect(readdirSync(join(folder.path, 'backups'))).toEqual([made.id]);
    expect(namesIn(join(folder.path, 'backups', made.id))).toEqual(['Ann']);
  });

  test('is of one moment while contacts are written all the time, and keeps nobody from writing', async () => {
    let writing = true;
    const written: string[] = [];
    const writer = (async () => {
      for (let index = 0; writing; index += 1) {
        await book.call('contact.create', { name: `Contact ${index}`, notes: 'long '.repeat(2000) });
        written.push(`Contact ${index}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const { backups } = backupsOf();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = written.length;
    const { id } = await backups.make('manual');
    writing = false;
    await writer;
    const inBackup = namesIn(join(folder.path, 'backups', id));
    expect(inBackup).toEqual(written.slice(0, inBackup.length));
    expect(inBackup.length).toBeGreaterThanOrEqual(before);
    expect(written.length).toBeGreaterThan(before);
    expect(book.store.db.pragma('wal_autocheckpoint', { simple: true })).toBeGreaterThan(0);
  });

  test('that fails leaves the others as they are, and nothing half made', async () => {
    const { backups } = backupsOf();
    await backups.make('manual');
    const full: CopyBook = (_store, target) => {
      writeFileSync(target, 'half');
      return Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    };
    const before = readdirSync(join(folder.path, 'backups'));
    await expect(backupsOf(full).backups.make('manual')).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(readdirSync(join(folder.path, 'backups'))).toEqual(before);
  });

  test('that turns out to be damaged is not kept, and says that the book is', async () => {
    await book.call('contact.create', { name: 'Ann' });
    const scratched: CopyBook = async (store, target, run, signal) => {
      await copyBook(store, target, run, signal);
      const bytes = readFileSync(target);
      bytes.fill(0, 4096 * 4, 4096 * 12);
      writeFileSync(target, bytes);
      return checkFile(target);
    };
    const { backups, damage } = backupsOf(scratched);
    await expect(backups.make('daily')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(damage).toHaveLength(1);
    expect(listBackups(folder.path)).toEqual([]);
  });

  test('whose file cannot be read is listed as such', async () => {
    const { backups } = backupsOf();
    const { id } = await backups.make('manual');
    writeFileSync(join(folder.path, 'backups', id), 'scribble'.repeat(1000));
    expect(await backups.list()).toMatchObject([{ id, contacts: null }]);
  });

  test('can only be restored by its name in the folder of backups', async () => {
    const { backups } = backupsOf();
    for (const id of ['../fieldbook.db', 'nothing', '/etc/passwd']) {
      await expect(backups.restore(id)).rejects.toMatchObject({ kind: 'notFound' });
    }
  });
});

test('files of the whole book that are made at once disturb each other as little as they hold a token', async () => {
  for (let index = 0; index < 30; index += 1) await book.call('contact.create', { name: `Contact ${index}`, notes: 'long '.repeat(2000) });
  book.store.db.exec(`insert into token (name, digest, permissions, rate, created_at) values ('script', 'digest of it', '', 0, '')`);
  const { backups } = backupsOf();
  const first = await backups.exportProfile();
  const read: Uint8Array[] = [];
  let second: ReturnType<typeof backups.exportProfile> | undefined;
  for await (const chunk of first.chunks as AsyncIterable<Uint8Array>) {
    read.push(chunk);
    second ??= backups.exportProfile();
    await second;
  }
  expect(read.length).toBeGreaterThan(1);
  const inFolder = () => readdirSync(folder.path).filter((name) => name.endsWith('.part'));
  expect(inFolder()).toHaveLength(1);
  const readAfterwards: Uint8Array[] = [];
  for await (const chunk of (await second)?.chunks ?? []) readAfterwards.push(chunk as Uint8Array);
  for (const bytes of [Buffer.concat(read), Buffer.concat(readAfterwards)]) {
    const file = join(folder.path, 'read.db');
    writeFileSync(file, bytes);
    expect(checkFile(file).soundness).toBe('sound');
    expect(namesIn(file)).toHaveLength(30);
    expect(bytes.includes('digest of it')).toBe(false);
  }
  expect(inFolder()).toEqual([]);
});

test('a file of the whole book that nobody came for is cleared away at the next start', async () => {
  const { backups } = backupsOf();
  await backups.exportProfile();
  sweepUnfinished(folder.path);
  expect(readdirSync(folder.path).filter((name) => name.startsWith('export'))).toEqual([]);
});

test('a copy from which tokens could not be taken out is given to nobody and not kept', async () => {
  const run: RunTask = (name, ...rest) => (name === 'strip' ? Promise.reject(new Error('no space left')) : createRunTask(sourceWorker)(name, ...rest));
  await expect(backupsOf(undefined, run).backups.exportProfile()).rejects.toThrow('no space left');
  expect(readdirSync(folder.path).filter((name) => name.startsWith('export'))).toEqual([]);
});

test('a thread that ends without a word fails its task, and keeps nobody waiting', async () => {
  const silent = createRunTask(new URL('data:text/javascript,process.exit(0)'));
  await expect(silent('strip', { file: join(folder.path, 'any') })).rejects.toThrow('ended without an answer');
});

test('a backup that is being made does not keep Fieldbook from closing', async () => {
  for (let index = 0; index < 40; index += 1) await book.call('contact.create', { name: `Contact ${index}` });
  const { backups } = backupsOf();
  const making = backups.make('manual');
  await new Promise((resolve) => setTimeout(resolve, 20));
  await Promise.all([backups.close(), expect(making).rejects.toThrow()]);
  expect(readdirSync(join(folder.path, 'backups'))).toEqual([]);
});

describe('the daily backup', () => {
  test('is made once a day, and again on any other day, also an earlier one', async () => {
    const { backups } = backupsOf();
    expect(await backups.makeDaily()).toBe(true);
    expect(await backups.makeDaily()).toBe(false);
    now = new Date('2019-01-01T00:00:00Z');
    expect(await backups.makeDaily()).toBe(true);
    expect(listBackups(folder.path).map(({ madeAt }) => madeAt)).toEqual(['2019-01-01T00:00:00Z', '2026-11-23T14:05:09Z']);
  });

  test('that cannot be made is told to the person', async () => {
    const told: Notice[] = [];
    const notices = { show: (notice: Notice) => void told.push(notice), withdraw: () => undefined };
    const { backups } = backupsOf(() => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })));
    const daily = createDailyBackups({ backups, notices, log: { error: () => undefined }, firstAfterMs: 1 });
    await expect.poll(() => told).toMatchObject([{ kind: 'backupFailed', message: expect.stringContaining('disk is full') as string }]);
    daily.close();
  });
});

test('what a crash left unfinished is cleared away at the next start, and the backups stay', async () => {
  const { backups } = backupsOf();
  const { id } = await backups.make('manual');
  const stray = join(folder.path, 'backups', '000002.2026-11-23T14-05-09Z.daily.db.part');
  writeFileSync(stray, 'half');
  sweepUnfinished(folder.path);
  expect(existsSync(stray)).toBe(false);
  expect(listBackups(folder.path).map((backup) => backup.id)).toEqual([id]);
});
