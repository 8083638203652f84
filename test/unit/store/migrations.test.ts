import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backupsDir, listBackups } from '../../../electron/backups/files.ts';
import { startStore } from '../../../electron/recovery/start-store.ts';
import { migrate, readMigrationJournal, type MigrationEntry } from '../../../electron/store/migrate.ts';
import { openStore } from '../../../electron/store/open.ts';
import { runHere } from '../recovery/damaged-books.ts';
import { migrationsDir, temporaryFolder } from '../support/book.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const steps = readMigrationJournal(migrationsDir).length;
const clock = () => new Date('2026-11-23T14:00:00Z');
const file = () => join(folder.path, 'fieldbook.db');

/** A book as the first so many migrations left it, with rows in all tables that there were from the beginning. */
function bookOfFormat(version: number): void {
  const db = new Database(file());
  db.pragma('journal_mode = WAL');
  migrate(db, migrationsDir, version);
  const contact = db.prepare(
    `insert into contact (id, created_at, updated_at, name, contact_type, address_id, sort_name, notes)
     values (?, '2026', '2026', ?, 'CLIENT', 'a', ?, ?)`,
  );
  for (let index = 1; index <= 40; index += 1) contact.run(`id-${index}`, `Näme ${index}`, `name ${index}`, 'long '.repeat(index * 40));
  db.exec(`
    insert into tag (id, created_at, updated_at, name, color) values ('t', '2026', '2026', 'Fair', '#123456');
    insert into contact_tag select no, 1 from contact where no % 2 = 0;
    insert into setting values ('count.live', '40'), ('count.trashed', '0');
    insert into journal (group_no, at, actor, contact_id, kind, last) select 1, '2026', 'ui', id, 'created', 1 from contact;
  `);
  db.close();
}

function rowsOf(db: Database.Database) {
  return ['contact', 'tag', 'contact_tag', 'journal'].map((table) => db.prepare(`select * from ${table} order by rowid`).all());
}

const schemaOf = (db: Database.Database) =>
  db.prepare(`select type, name, sql from sqlite_schema where name not like 'sqlite_%' order by type, name`).all();

/** The known migrations and one more, as a later Fieldbook would have them. */
function laterMigrations(sql: string): string {
  const dir = join(folder.path, 'later');
  cpSync(migrationsDir, dir, { recursive: true });
  const journalFile = join(dir, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: MigrationEntry[] };
  const last = journal.entries.at(-1) as MigrationEntry;
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_later' });
  writeFileSync(journalFile, JSON.stringify(journal));
  writeFileSync(join(dir, '9999_later.sql'), sql);
  return dir;
}

describe.each(Array.from({ length: steps }, (_, index) => index + 1))('a book of format %i', (version) => {
  test('is opened with every row, in the same schema as a new one, after a backup of what it was', async () => {
    bookOfFormat(version);
    const old = new Database(file(), { readonly: true });
    const before = rowsOf(old);
    old.close();

    const { store } = await startStore({ dataDir: folder.path, migrationsDir, clock, run: runHere });
    const fresh = openStore(join(folder.path, 'fresh'), migrationsDir);
    expect(schemaOf(store.db)).toEqual(schemaOf(fresh.db));
    for (const [index, rows] of rowsOf(store.db).entries()) expect(rows).toMatchObject(before[index] as object[]);
    expect(store.db.pragma('user_version', { simple: true })).toBe(steps);
    fresh.close();
    store.close();

    const backups = listBackups(folder.path);
    expect(backups.map(({ kind }) => kind)).toEqual(version < steps ? ['update'] : []);
    for (const backup of backups) {
      const copy = new Database(backup.file, { readonly: true });
      expect(copy.pragma('user_version', { simple: true })).toBe(version);
      expect(rowsOf(copy)).toEqual(before);
      copy.close();
    }
  });
});

test('a step that fails leaves the book at the step before, and says so', async () => {
  bookOfFormat(steps);
  const later = laterMigrations(`update contact set notes = 'changed';--> statement-breakpoint\ninsert into nowhere values (1);`);
  await expect(startStore({ dataDir: folder.path, migrationsDir: later, clock, run: runHere })).rejects.toThrow(/could not be updated.*nowhere/s);
  const { store } = await startStore({ dataDir: folder.path, migrationsDir, clock, run: runHere });
  expect(store.db.prepare(`select count(*) from contact where notes = 'changed'`).pluck().get()).toBe(0);
  store.close();
  expect(listBackups(folder.path)).toHaveLength(1);
});

test('a step that would leave rows which refer to nothing does not happen', async () => {
  bookOfFormat(steps);
  const later = laterMigrations('delete from tag;');
  await expect(startStore({ dataDir: folder.path, migrationsDir: later, clock, run: runHere })).rejects.toThrow(/could not be updated/);
  const { store } = await startStore({ dataDir: folder.path, migrationsDir, clock, run: runHere });
  expect(store.db.prepare('select count(*) from tag').pluck().get()).toBe(1);
  store.close();
});

test('without room for the backup the book is not updated, and what to do is said', async () => {
  bookOfFormat(1);
  const options = { dataDir: folder.path, migrationsDir, clock, run: runHere };
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  const vacuumInto = (_db: unknown, target: string): void => {
    writeFileSync(target, 'half a copy');
    throw full;
  };
  await expect(startStore({ ...options, vacuumInto })).rejects.toMatchObject({ kind: 'diskFull', message: expect.stringMatching(/no room for the backup/) as string });
  expect(readdirSync(backupsDir(folder.path))).toEqual([]);
  const db = new Database(file(), { readonly: true });
  expect(db.pragma('user_version', { simple: true })).toBe(1);
  db.close();
});

test('a book that another build of Fieldbook has migrated is refused and left as it is', () => {
  bookOfFormat(1);
  const db = new Database(file());
  db.exec(`update "__drizzle_migrations" set created_at = 5, hash = 'theirs'`);
  db.close();
  expect(() => openStore(folder.path, migrationsDir)).toThrow(/another build/);
});

test('a book of which only the time of a migration was damaged is opened all the same', () => {
  bookOfFormat(steps);
  const db = new Database(file());
  db.exec('update "__drizzle_migrations" set created_at = 5');
  db.close();
  const store = openStore(folder.path, migrationsDir);
  expect(store.db.prepare('select count(*) from contact').pluck().get()).toBe(40);
  store.close();
});

test('kill -9 in the middle of a step leaves the book before or after it, never between', async () => {
  bookOfFormat(steps);
  const later = laterMigrations(
    `update contact set notes = 'changed';--> statement-breakpoint
     create table big as with recursive n (x) as (select 1 union all select x + 1 from n where x < 120000)
       select x, hex(randomblob(20)) as y from n;--> statement-breakpoint
     update contact set name = 'changed';`,
  );
  for (let round = 0; round < 6; round += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'open-and-end.ts'), folder.path, later], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await wait(20 + round * 40);
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

    const db = new Database(file());
    const changed = db.prepare(`select count(*) filter (where notes = 'changed') || ' ' || count(*) filter (where name = 'changed') from contact`).pluck().get();
    const isAfter = db.pragma('user_version', { simple: true }) === steps + 1;
    expect(changed).toBe(isAfter ? '40 40' : '0 0');
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    db.close();
    if (isAfter) break;
  }
  const { store } = await startStore({ dataDir: folder.path, migrationsDir: later, clock, run: runHere });
  expect(store.db.prepare('select count(*) from big').pluck().get()).toBe(120_000);
  store.close();
  expect(readdirSync(backupsDir(folder.path)).filter((name) => name.includes('.part'))).toEqual([]);
});
