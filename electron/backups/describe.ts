import type { Backup } from '../../shared/operations/backups.ts';
import type { BackupFile } from './files.ts';
import { withFile } from './inspect.ts';

/** A backup with the number of its contacts, which is read from the file: null where that cannot be done. */
export function describe({ id, file, madeAt, kind, bytes }: BackupFile): Backup {
  return { id, madeAt, kind, bytes, contacts: liveContacts(file) };
}

function liveContacts(file: string): number | null {
  try {
    const kept = withFile(file, true, (db) => db.prepare(`select value from setting where key = 'count.live'`).pluck().get());
    return Number(kept ?? 0);
  } catch {
    return null;
  }
}
