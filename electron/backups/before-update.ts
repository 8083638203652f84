import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, toAppError } from '../../shared/errors.ts';
import { DamageFound } from '../store/check.ts';
import type { Db } from '../store/open.ts';
import { flushFile, flushFolder, listBackups, nextBackup, removeDatabase } from './files.ts';
import { checkFile } from './inspect.ts';
import { superfluous } from './rotation.ts';

/** Writes a database into a new file, without what was deleted in it. */
export type VacuumInto = (db: Db, file: string) => void;

const vacuumWithSqlite: VacuumInto = (db, file) => void db.prepare('vacuum into ?').run(file);

/**
 * Makes a checked backup of a book whose format is about to change. Nobody uses the book yet, so it is done at one go.
 * Throws, and the book is not changed, when the disk has no room for it or the copy is not sound.
 */
export function backUpBeforeUpdate(db: Db, dataDir: string, now: Date, vacuumInto = vacuumWithSqlite): void {
  const file = nextBackup(dataDir, 'update', now);
  const part = `${file}.part`;
  removeDatabase(part);
  try {
    vacuumInto(db, part);
    flushFile(part);
    const { soundness, messages } = checkFile(part);
    if (soundness === 'tables') throw new DamageFound(messages);
  } catch (error) {
    removeDatabase(part);
    if (toAppError(error).kind !== 'diskFull') throw error;
    throw new AppError(
      'diskFull',
      'The address book has to be updated for this Fieldbook, and the disk has no room for the backup that is made before. ' +
        'Free some space and start again; nothing was changed.',
    );
  }
  renameSync(part, file);
  flushFolder(dirname(file));
  for (const old of superfluous(listBackups(dataDir))) removeDatabase(old.file);
}
