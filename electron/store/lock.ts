import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';

/** The right to a profile's files, until it is released or the process ends. */
export interface ProfileLock {
  release(): void;
}

/** How long to wait for a profile that another process may be about to leave, in milliseconds. */
const waitMs = 250;

export function lockFile(dataDir: string): string {
  return join(dataDir, 'fieldbook.lock');
}

/**
 * Takes a profile for this process. The lock is on a file of its own, so that it outlasts what happens to the database:
 * a restored or repaired one takes its place while the lock is held. The kernel lets go of it when the process ends,
 * however it ends, and nothing is left behind that could be stale.
 * Throws AppError `conflict` when another process has the profile.
 */
export function lockProfile(dataDir: string): ProfileLock {
  // An empty SQLite database: the same locks as on the book, on every system.
  const holder = new Database(lockFile(dataDir), { timeout: waitMs });
  try {
    takeExclusively(holder);
  } catch (error) {
    holder.close();
    throw error;
  }
  return { release: () => holder.close() };
}

/** An exclusive lock held by a connection until it is closed. Throws AppError `conflict` when there is another. */
export function takeExclusively(db: Database.Database): void {
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
