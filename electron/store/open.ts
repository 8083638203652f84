import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError, toAppError } from '../../shared/errors.ts';
import { fold } from '../../shared/text.ts';
import { prepareFolder } from './folder.ts';
import { bookIsGone, watchPlace } from './in-place.ts';
import { lockProfile, takeExclusively, type ProfileLock } from './lock.ts';
import { appliedMigrations, migrate, readMigrationJournal } from './migrate.ts';

export type Db = Database.Database;

/** The one connection to a profile's database. */
export interface Store {
  readonly db: Db;
  readonly file: string;
  /**
   * Runs `work` in one transaction: all of it is on disk when this returns, or none of it after a throw.
   * Throws `unavailable` when the file is not at its place any more. Calls inside a transaction join it. With `later`, for one slice of a long job, it is all or nothing as well and
   * survives the end of the process, but a power cut may take it until the next ordinary transaction has ended.
   */
  transaction<T>(work: () => T, onDisk?: 'now' | 'later'): T;
  /**
   * How many rows were ever written since the store was opened. As nobody else can write to the book, the same number
   * again, outside a transaction, means that all rows are as they were.
   */
  changes(): number;
  /** A statement compiled once and kept; `sql` is its key. */
  statement(sql: string): Database.Statement;
  /**
   * A descriptor to read the file by. It lasts as long as the store: when any descriptor of a file is closed, POSIX systems
   * let go of all locks that the process has on it.
   */
  descriptor(): number;
  /** Whether the file is still where it was opened: its folder may have been moved or deleted since. */
  isInPlace(): boolean;
  close(): void;
}

export interface OpenOptions {
  /** The profile's lock where the caller has it already. The store releases it when it is closed, the caller when it could not be opened. */
  lock?: ProfileLock;
  /** Called with a database before anything in it is changed; what it throws keeps it from being opened. */
  inspect?: (db: Db) => void;
  /** Called with a database that is about to be migrated; what it throws stops the migration before its first step. */
  beforeMigration?: (db: Db, from: number) => void;
}

/** 'FBK1', in the file's header: says that the database is a Fieldbook's. */
export const applicationId = 0x46424b31;
/** Below this, two connections could corrupt a WAL (sqlite.org, WAL-reset bug). */
const oldestSqlite = [3, 51, 3] as const;
/** In pages of 4 KiB: a long job changes the same pages over and over, which need not reach the file each time. */
export const autocheckpointPages = 16_000;
/** How long to wait for a program that looks into the database, in milliseconds. */
const lockTimeoutMs = 250;

export function bookFile(dataDir: string): string {
  return join(dataDir, 'fieldbook.db');
}

/**
 * Opens the database of a profile, creating and migrating it as needed.
 * Throws AppError `conflict` when another process has the profile, `unavailable` when its folder cannot be written or
 * the database is newer than this program or is no database; in these cases the file is left untouched.
 */
export function openStore(dataDir: string, migrationsDir: string, options: OpenOptions = {}): Store {
  prepareFolder(dataDir);
  const lock = options.lock ?? lockProfile(dataDir);
  try {
    const file = bookFile(dataDir);
    const { length: newest } = readMigrationJournal(migrationsDir);
    refuseForeignFile(file, newest);
    return createStore(openDatabase(file, migrationsDir, newest, options), file, lock);
  } catch (error) {
    if (!options.lock) lock.release();
    throw error;
  }
}

function openDatabase(file: string, migrationsDir: string, newest: number, options: OpenOptions): Db {
  const db = new Database(file, { timeout: lockTimeoutMs });
  try {
    takeExclusively(db);
    assertSqliteVersion(db);
    refuseNewer(db.pragma('user_version', { simple: true }) as number, newest);
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('checkpoint_fullfsync = ON');
    db.pragma('cache_size = -65536');
    db.pragma('temp_store = MEMORY');
    db.pragma(`wal_autocheckpoint = ${autocheckpointPages}`);
    options.inspect?.(db);
    keepPrivate(file);
    db.pragma('journal_mode = WAL');
    const applied = appliedMigrations(db);
    if (applied > 0 && applied < newest) options.beforeMigration?.(db, applied);
    update(db, migrationsDir);
    db.pragma(`application_id = ${applicationId}`);
    // The version must be in the file's header, where the next start looks before it opens the database.
    db.pragma('wal_checkpoint(TRUNCATE)');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Other users of this computer cannot read the book, wherever its folder is. The log that belongs to it gets the same rights. */
function keepPrivate(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch {
    // A disk that knows no rights, or a file that is somebody else's: its folder says who may read it.
  }
}

function update(db: Db, migrationsDir: string): void {
  try {
    migrate(db, migrationsDir);
  } catch (error) {
    if (toAppError(error).kind !== 'internal' || !(error instanceof Error)) throw error;
    throw new AppError(
      'unavailable',
      `The address book could not be updated for this Fieldbook: ${error.message}. Nothing of it was changed.`,
    );
  }
}

/** Functions for queries that SQLite has for the letters of ASCII only, or not at all; no index may be made of them. */
function addFunctions(db: Db): void {
  const ofText = (name: string, work: (text: string) => string) =>
    db.function(name, { deterministic: true }, (value: unknown) => (typeof value === 'string' ? work(value) : null));
  ofText('lowered', (text) => text.toLowerCase());
  ofText('folded', fold);
}

function createStore(db: Db, file: string, lock: ProfileLock): Store {
  addFunctions(db);
  const statements = new Map<string, Database.Statement>();
  /** Filters make statements of many shapes; beyond this the oldest is compiled again when it comes back. */
  const maxStatements = 300;
  const run = db.transaction((work: () => unknown) => work());
  const changes = db.prepare('select total_changes()').pluck();
  const descriptor = openSync(file, 'r');
  const isInPlace = watchPlace(descriptor, file);
  return {
    db,
    file,
    changes: () => changes.get() as number,
    transaction<T>(work: () => T, onDisk: 'now' | 'later' = 'now') {
      if (db.inTransaction) return work();
      if (!isInPlace()) throw bookIsGone(dirname(file));
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
    descriptor: () => descriptor,
    isInPlace,
    close() {
      if (!db.open) return;
      try {
        db.pragma('optimize');
      } catch {
        // It only makes later queries faster; a damaged or full disk must not keep the profile locked.
      }
      try {
        db.close();
        closeSync(descriptor);
      } finally {
        lock.release();
      }
    },
  };
}

/** What the first bytes of a file say of it. */
export interface Header {
  /** False for what SQLite would not take for a database; it may remove the log of such a file, so it is not even opened. */
  isSqlite: boolean;
  /** Whether it carries Fieldbook's mark; one that was never opened to its end does not. */
  isOurs: boolean;
  version: number;
}

/** Looks at the first bytes only, so that a file which is not for us is not even opened; null where there is nothing. */
export function readHeader(file: string): Header | null {
  if (!existsSync(file) || statSync(file).size === 0) return null;
  const header = Buffer.alloc(72);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return {
    isSqlite: looksLikeSqlite(header),
    isOurs: header.readUInt32BE(68) === applicationId,
    version: header.readUInt32BE(60),
  };
}

/** The fixed bytes of a header, and a size of pages that can be (https://sqlite.org/fileformat2.html#the_database_header). */
function looksLikeSqlite(header: Buffer): boolean {
  const size = header.readUInt16BE(16);
  return (
    header.toString('latin1', 0, 16) === 'SQLite format 3\0' &&
    (size === 1 || (size >= 512 && (size & (size - 1)) === 0)) &&
    header.readUInt8(18) <= 2 && header.readUInt8(19) <= 2 &&
    header.readUIntBE(21, 3) === 0x402020
  );
}

function refuseForeignFile(file: string, newest: number): void {
  const header = readHeader(file);
  if (header === null) return;
  if (!header.isSqlite) {
    throw new AppError('unavailable', `${file} is damaged or is not a Fieldbook database. It was left as it is.`);
  }
  refuseNewer(header.version, newest);
}

/** Throws AppError `unavailable` when a database of this version was made by a newer Fieldbook than this one. */
export function refuseNewer(version: number, newest: number): void {
  if (version <= newest) return;
  throw new AppError(
    'unavailable',
    `This address book was written by a newer Fieldbook (format ${version}; this program knows ${newest}). ` +
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
