import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listBackups } from '../backups/files.ts';
import { checkFile } from '../backups/inspect.ts';
import { isDamage } from '../store/check.ts';
import { bookFile } from '../store/open.ts';
import { isComplete, salvage, type Salvage } from './salvage.ts';
import { fillSettings, missingContacts, type Missing } from './missing.ts';

/** A backup that could take the place of a damaged book. */
export interface SoundBackup {
  id: string;
  file: string;
  madeAt: string;
  contacts: number;
  trashed: number;
}

/** What can be had instead of a damaged book, and which of it is better. */
export interface RecoveryPlan {
  salvage: Salvage | null;
  backup: SoundBackup | null;
  better: 'salvage' | 'backup' | null;
  /** Contacts of the backup that are not in what was read. */
  missing: Missing;
}

/** Reads what can be read of a damaged book into a new file, and looks for the newest backup that is whole. */
export function planRecovery({ dataDir, migrationsDir }: { dataDir: string; migrationsDir: string }): RecoveryPlan {
  const read = existsSync(bookFile(dataDir)) ? trySalvage(dataDir, migrationsDir) : null;
  const backup = newestSound(dataDir);
  if (read && backup) fillSettings(read.file, backup.file);
  return {
    salvage: read,
    backup,
    better: better(read, backup),
    missing: read && backup ? missingContacts(read.file, backup.file) : { total: 0, names: [] },
  };
}

function trySalvage(dataDir: string, migrationsDir: string): Salvage | null {
  try {
    return salvage(bookFile(dataDir), join(dataDir, 'salvaged.part'), migrationsDir);
  } catch (error) {
    // What stops the reading of a file that is damaged enough is no more than that.
    if (isDamage(error) || error instanceof RangeError) return null;
    throw error;
  }
}

function newestSound(dataDir: string): SoundBackup | null {
  for (const { id, file, madeAt, kind } of listBackups(dataDir)) {
    if (kind === 'salvaged') continue;
    const { soundness, contacts, trashed } = checkFile(file);
    if (soundness === 'sound' || soundness === 'search') return { id, file, madeAt, contacts, trashed };
  }
  return null;
}

/** What was read is newer, so it is better unless the backup has more. An empty book is never better than a damaged one. */
export function better(read: Salvage | null, backup: Pick<SoundBackup, 'contacts' | 'trashed'> | null): RecoveryPlan['better'] {
  const found = read === null ? 0 : read.contacts + read.trashed;
  if (read !== null && isComplete(read)) return 'salvage';
  const saved = backup === null ? 0 : backup.contacts + backup.trashed;
  if (found === 0 && saved === 0) return null;
  return found >= saved ? 'salvage' : 'backup';
}
