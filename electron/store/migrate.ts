import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { AppError } from '../../shared/errors.ts';

export interface MigrationEntry {
  idx: number;
  when: number;
  tag: string;
}

/** The migrations this program knows, in order, from drizzle-kit's journal. */
export function readMigrationJournal(migrationsDir: string): MigrationEntry[] {
  const journal = JSON.parse(readFileSync(join(migrationsDir, 'meta', '_journal.json'), 'utf8')) as {
    entries: MigrationEntry[];
  };
  return journal.entries;
}

/** How many migrations a database has had; 0 for a new one. */
export function appliedMigrations(db: Database.Database): number {
  return appliedSteps(db).length;
}

/**
 * Brings the database to the schema after the first `upTo` migrations, or to the newest. Each step is one transaction
 * with its foreign keys checked and its number written down: whatever happens, the database is at one of the steps.
 * Throws, with the step rolled back, when one fails, and AppError `unavailable` when the migrations that the database has had
 * are not those that this program begins with.
 */
export function migrate(db: Database.Database, migrationsDir: string, upTo = Infinity): void {
  const steps = readMigrationFiles({ migrationsFolder: migrationsDir });
  db.exec('create table if not exists "__drizzle_migrations" (id serial primary key, hash text not null, created_at numeric)');
  const applied = appliedSteps(db);
  // Either is enough: one damaged byte does not make it another program's book.
  if (applied.some(({ hash, time }, index) => time !== steps[index]?.folderMillis && hash !== steps[index]?.hash)) {
    throw new AppError('unavailable', 'This address book was changed by another build of Fieldbook. It was left as it is.');
  }
  const note = db.prepare('insert into "__drizzle_migrations" (hash, created_at) values (?, ?)');
  // Steps that make a table anew could not do so otherwise; within a transaction the setting has no effect.
  const enforced = db.pragma('foreign_keys', { simple: true }) as number;
  db.pragma('foreign_keys = OFF');
  try {
    for (let index = applied.length; index < Math.min(steps.length, upTo); index += 1) {
      const { sql, hash, folderMillis } = steps[index] as (typeof steps)[number];
      db.transaction(() => {
        for (const statement of sql) db.exec(statement);
        const broken = db.pragma('foreign_key_check') as unknown[];
        if (broken.length > 0) throw new Error(`Step ${index + 1} leaves ${broken.length} rows that refer to nothing`);
        note.run(hash, folderMillis);
        db.pragma(`user_version = ${index + 1}`);
      }).immediate();
    }
  } finally {
    db.pragma(`foreign_keys = ${enforced}`);
  }
}

function appliedSteps(db: Database.Database): { hash: string; time: number }[] {
  const exists = db.prepare(`select 1 from sqlite_schema where name = '__drizzle_migrations'`).get();
  if (!exists) return [];
  const rows = db.prepare('select hash, created_at from "__drizzle_migrations" order by rowid').raw().all() as [string, number][];
  return rows.map(([hash, time]) => ({ hash, time: Number(time) }));
}
