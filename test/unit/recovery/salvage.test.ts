import { copyFileSync, existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPages } from '../../../electron/recovery/pages.ts';
import { isComplete, salvage } from '../../../electron/recovery/salvage.ts';
import { leavesOf, readLeaf } from '../../../electron/recovery/tree.ts';
import { migrationsDir, openTestBook, temporaryFolder } from '../support/book.ts';
import { databaseOf, makeProfile } from './damaged-books.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const target = () => join(folder.path, 'salvaged.db');

describe('what is read without SQLite', () => {
  test('is what SQLite reads, for values of every kind and size', () => {
    const value = fc.oneof(
      fc.constant(null), fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true }), fc.string({ unit: 'binary', maxLength: 20 }),
      fc.integer({ min: 0, max: 30_000 }).map((length) => 'ü'.repeat(length)), fc.uint8Array({ maxLength: 9000 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(fc.property(fc.array(fc.tuple(value, value), { maxLength: 60 }), (rows) => {
      const file = join(folder.path, 'values.db');
      writeFileSync(file, '');
      const db = new Database(file);
      db.exec('create table t (a, b)');
      for (const row of rows) db.prepare('insert into t values (?, ?)').run(row);
      const expected = db.prepare('select rowid, a, b from t order by rowid').raw().all();
      const root = db.prepare(`select rootpage from sqlite_schema where name = 't'`).pluck().get() as number;
      db.close();
      const pages = openPages(file);
      const read = [...leavesOf(pages, root, new Set(), () => expect.unreachable())].flatMap((page) => readLeaf(pages, page).rows);
      pages.close();
      expect(read.map(({ rowid, values }) => [rowid, ...values])).toEqual(expected);
    }), { numRuns: 40 });
  });

  test('is everything, of a sound book: contacts, links, history, settings and the numbers to go on with', async () => {
    await makeProfile(folder.path, 80);
    const source = join(folder.path, 'fieldbook.db');
    const result = salvage(source, target(), migrationsDir);
    expect(result).toMatchObject({ contacts: 80, trashed: 0, expected: 80, unplaced: [], damagedParts: 0, lostLinks: 0 });
    expect(isComplete(result)).toBe(true);
    const [before, after] = [new Database(source), new Database(target())];
    const tables = before.prepare(`select name from sqlite_schema where type = 'table' and name not like 'contact_search%' and name not like 'sqlite_stat%' and name <> 'setting' order by name`).pluck().all() as string[];
    for (const table of tables) {
      const sql = `select * from "${table}" order by 1, 2`;
      expect(after.prepare(sql).all(), table).toEqual(before.prepare(sql).all());
    }
    expect(after.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(after.pragma('user_version')).toEqual(before.pragma('user_version'));
    before.close();
    after.close();
  });

  test('includes what was only in the log when the power went off, up to where the log is cut', async () => {
    await makeProfile(folder.path, 5);
    const book = openTestBook({ dataDir: folder.path });
    const ends: number[] = [];
    for (let index = 0; index < 10; index += 1) {
      await book.call('contact.create', { name: `Late ${index}` });
      ends.push(databaseLogSize());
    }
    // The files as they are on the disk at this moment, while the book is open.
    const copy = join(folder.path, 'copy');
    mkdirSync(copy);
    for (const ending of ['', '-wal']) copyFileSync(join(folder.path, `fieldbook.db${ending}`), join(copy, `fieldbook.db${ending}`));
    book.store.close();

    expect(salvage(join(copy, 'fieldbook.db'), target(), migrationsDir).contacts).toBe(15);
    truncateSync(join(copy, 'fieldbook.db-wal'), (ends[6] ?? 0) + 1000);
    expect(salvage(join(copy, 'fieldbook.db'), target(), migrationsDir).contacts).toBe(12);
    const bySqlite = openTestBook({ dataDir: copy });
    expect(bySqlite.counts.live()).toBe(12);
    bySqlite.store.close();

    function databaseLogSize(): number {
      return (book.store.db.pragma('wal_checkpoint(NOOP)') as { log: number }[]).map(({ log }) => 32 + log * (4096 + 24))[0] ?? 0;
    }
  });

  test('is found again when the way to it is lost: a broken root of the contacts', async () => {
    await makeProfile(folder.path, 120);
    const source = join(folder.path, 'fieldbook.db');
    const db = new Database(source);
    const root = db.prepare(`select rootpage from sqlite_schema where name = 'contact'`).pluck().get() as number;
    db.close();
    const bytes = databaseOf(folder.path);
    bytes.fill(0, (root - 1) * 4096, root * 4096);
    writeFileSync(source, bytes);
    expect(salvage(source, target(), migrationsDir)).toMatchObject({ contacts: 120, unplaced: [] });
  });

  test('keeps a contact whose number was damaged under a new one', async () => {
    await makeProfile(folder.path, 3);
    const source = join(folder.path, 'fieldbook.db');
    const db = new Database(source);
    db.pragma('foreign_keys = OFF');
    db.exec('update contact set no = 999999 where no = 2');
    db.exec(`update sqlite_sequence set seq = 3 where name = 'contact'`);
    db.close();
    expect(salvage(source, target(), migrationsDir)).toMatchObject({ contacts: 3, unplaced: [] });
    const after = new Database(target());
    expect(after.prepare('select name from contact order by name').pluck().all()).toEqual(['Contact 0', 'Contact 1', 'Contact 2']);
    expect(after.prepare('select max(no) from contact').pluck().get()).toBeLessThan(10);
    after.close();
  });

  test('never fails on any bytes at all', async () => {
    await makeProfile(folder.path, 30);
    const sound = databaseOf(folder.path);
    const file = join(folder.path, 'any.db');
    fc.assert(fc.property(
      fc.array(fc.tuple(fc.nat(sound.length - 200), fc.uint8Array({ minLength: 1, maxLength: 200 })), { minLength: 1, maxLength: 60 }),
      (changes) => {
        const bytes = Buffer.from(sound);
        for (const [at, piece] of changes) bytes.set(piece, at);
        writeFileSync(file, bytes);
        const result = salvage(file, target(), migrationsDir);
        expect(existsSync(result.file)).toBe(true);
      },
    ), { numRuns: 40 });
  });
});
