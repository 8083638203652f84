import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate as drizzleMigrate } from 'drizzle-orm/better-sqlite3/migrator';

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

export function appliedMigrations(db: Database.Database): number {
  return db.prepare('select count(*) from __drizzle_migrations').pluck().get() as number;
}

/**
 * Brings the database to the newest schema.
 * Drizzle skips a migration without a word when its time is not later than the last applied one,
 * so what was applied is counted afterwards and a gap stops the start.
 */
export function migrate(db: Database.Database, migrationsDir: string, journal: readonly MigrationEntry[]): void {
  drizzleMigrate(drizzle(db), { migrationsFolder: migrationsDir });
  const applied = appliedMigrations(db);
  if (applied !== journal.length) {
    throw new Error(`${applied} of ${journal.length} migrations were applied: the journal's order is broken`);
  }
}
