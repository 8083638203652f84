import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Notice } from '../../shared/operations/backups.ts';
import { listBackups, sweepUnfinished } from '../backups/files.ts';
import { clearSearch } from '../backups/inspect.ts';
import { finishReplacement } from '../backups/replace.ts';
import { backUpBeforeUpdate, type VacuumInto } from '../backups/before-update.ts';
import type { RunTask } from '../backups/run-task.ts';
import { readControl } from '../control-file.ts';
import { checkBook, damageIn, DamageFound, isContradiction, isDamage, isSchemaDamage } from '../store/check.ts';
import { freeBytes, prepareFolder } from '../store/folder.ts';
import { lockFile, lockProfile, type ProfileLock } from '../store/lock.ts';
import { appliedMigrations, migrate } from '../store/migrate.ts';
import { bookFile, openStore, readHeader, type Db, type Store } from '../store/open.ts';
import { syncedFolderOf } from '../store/synced-folder.ts';
import { DamagedBook } from './damaged-book.ts';
import type { RecoveryPlan } from './plan.ts';
import { recover, type Choose } from './recover.ts';
import { isComplete } from './salvage.ts';

export interface StartConfig {
  dataDir: string;
  migrationsDir: string;
  clock: () => Date;
  run: RunTask;
  /** Without it a damaged book is left as it is, and the start ends with DamagedBook. */
  choose?: Choose | undefined;
  /** The book was found to be damaged: it is checked however large it is. */
  suspect?: boolean | undefined;
  /** Of the disk that a folder is on; tests pass others. */
  freeBytes?: (folder: string) => number;
  /** Writes the copy that is kept before an update; tests pass one that fails. */
  vacuumInto?: VacuumInto;
}

export interface StartedStore {
  store: Store;
  /** What the person should know of this start. */
  notices: Notice[];
}

/**
 * A check takes time that grows with the book, and nobody should wait for the check of what is most likely sound: up to this
 * size it is not noticed. Larger books are checked by the copy that is made of them soon after the start.
 */
const checkedAtStartBytes = 32 * 1024 * 1024;
const spareBytes = 100 * 1024 * 1024;
/** A format beyond this is no newer Fieldbook's but a damaged number. */
const likelyFormats = 10_000;

/**
 * Opens the book of a profile so that nothing is lost whatever was the matter: a folder that can be written, the lock, a
 * replacement that was cut off, room on the disk, a check, a backup before a migration, the migration.
 * Throws AppError `conflict` naming the process that has the profile, `unavailable` or `diskFull` with the reason why the
 * book cannot be opened, and DamagedBook. In all these cases the book is as it was.
 */
export async function startStore(config: StartConfig): Promise<StartedStore> {
  const { dataDir, clock, choose } = config;
  try {
    prepareFolder(dataDir);
  } catch (error) {
    // Whoever has the profile is told before what is the matter with its folder: the owner may work there all the same.
    refuseIfTaken(dataDir);
    throw error;
  }
  const lock = takeProfile(dataDir);
  try {
    sweepUnfinished(dataDir);
    finishReplacement(dataDir, clock());
    const notices = surroundings(config);
    try {
      return { store: openChecked(config, lock, notices), notices };
    } catch (error) {
      const messages = damageIn(error);
      if (messages === null) throw error;
      const isLossless = error instanceof DamageFound && error.isOnlyIndexes;
      if (!choose && !isLossless) throw new DamagedBook(dataDir, 'notAsked', { cause: error });
      await recover({ ...config, choose: (plan) => choiceFor(plan, isLossless, choose) }, messages);
      return { store: openChecked(config, lock, notices), notices };
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Where nothing is lost, there is nothing to ask. */
function choiceFor(plan: RecoveryPlan, isLossless: boolean, choose: Choose | undefined): ReturnType<Choose> {
  if (isLossless && plan.salvage && isComplete(plan.salvage)) return 'salvage';
  return choose?.(plan) ?? null;
}

function takeProfile(dataDir: string): ProfileLock {
  try {
    return lockProfile(dataDir);
  } catch (error) {
    if (toAppError(error).kind !== 'conflict') throw error;
    const owner = readControl(dataDir)?.pid;
    throw new AppError('conflict', `The profile ${dataDir} is in use by ${owner === undefined ? 'another process' : `process ${owner}`}.`);
  }
}

/** Throws AppError `conflict` when another process has the profile; whatever else is in the way is not asked about. */
function refuseIfTaken(dataDir: string): void {
  if (!existsSync(lockFile(dataDir))) return;
  try {
    takeProfile(dataDir).release();
  } catch (error) {
    if (toAppError(error).kind === 'conflict') throw error;
  }
}

function openChecked(config: StartConfig, lock: ProfileLock, notices: Notice[]): Store {
  const { dataDir, migrationsDir, clock, vacuumInto } = config;
  const file = bookFile(dataDir);
  refuseToBeginAnew(dataDir, file);
  return openStore(dataDir, migrationsDir, {
    lock,
    inspect(db) {
      if (config.suspect !== true && statSync(file).size > checkedAtStartBytes) return;
      // Before a repair: what goes to the quarantine is as it was.
      if (config.suspect === true && !hasItsSchema(db, migrationsDir)) throw new DamageFound(['The names of tables or columns are damaged.']);
      if (repairIndexes(db)) notices.push(repaired);
    },
    beforeMigration: (db) => backUpBeforeUpdate(db, dataDir, clock(), vacuumInto),
  });
}

/** A book that is overwritten, or is gone while there are backups, is not a new one. */
function refuseToBeginAnew(dataDir: string, file: string): void {
  const header = readHeader(file);
  if (header?.isSqlite && header.version <= likelyFormats) return;
  if (header !== null) throw new DamageFound(['The file does not begin as a database does.']);
  if (listBackups(dataDir).length > 0) throw new DamageFound(['The file is missing or empty.']);
}

/** Makes anew what follows from the tables, if that is all that is damaged; answers whether anything was. */
function repairIndexes(db: Db): boolean {
  const { soundness, messages } = checkBook(db);
  if (soundness === 'sound') return false;
  if (soundness === 'tables') throw new DamageFound(messages);
  try {
    // All or nothing: a damaged file goes to the quarantine as it was.
    db.transaction(() => {
      if (soundness === 'indexes') db.exec('reindex');
      if (checkBook(db).soundness === 'search') clearSearch(db);
      const after = checkBook(db);
      if (after.soundness !== 'sound') throw new DamageFound(messages, after.soundness !== 'tables');
    }).immediate();
  } catch (error) {
    // So damaged that it cannot even be thrown away: only a new file helps.
    if (isDamage(error)) throw new DamageFound(messages, true);
    if (isContradiction(error) || isSchemaDamage(error)) throw new DamageFound(messages);
    throw error;
  }
  return true;
}

/** Whether a book's tables and indexes are exactly those that its migrations make. */
function hasItsSchema(db: Db, migrationsDir: string): boolean {
  const applied = appliedMigrations(db);
  if (applied === 0) return true;
  const fresh = new Database(':memory:');
  try {
    migrate(fresh, migrationsDir, applied);
    const [schema, expected] = [db, fresh].map((one) => JSON.stringify(
      one.prepare(`select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite_%' order by type, name`).raw().all(),
    ));
    return schema === expected;
  } finally {
    fresh.close();
  }
}

const repaired: Notice = {
  id: 'repaired',
  kind: 'repaired',
  title: 'An index was repaired',
  message: 'The index of the address book was damaged and has been made anew from the contacts. Nothing was lost.',
  hasReport: false,
};

/** What around the book could endanger it. */
function surroundings({ dataDir, freeBytes: free = freeBytes }: StartConfig): Notice[] {
  const notices: Notice[] = [];
  const service = syncedFolderOf(dataDir);
  if (service !== null) {
    notices.push({
      id: `syncedFolder:${service}`,
      kind: 'syncedFolder',
      title: `The book is in ${service}`,
      message:
        `${dataDir} is also written by ${service}, which can damage an address book that is open. ` +
        'Move the folder to this computer’s own disk, and keep a file of the whole book there instead (Settings, Backups).',
      hasReport: false,
    });
  }
  const bytes = statSync(bookFile(dataDir), { throwIfNoEntry: false })?.size ?? 0;
  if (free(dataDir) < 2 * bytes + spareBytes) {
    notices.push({
      id: 'lowDisk',
      kind: 'lowDisk',
      title: 'The disk is nearly full',
      message: `${megabytes(free(dataDir))} are left on the disk of the address book. Backups need more: free some space.`,
      hasReport: false,
    });
  }
  return notices;
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1_000_000).toLocaleString('en')} MB`;
}
