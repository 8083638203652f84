import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { flushFile } from '../backups/files.ts';
import { migrate, readMigrationJournal } from '../store/migrate.ts';
import { applicationId } from '../store/open.ts';
import { openPages, type Pages } from './pages.ts';
import { readSchema, tablesOf, type Table } from './salvage-schema.ts';
import { isLeaf, leavesOf, readLeaf, type StoredRow, type StoredValue } from './tree.ts';

/** A row that was read but could not be put into the new book. */
export interface Unplaced {
  table: string;
  reason: string;
  values: Record<string, string | number | null>;
}

/** What could be read of a damaged book. */
export interface Salvage {
  /** The new book. */
  file: string;
  contacts: number;
  trashed: number;
  tables: { name: string; kept: number; unreadable: number }[];
  unplaced: Unplaced[];
  /** Links of contacts to what is gone. */
  lostLinks: number;
  /** How many contacts the book itself said it had, where that could be read. */
  expected: number | null;
  /** Parts of tables that could not be reached, so that nobody knows how many rows were in them. */
  damagedParts: number;
}

/** Whether everything that was in the book is in the new one. */
export function isComplete({ contacts, trashed, expected, tables, unplaced, damagedParts }: Salvage): boolean {
  if (expected !== null && contacts + trashed < expected) return false;
  return unplaced.length === 0 && damagedParts === 0 && tables.every(({ unreadable }) => unreadable === 0);
}

/**
 * Copies a damaged book row by row into a new file, page by page and without SQLite, which stops at the first damage it
 * meets. The damaged file is only read. Indexes are built anew, the search index is left to be filled at the next start.
 */
export function salvage(damaged: string, target: string, migrationsDir: string): Salvage {
  rmSync(target, { force: true });
  const pages = openPages(damaged);
  const db = new Database(target);
  try {
    db.pragma('journal_mode = MEMORY');
    db.pragma('synchronous = OFF');
    db.pragma('foreign_keys = OFF');
    const { length: newest } = readMigrationJournal(migrationsDir);
    const version = pages.read(1)?.readUInt32BE(60) ?? 0;
    migrate(db, migrationsDir, version >= 1 && version <= newest ? version : newest);
    const found = db.transaction(() => copyTables(pages, db))();
    migrate(db, migrationsDir);
    db.pragma(`application_id = ${applicationId}`);
    return { file: target, ...found };
  } finally {
    db.close();
    pages.close();
    flushFile(target);
  }
}

function copyTables(pages: Pages, db: Database.Database): Omit<Salvage, 'file'> {
  const schema = readSchema(pages);
  const visited = new Set<number>();
  const outcome: Omit<Salvage, 'file'> = { contacts: 0, trashed: 0, tables: [], unplaced: [], lostLinks: 0, damagedParts: 0, expected: null };
  const broken: Table[] = [];
  const copies = tablesOf(db).map((table) => createCopy(db, table, schema.lastRowids.get(table.name), outcome));

  for (const copy of copies) {
    const root = schema.roots.get(copy.table.name);
    const before = outcome.damagedParts;
    const onDamage = () => (outcome.damagedParts += 1);
    if (root === undefined) onDamage();
    else for (const page of leavesOf(pages, root, visited, onDamage)) copy.page(pages, page);
    if (outcome.damagedParts > before) broken.push(copy.table);
  }
  if (broken.length > 0) {
    for (const root of schema.otherRoots) for (const _page of leavesOf(pages, root, visited, () => undefined));
    copyStrays(pages, schema.free, visited, copies.filter(({ table }) => broken.includes(table)));
  }
  for (const copy of copies) outcome.tables.push(copy.end());
  outcome.lostLinks = dropLooseEnds(db);
  outcome.expected = keptCount(db);
  Object.assign(outcome, countAnew(db));
  return outcome;
}

/** Leaves that no tree leads to any more: their rows go to the one broken table that they fit. */
function copyStrays(pages: Pages, free: ReadonlySet<number>, visited: ReadonlySet<number>, copies: readonly Copy[]): void {
  for (let number = 2; number <= pages.count; number += 1) {
    if (visited.has(number) || free.has(number) || !isLeaf(pages, number)) continue;
    const [first] = readLeaf(pages, number).rows;
    const fitting = first ? copies.filter(({ table }) => fits(table, first)) : [];
    if (fitting.length === 1) fitting[0]?.page(pages, number);
  }
}

function fits({ columns }: Table, { values }: StoredRow): boolean {
  return values.length === columns.length && columns.every(({ type, required, isRowid }, index) => {
    const value = values[index] ?? null;
    if (isRowid) return value === null;
    if (value === null) return !required;
    if (type === 'TEXT') return typeof value === 'string';
    return type === 'BLOB' ? Buffer.isBuffer(value) : typeof value === 'number';
  });
}

interface Copy {
  table: Table;
  page(pages: Pages, number: number): void;
  end(): { name: string; kept: number; unreadable: number };
}

/** Puts the rows of one table into the new book. `last` is the highest number that its rows were ever given. */
function createCopy(db: Database.Database, table: Table, last: number | undefined, outcome: Pick<Salvage, 'unplaced'>): Copy {
  const { name, columns } = table;
  const hasId = columns.some((column) => column.name === 'id');
  const inserts = new Map<string, Database.Statement>();
  let kept = 0;
  let unreadable = 0;
  db.prepare(`delete from "${name}"`).run();

  function insert(row: StoredRow, numbered: boolean): void {
    const given = columns.slice(0, row.values.length).map((column, index) => ({ column, value: column.isRowid ? row.rowid : row.values[index] }));
    const used = numbered ? given : given.filter(({ column }) => !column.isRowid);
    const names = used.map(({ column }) => `"${column.name}"`).join(', ');
    const sql = `insert into "${name}" (${names}) values (${used.map(() => '?').join(', ')})`;
    let statement = inserts.get(sql);
    if (!statement) inserts.set(sql, (statement = db.prepare(sql)));
    statement.run(used.map(({ value }) => value));
  }

  function place(row: StoredRow): void {
    try {
      // A row whose number was damaged is still somebody's contact: it gets a new one.
      insert(row, !hasId || last === undefined || row.rowid <= last);
      kept += 1;
    } catch (error) {
      if (hasId && renumber(row)) kept += 1;
      else outcome.unplaced.push({ table: name, reason: error instanceof Error ? error.message : String(error), values: readable(columns, row) });
    }
  }

  function renumber(row: StoredRow): boolean {
    try {
      insert(row, false);
      return true;
    } catch {
      return false;
    }
  }

  return {
    table,
    page(pages, number) {
      const reading = readLeaf(pages, number);
      unreadable += reading.unreadable;
      for (const row of reading.rows) place(row);
    },
    end() {
      if (last !== undefined) {
        db.prepare('delete from sqlite_sequence where name = ? and seq < ?').run(name, last);
        db.prepare('insert into sqlite_sequence (name, seq) select ?, ? where not exists (select 1 from sqlite_sequence where name = ?)').run(name, last, name);
      }
      return { name, kept, unreadable };
    },
  };
}

/** The columns of a row that a person could make use of. */
function readable(columns: Table['columns'], row: StoredRow): Unplaced['values'] {
  const isPlain = (value: StoredValue | undefined): value is string | number => typeof value === 'string' || typeof value === 'number';
  return Object.fromEntries(columns.flatMap(({ name }, index) => {
    const value = row.values[index];
    return isPlain(value) ? [[name, value]] : [];
  }));
}

/** Takes out, or empties, what refers to a row that is gone; answers how many there were. */
function dropLooseEnds(db: Database.Database): number {
  const loose = db.pragma('foreign_key_check') as { table: string; rowid: number; fkid: number }[];
  for (const { table, rowid, fkid } of loose) {
    const keys = db.pragma(`foreign_key_list("${table}")`) as { id: number; from: string; on_delete: string }[];
    const key = keys.find(({ id }) => id === fkid);
    if (key?.on_delete === 'SET NULL') db.prepare(`update "${table}" set "${key.from}" = null where rowid = ?`).run(rowid);
    else db.prepare(`delete from "${table}" where rowid = ?`).run(rowid);
  }
  return loose.length;
}

function keptCount(db: Database.Database): number | null {
  const kept = db.prepare(`select value from setting where key in ('count.live', 'count.trashed')`).pluck().all().map(Number);
  return kept.length > 0 && kept.every(Number.isSafeInteger) ? kept.reduce((sum, count) => sum + count, 0) : null;
}

/** The kept counts are counted anew, and the search index is noted to be made anew. */
function countAnew(db: Database.Database): { contacts: number; trashed: number } {
  const count = (where: string) => db.prepare(`select count(*) from contact where ${where}`).pluck().get() as number;
  const found = { contacts: count('deleted_at is null'), trashed: count('deleted_at is not null') };
  const set = db.prepare('insert or replace into setting (key, value) values (?, ?)');
  set.run('count.live', String(found.contacts));
  set.run('count.trashed', String(found.trashed));
  set.run('reindex.after', '0');
  return found;
}
