import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { checkBook, isContradiction, isDamage, type CheckResult } from '../store/check.ts';
import { migrate, readMigrationJournal } from '../store/migrate.ts';
import { readHeader, refuseNewer } from '../store/open.ts';

/** How many contacts a book has. */
export interface Contents {
  contacts: number;
  trashed: number;
}

/** Opens a file that no running Fieldbook has open, for one piece of work. */
export function withFile<T>(file: string, readonly: boolean, work: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly, fileMustExist: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

export function contentsOf(db: Database.Database): Contents {
  const count = (where: string) => db.prepare(`select count(*) from contact where deleted_at ${where}`).pluck().get() as number;
  return { contacts: count('is null'), trashed: count('is not null') };
}

/** Checks a copy of a book to its last byte; what is damaged in it is not thrown but told. */
export function checkFile(file: string): CheckResult & Contents {
  const none = { contacts: 0, trashed: 0 };
  try {
    return withFile(file, false, (db) => {
      const checked = checkBook(db);
      return { ...checked, ...(checked.soundness === 'tables' ? none : contentsOf(db)) };
    });
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { soundness: 'tables', messages: [error instanceof Error ? error.message : String(error)], ...none };
  }
}

/**
 * Makes a file ready to be opened as the book of this Fieldbook: checked, brought to the newest schema, whole without a log
 * beside it. Throws AppError `invalid` when it is no Fieldbook's or is damaged, `unavailable` when it is of a newer one.
 */
export function makeReady(file: string, migrationsDir: string): Contents {
  const { length: newest } = readMigrationJournal(migrationsDir);
  const header = readHeader(file);
  if (!header?.isSqlite || !header.isOurs) throw new AppError('invalid', 'The file is not a Fieldbook backup.');
  refuseNewer(header.version, newest);
  const { soundness } = checkFile(file);
  if (soundness === 'tables') throw damagedFile();
  return withFile(file, false, (db) => {
    db.pragma('foreign_keys = ON');
    if (soundness === 'indexes') reindex(db);
    if (soundness === 'search') clearSearch(db);
    migrate(db, migrationsDir);
    db.pragma('journal_mode = DELETE');
    return contentsOf(db);
  });
}

function reindex(db: Database.Database): void {
  try {
    db.exec('reindex');
  } catch (error) {
    if (isDamage(error) || isContradiction(error)) throw damagedFile();
    throw error;
  }
}

function damagedFile(): AppError {
  return new AppError('invalid', 'The file is damaged: nothing was changed. Choose another backup.');
}

/** Empties a damaged search index and notes that it is to be made anew; the next start goes on with that. */
export function clearSearch(db: Database.Database): void {
  db.transaction(() => {
    const sql = db.prepare(`select sql from sqlite_schema where name = 'contact_search'`).pluck().get() as string;
    db.exec('drop table contact_search');
    db.exec(sql);
    db.prepare(`insert or replace into setting (key, value) values ('reindex.after', '0')`).run();
  })();
}
