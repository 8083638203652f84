import { existsSync, mkdirSync, openSync, readSync, closeSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { appliedMigrations, migrate, readMigrationJournal } from './migrate.ts';

export type Db = Database.Database;

/** The one connection to a profile's database. */
export interface Store {
  readonly db: Db;
  readonly file: string;
  /**
   * Runs `work` in one transaction: all of it is on disk when this returns, or none of it after a throw.
   * Calls inside a transaction join it. With `later`, for one slice of a long job, it is all or nothing as well and
   * survives the end of the process, but a power cut may take it until the next ordinary transaction has ended.
   */
  transaction<T>(work: () => T, onDisk?: 'now' | 'later'): T;
  /** A statement compiled once and kept; `sql` is its key. */
  statement(sql: string): Database.Statement;
  close(): void;
}

/** 'FBK1', in the file's header: says that the database is a Fieldbook's. */
const applicationId = 0x46424b31;
/** Below this, two connections could corrupt a WAL (sqlite.org, WAL-reset bug). */
const oldestSqlite = [3, 51, 3] as const;
/** How long to wait for a profile that another process may be about to leave, in milliseconds. */
const lockTimeoutMs = 250;

/**
 * Opens the database of a profile, creating and migrating it as needed.
 * Throws AppError `conflict` when another process has the profile, `unavailable` when the database is newer than
 * this program or is no database; in these cases the file is left untouched.
 */
export function openStore(dataDir: string, migrationsDir: string): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'fieldbook.db');
  const journal = readMigrationJournal(migrationsDir);
  refuseForeignFile(file, journal.length);

  const db = new Database(file, { timeout: lockTimeoutMs });
  try {
    takeProfile(db);
    assertSqliteVersion(db);
    refuseNewer(db.pragma('user_version', { simple: true }) as number, journal.length);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('checkpoint_fullfsync = ON');
    db.pragma('cache_size = -65536');
    db.pragma('temp_store = MEMORY');
    // In pages of 4 KiB: a long job changes the same pages over and over, which need not reach the file each time.
    db.pragma('wal_autocheckpoint = 4000');
    migrate(db, migrationsDir, journal);
    db.pragma(`application_id = ${applicationId}`);
    if (db.pragma('user_version', { simple: true }) !== journal.length) {
      db.pragma(`user_version = ${appliedMigrations(db)}`);
    }
    // The version must be in the file's header, where the next start looks before it opens the database.
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    db.close();
    throw error;
  }
  return createStore(db, file);
}

function createStore(db: Db, file: string): Store {
  const statements = new Map<string, Database.Statement>();
  /** Filters make statements of many shapes; beyond this the oldest is compiled again when it comes back. */
  const maxStatements = 300;
  const run = db.transaction((work: () => unknown) => work());
  return {
    db,
    file,
    transaction<T>(work: () => T, onDisk: 'now' | 'later' = 'now') {
      if (db.inTransaction) return work();
      if (onDisk === 'now') return run.immediate(work) as T;
      db.pragma('synchronous = NORMAL');
      try {
        return run.immediate(work) as T;
      } finally {
        db.pragma('synchronous = FULL');
      }
    },
    statement(sql) {
      let statement = statements.get(sql);
      if (!statement) {
        statement = db.prepare(sql);
        const oldest = statements.size >= maxStatements ? statements.keys().next().value : undefined;
        if (oldest !== undefined) statements.delete(oldest);
        statements.set(sql, statement);
      }
      return statement;
    },
    close() {
      if (!db.open) return;
      db.pragma('optimize');
      db.close();
    },
  };
}

/** Looks at the header only, so that a file which is not for us is not even opened. */
function refuseForeignFile(file: string, knownVersion: number): void {
  if (!existsSync(file) || statSync(file).size === 0) return;
  const header = Buffer.alloc(72);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') {
    throw new AppError('unavailable', `${file} is damaged or is not a Fieldbook database. It was left as it is.`);
  }
  refuseNewer(header.readUInt32BE(60), knownVersion);
}

function refuseNewer(version: number, knownVersion: number): void {
  if (version <= knownVersion) return;
  throw new AppError(
    'unavailable',
    `This address book was written by a newer Fieldbook (format ${version}; this program knows ${knownVersion}). ` +
      'It was left as it is: please update Fieldbook.',
  );
}

function assertSqliteVersion(db: Db): void {
  const version = db.prepare('select sqlite_version()').pluck().get() as string;
  const parts = version.split('.').map(Number);
  for (const [index, oldest] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest) throw new Error(`SQLite ${version} is too old: ${oldestSqlite.join('.')} or newer is needed`);
  }
}

/** An exclusive lock held by the connection: the kernel lets go of it when the process ends, however it ends. */
function takeProfile(db: Db): void {
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('begin exclusive; commit');
  } catch (error) {
    if (isBusy(error)) throw new AppError('conflict', 'Another process has this profile.');
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && (error.code.startsWith('SQLITE_BUSY') || error.code === 'SQLITE_PROTOCOL');
}
