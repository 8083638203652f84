import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { isDamage } from '../store/check.ts';
import { bookFile, readHeader } from '../store/open.ts';
import { withFile } from './inspect.ts';
import { flushFile, flushFolder, moveDatabase, nextBackup } from './files.ts';

/*
 * A book that is to take the place of another waits beside it under a name that says what becomes of the other: 'restored'
 * ones turn it into a backup, 'recovered' ones send it to the quarantine with all its files. The name appears only when the new book
 * is complete, and every start goes on from there: however often this is cut off, one of the two books is whole.
 */
const waiting = /^next-(restored|recovered)-([\w-]+)\.db$/;

/** Lets a complete book take the place of the present one at the next start. `stamp` names the folder in the quarantine. */
export function queueReplacement(dataDir: string, readyFile: string, fate: 'restored' | 'recovered', stamp: string): void {
  flushFile(readyFile);
  renameSync(readyFile, join(dataDir, `next-${fate}-${stamp}.db`));
  flushFolder(dataDir);
}

export function quarantineDir(dataDir: string): string {
  return join(dataDir, 'quarantine');
}

/** Puts a waiting book in its place. Only for who has the profile, while the database is closed. */
export function finishReplacement(dataDir: string, now: Date): void {
  const name = readdirSync(dataDir).find((entry) => waiting.test(entry));
  if (name === undefined) return;
  const [, fate, stamp] = waiting.exec(name) as RegExpExecArray;
  const file = bookFile(dataDir);
  if (fate === 'recovered' || !foldLog(file)) {
    const folder = join(quarantineDir(dataDir), stamp as string);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    moveDatabase(file, join(folder, 'fieldbook.db'));
    flushFolder(folder);
  } else if (existsSync(file)) {
    renameSync(file, nextBackup(dataDir, 'replaced', now));
  }
  renameSync(join(dataDir, name), file);
  flushFolder(dataDir);
}

/** Makes a database whole without its log; false when it is too damaged for that. */
function foldLog(file: string): boolean {
  const header = readHeader(file);
  if (header === null) return true;
  if (!header.isSqlite) return false;
  try {
    withFile(file, false, (db) => db.pragma('journal_mode = DELETE'));
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}
