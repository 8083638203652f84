import { copyFileSync } from 'node:fs';
import { planRecovery } from '../recovery/plan.ts';
import { copyDatabase } from './copy-book.ts';
import { flushFile } from './files.ts';
import { checkFile, makeReady, withFile } from './inspect.ts';

/*
 * What is done to whole files, in a thread of its own: reading a large book to its end takes seconds.
 */
export const tasks = {
  /** Copies a book that is in use, checks the copy and makes it whole without a log. */
  copy({ descriptor, log, target }: { descriptor: number; log: string; target: string }) {
    copyDatabase(descriptor, log, target);
    const checked = checkFile(target);
    if (checked.soundness === 'sound') {
      withFile(target, false, (db) => db.pragma('journal_mode = DELETE'));
      flushFile(target);
    }
    return checked;
  },

  /** Copies a backup and makes the copy ready to be the book. */
  stage({ source, target, migrationsDir }: { source: string; target: string; migrationsDir: string }) {
    copyFileSync(source, target);
    return makeReady(target, migrationsDir);
  },

  /** Takes out of a copy what gives access to anything, and what was deleted before. */
  strip({ file }: { file: string }) {
    withFile(file, false, (db) => {
      db.pragma('journal_mode = DELETE');
      for (const table of secretTables) db.exec(`delete from "${table}"`);
      db.exec('vacuum');
    });
  },

  planRecovery,
};

export type Tasks = typeof tasks;

/** Digests of tokens, and answers kept for their programs. The password of a linked account is never in the book. */
const secretTables = ['token', 'idempotency'];
