import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNotices } from '../../../electron/recovery/notices.ts';
import type { Choose } from '../../../electron/recovery/recover.ts';
import { startStore } from '../../../electron/recovery/start-store.ts';
import { openHost } from '../../../electron/open-host.ts';
import { openStore } from '../../../electron/store/open.ts';
import type { CallName, Input, Output } from '../../../shared/operations/index.ts';
import { migrationsDir, owner, temporaryFolder } from '../support/book.ts';
import { contactsIn, databaseOf, makeProfile, runHere, startRecovering } from './damaged-books.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const file = () => join(folder.path, 'fieldbook.db');
const start = (dataDir = folder.path) => startStore({ dataDir, migrationsDir, run: runHere, clock: () => new Date() });

/** Overwrites pages of a table or index with zeros, but not the first: that is its way in. */
function wipe(name: string, which: 'all' | 'some'): void {
  const db = new Database(file());
  db.exec('vacuum');
  const pages = db.prepare(`select pageno from dbstat where name = ? order by pageno`).pluck().all(name) as number[];
  db.close();
  const bytes = databaseOf(folder.path);
  for (const page of which === 'all' ? pages : pages.slice(-2)) bytes.fill(0, (page - 1) * 4096, page * 4096);
  writeFileSync(file(), bytes);
}

async function open(dataDir = folder.path, choose?: Choose) {
  const host = await openHost({
    dataDir, migrationsDir, version: '0.0.0', port: 0, ...(choose ? { choose } : {}),
    importWorker: new URL('../../../electron/imports/import-worker.ts', import.meta.url),
    syncWorker: new URL('../../../electron/sync/worker.ts', import.meta.url),
  });
  const call = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => (await host.dispatch(name, input, owner)) as Output<N>;
  return { host, call };
}

describe('a damaged index', () => {
  test('of the tables is made anew at the start, with a word about it', async () => {
    await makeProfile(folder.path, 60);
    const db = new Database(file());
    const page = db.prepare(`select pageno from dbstat where name = 'contact_by_email' and pagetype = 'leaf' limit 1`).pluck().get() as number;
    db.close();
    const bytes = databaseOf(folder.path);
    bytes[bytes.indexOf('mail.example', (page - 1) * 4096)] = 0x7a;
    writeFileSync(file(), bytes);
    const { store, notices } = await start();
    expect(notices).toMatchObject([{ kind: 'repaired' }]);
    expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(store.db.prepare('select count(*) from contact').pluck().get()).toBe(60);
    store.close();
    expect(existsSync(join(folder.path, 'quarantine'))).toBe(false);
  });

  test('that cannot even be removed costs nothing either: all rows go into a new file, without a question', async () => {
    await makeProfile(folder.path, 60);
    wipe('contact_by_email', 'some');
    const { store } = await start();
    expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(store.db.prepare('select count(*) from contact').pluck().get()).toBe(60);
    expect(createNotices(store, folder.path, [], () => undefined).list()).toMatchObject([{ message: 'The address book was damaged. 60 contacts could be saved.' }]);
    store.close();
  });

  test('of the search is filled again from the contacts', async () => {
    await makeProfile(folder.path, 60);
    wipe('contact_search_data', 'some');
    const { host, call } = await open();
    await expect.poll(async () => (await call('contact.search', { q: 'contact 5' })).items.length, { timeout: 10_000 }).toBeGreaterThan(5);
    expect((await call('notice.list', {})).items).toMatchObject([{ kind: expect.stringMatching(/repaired|recovered/) as string }]);
    await host.close();
  });
});

describe('a book whose contacts are damaged', () => {
  test('is not opened, and not changed, unless that is asked for', async () => {
    await makeProfile(folder.path, 60);
    wipe('contact', 'some');
    const before = databaseOf(folder.path);
    await expect(start()).rejects.toMatchObject({ name: 'DamagedBook', message: expect.stringMatching(/is damaged.*left as it is/) as string });
    expect(databaseOf(folder.path).equals(before)).toBe(true);
    await expect(start()).rejects.toMatchObject({ name: 'DamagedBook' }); // and the profile is not left locked
  });

  test('keeps its readable contacts, and the report says what is missing and where the old files are', async () => {
    await makeProfile(folder.path, 60);
    wipe('contact', 'some');
    const { started } = await startRecovering(folder.path);
    if (!started) throw new Error('nothing was opened');
    const names = contactsIn(started);
    expect(names.length).toBeGreaterThan(20);
    expect(names.length).toBeLessThan(60);

    const notices = createNotices(started.store, folder.path, started.notices, () => undefined);
    const [notice] = notices.list();
    expect(notice).toMatchObject({ kind: 'recovered', hasReport: true, message: `The address book was damaged. ${names.length} contacts could be saved; ${60 - names.length} contacts could not be read.` });
    const report = notices.report(notice?.id ?? '');
    expect(report).toContain(join(folder.path, 'quarantine'));
    expect(report).toContain('There is no sound backup.');
    expect(report).toMatch(new RegExp(`contacts: ${names.length}\\n`));
    notices.dismiss(notice?.id ?? '');
    expect(createNotices(started.store, folder.path, [], () => undefined).list()).toEqual([]);
    started.store.close();
  });

  test('in a way that no index can be made of them: the one that cannot stay is in the report', async () => {
    await makeProfile(folder.path, 60);
    const db = new Database(file());
    const [kept, twin] = db.prepare(`select id from contact where name in ('Contact 11', 'Contact 12') order by name`).pluck().all() as [string, string];
    const pages = db.prepare(`select pageno from dbstat where name = 'contact' and pagetype = 'leaf'`).pluck().all() as number[];
    db.close();
    const bytes = databaseOf(folder.path);
    for (const page of pages) {
      const at = bytes.subarray((page - 1) * 4096, page * 4096).indexOf(twin);
      if (at >= 0) bytes.write(kept, (page - 1) * 4096 + at);
    }
    writeFileSync(file(), bytes);
    await expect(start()).rejects.toMatchObject({ name: 'DamagedBook' });
    expect(databaseOf(folder.path).equals(bytes)).toBe(true);
    const { started } = await startRecovering(folder.path);
    if (!started) throw new Error('nothing was opened');
    expect(contactsIn(started)).toHaveLength(59);
    const notices = createNotices(started.store, folder.path, [], () => undefined);
    expect(notices.report(notices.list()[0]?.id ?? '')).toMatch(/not put back:\n {2}contacts: .*name: Contact 12/);
    started.store.close();
  });

  test('is replaced by the newest backup where that has more, and what was read stays among the backups', async () => {
    await makeProfile(folder.path, 60);
    const first = await open();
    await first.call('backup.make', {});
    await first.host.close();
    wipe('contact', 'some');
    const { plan, started } = await startRecovering(folder.path);
    if (!started) throw new Error('nothing was opened');
    expect(plan).toMatchObject({ better: 'backup', backup: { contacts: 60 } });
    expect(plan?.missing.total).toBe(60 - (plan?.salvage?.contacts ?? 0));
    expect(contactsIn(started)).toHaveLength(60);
    started.store.close();
    const { host, call } = await open();
    expect((await call('backup.list', {})).items).toMatchObject([{ kind: 'salvaged', contacts: plan?.salvage?.contacts }, { kind: 'manual', contacts: 60 }]);
    await host.close();
  });

  test('that is noticed while it is open: nothing more is written, and it is repaired from the window', async () => {
    await makeProfile(folder.path, 200);
    wipe('contact', 'some');
    const bytes = databaseOf(folder.path);
    const sound = join(folder.path, 'sound');
    await makeProfile(sound, 200);
    // Damage that appears below a running host: a disk that goes bad.
    const { host, call } = await open(sound);
    writeFileSync(join(sound, 'fieldbook.db'), bytes);
    const reading = async () => {
      for (const { id } of (await call('contact.page', { limit: 200, offset: 0 })).items) await call('contact.get', { id });
      await host.dispatch('backup.make', {}, owner);
    };
    await expect(reading()).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringMatching(/damaged/) as string });
    expect((await call('notice.list', {})).items).toMatchObject([{ kind: 'damaged' }]);
    await expect(call('contact.create', { name: 'Late' })).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringMatching(/until it is repaired/) as string });

    await call('book.repair', {});
    expect((await call('notice.list', {})).items).toMatchObject([{ kind: 'recovered', hasReport: true }]);
    await call('contact.create', { name: 'Late' });
    expect((await call('host.info', {})).contacts).toBeGreaterThan(100);
    await host.close();
  });
});

describe('damage that the check at the start does not show', () => {
  test('because the book is too large for it is looked for when something fails', async () => {
    await makeProfile(folder.path, 60);
    const db = new Database(file());
    db.exec(`insert into image (id, media_type, size, bytes, created_at) values ('large', 'image/gif', 34000000, zeroblob(34000000), '2026')`);
    db.close();
    wipe('setting', 'all');
    await expect(open()).rejects.toMatchObject({ name: 'DamagedBook' });
    const { host, call } = await open(folder.path, ({ better }) => better);
    expect(await call('contact.count', {})).toBe(60);
    expect((await call('notice.list', {})).items).toMatchObject([{ kind: 'recovered', hasReport: true }]);
    await host.close();
  });

  test('because it is in the name of a column is looked for as well', async () => {
    await makeProfile(folder.path, 60);
    const text = databaseOf(folder.path).toString('latin1').replaceAll('primary_phone', 'primary_phonf');
    writeFileSync(file(), text, 'latin1');
    await expect(open()).rejects.toMatchObject({ name: 'DamagedBook' });
    const { host, call } = await open(folder.path, ({ better }) => better);
    expect(await call('contact.count', {})).toBe(60);
    await host.close();
  });

  test('because it is in how the search index is made comes out in the check', async () => {
    await makeProfile(folder.path, 60);
    const bytes = databaseOf(folder.path);
    bytes.write('X', bytes.indexOf('contentless_delete'));
    writeFileSync(file(), bytes);
    await expect(start()).rejects.toMatchObject({ name: 'DamagedBook' });
    const { started } = await startRecovering(folder.path);
    expect(started && contactsIn(started)).toHaveLength(60);
    started?.store.close();
  });
});

describe('a book whose file is gone or overwritten', () => {
  test.each([
    ['gone', (path: string) => rmSync(path)],
    ['empty', (path: string) => writeFileSync(path, '')],
    ['overwritten', (path: string) => writeFileSync(path, Buffer.alloc(50_000))],
  ])('is never followed by an empty one where there are backups: %s', async (_how, spoil) => {
    await makeProfile(folder.path, 5);
    const first = await open();
    await first.call('backup.make', {});
    await first.host.close();
    spoil(file());
    await expect(start()).rejects.toMatchObject({ name: 'DamagedBook' });
    const { started } = await startRecovering(folder.path);
    expect(started && contactsIn(started)).toHaveLength(5);
    started?.store.close();
  });

  test.each([
    ['its first page', (bytes: Buffer) => bytes.fill(0, 0, 4096)],
    ['the number of its format', (bytes: Buffer) => bytes.fill(0x7f, 60, 63)],
  ])('is read row by row where there are none: %s', async (_what, spoil) => {
    await makeProfile(folder.path, 60);
    const bytes = spoil(databaseOf(folder.path));
    writeFileSync(file(), bytes);
    await expect(start()).rejects.toMatchObject({ name: 'DamagedBook' });
    expect(databaseOf(folder.path).equals(bytes)).toBe(true);
    const { started } = await startRecovering(folder.path);
    expect(started && contactsIn(started)).toHaveLength(60);
    started?.store.close();
  });

  test('and without anything to put in its place, it is left alone', async () => {
    await makeProfile(folder.path, 5);
    const bytes = databaseOf(folder.path);
    bytes.fill(0xaa, 0, 60).fill(0xbb, 200);
    writeFileSync(file(), bytes);
    writeFileSync(`${file()}-wal`, 'committed pages');
    expect((await startRecovering(folder.path)).started).toBeNull();
    expect(databaseOf(folder.path).equals(bytes)).toBe(true);
    expect(readFileSync(`${file()}-wal`, 'utf8')).toBe('committed pages');
    expect(readdirSync(folder.path).filter((name) => name.includes('part'))).toEqual([]);
  });
});

test('the profile of another process is named by it, and a lock ends with the process that had it', async () => {
  await makeProfile(folder.path, 3);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'hold.ts'), folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  await expect(start()).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining(`process ${child.pid}`) as string });
  expect(() => openStore(folder.path, migrationsDir)).toThrow(expect.objectContaining({ kind: 'conflict' }));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const started = await start();
  expect(contactsIn(started)).toHaveLength(3);
  started.store.close();
});
