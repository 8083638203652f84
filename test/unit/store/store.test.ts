import { chmodSync, readFileSync, writeFileSync, readdirSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readMigrationJournal } from '../../../electron/store/migrate.ts';
import { openStore } from '../../../electron/store/open.ts';
import { migrationsDir, temporaryFolder } from '../support/book.ts';

/** Windows knows no others in these bits; there a folder of the user is theirs alone. */
const ownerOnly = process.platform === 'win32' ? 0o666 : 0o600;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('the migrations’ times strictly increase and are not in the future: drizzle would skip others without a word', () => {
  const journal = readMigrationJournal(migrationsDir);
  expect(journal.map(({ idx }) => idx)).toEqual(journal.map((_, index) => index));
  for (const [index, { when, tag }] of journal.entries()) {
    expect(when, tag).toBeGreaterThan(journal[index - 1]?.when ?? 0);
    expect(when, tag).toBeLessThan(Date.now());
    expect(existsSync(join(migrationsDir, `${tag}.sql`)), tag).toBe(true);
  }
  expect(readdirSync(migrationsDir).filter((name) => name.endsWith('.sql'))).toHaveLength(journal.length);
});

describe('opening a profile', () => {
  test('gives a durable database with every safety on', () => {
    const store = openStore(folder.path, migrationsDir);
    const pragma = (name: string) => store.db.pragma(name, { simple: true });
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys'), pragma('trusted_schema')]).toEqual(['wal', 2, 1, 0]);
    expect(pragma('user_version')).toBe(readMigrationJournal(migrationsDir).length);
    store.close();
  });

  test('gives files that other users cannot read, also in a folder that is open to all', () => {
    chmodSync(folder.path, 0o755);
    const store = openStore(folder.path, migrationsDir);
    store.statement(`insert into setting (key, value) values ('a', '1')`).run();
    for (const name of ['fieldbook.db', 'fieldbook.db-wal']) expect(statSync(join(folder.path, name)).mode & 0o777, name).toBe(ownerOnly);
    store.close();
  });

  test('twice at once is refused the second time, and the first goes on', () => {
    const store = openStore(folder.path, migrationsDir);
    expect(() => openStore(folder.path, migrationsDir)).toThrow(expect.objectContaining({ kind: 'conflict' }));
    store.statement(`insert into setting (key, value) values ('a', '1')`).run();
    store.close();
    openStore(folder.path, migrationsDir).close();
  });

  test('of a newer Fieldbook is refused with a clear word, and not a byte is changed', () => {
    openStore(folder.path, migrationsDir).close();
    const file = join(folder.path, 'fieldbook.db');
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(file);
    expect(() => openStore(folder.path, migrationsDir)).toThrow(/newer Fieldbook.*99.*update/s);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder.path)).toEqual(['fieldbook.db', 'fieldbook.lock']);
  });

  test('with something else in place of the database is refused, and it is left alone', () => {
    const file = join(folder.path, 'fieldbook.db');
    writeFileSync(file, 'my diary '.repeat(100));
    expect(() => openStore(folder.path, migrationsDir)).toThrow(/not a Fieldbook database/);
    expect(readFileSync(file, 'utf8')).toContain('my diary');
  });
});

test('every write is counted, also one that joins a long job, and reading is not', () => {
  const store = openStore(folder.path, migrationsDir);
  const { db } = store;
  const writes = [
    () => db.prepare(`insert into setting (key, value) values ('a', '1')`).run(),
    () => store.transaction(() => db.prepare(`update setting set value = '2' where key = 'a'`).run(), 'later'),
    () => db.prepare(`replace into setting (key, value) values ('a', '2')`).run(),
    () => db.exec(`delete from setting`),
  ];
  for (const write of writes) {
    const before = store.changes();
    expect(db.prepare('select * from setting').all()).toBeInstanceOf(Array);
    expect(store.changes()).toBe(before);
    write();
    expect(store.changes()).toBeGreaterThan(before);
  }
  store.close();
});
