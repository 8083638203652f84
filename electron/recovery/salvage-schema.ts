import type Database from 'better-sqlite3';
import type { Pages } from './pages.ts';
import { leavesOf, readLeaf } from './tree.ts';

/** A table of the new book that rows are copied into. */
export interface Table {
  name: string;
  columns: { name: string; type: string; required: boolean; isRowid: boolean }[];
}

/** Where things are in a damaged file, as far as it still says so. */
export interface DamagedSchema {
  /** The first page of each table. */
  roots: ReadonlyMap<string, number>;
  /** The first pages of the tables that are not copied. */
  otherRoots: readonly number[];
  /** The highest number that a table's rows were given. */
  lastRowids: ReadonlyMap<string, number>;
  /** Pages that hold nothing but what was deleted. */
  free: ReadonlySet<number>;
}

/** Made by the program itself, or made anew: the search index and the list of migrations. */
const notCopied = /^(sqlite_|__drizzle_|contact_search)/;

/** The tables of a sound database that hold somebody's data. */
export function tablesOf(db: Database.Database): Table[] {
  const names = db.prepare(`select name from sqlite_schema where type = 'table' order by rowid`).pluck().all() as string[];
  return names.filter((name) => !notCopied.test(name)).map((name) => {
    const columns = db.pragma(`table_info("${name}")`) as { name: string; type: string; notnull: number; pk: number }[];
    const keys = columns.filter(({ pk }) => pk > 0);
    return {
      name,
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type.toUpperCase(),
        required: column.notnull === 1,
        isRowid: column.pk === 1 && keys.length === 1 && column.type.toUpperCase() === 'INTEGER',
      })),
    };
  });
}

/** Reads the list of tables of a damaged file, without what of it is damaged. */
export function readSchema(pages: Pages): DamagedSchema {
  const roots = new Map<string, number>();
  const otherRoots: number[] = [];
  for (const [type, name, , root] of rowsOf(pages, 1)) {
    if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number' || root < 2) continue;
    if (notCopied.test(name)) otherRoots.push(root);
    roots.set(name, root);
  }
  const sequence = roots.get('sqlite_sequence');
  const lastRowids = new Map<string, number>();
  for (const [name, last] of sequence === undefined ? [] : rowsOf(pages, sequence)) {
    if (typeof name === 'string' && typeof last === 'number' && last > 0) lastRowids.set(name, last);
  }
  return { roots, otherRoots, lastRowids, free: freePages(pages) };
}

function* rowsOf(pages: Pages, root: number) {
  for (const page of leavesOf(pages, root, new Set(), () => undefined)) {
    for (const { values } of readLeaf(pages, page).rows) yield values;
  }
}

/** The list of free pages: a chain of pages that name others. */
function freePages(pages: Pages): Set<number> {
  const free = new Set<number>();
  let trunk = pages.read(1)?.readUInt32BE(32) ?? 0;
  for (let page = pages.read(trunk); page && !free.has(trunk); page = pages.read(trunk)) {
    free.add(trunk);
    const count = Math.min(page.readUInt32BE(4), Math.floor(page.length / 4) - 2);
    for (let index = 0; index < count; index += 1) free.add(page.readUInt32BE(8 + index * 4));
    trunk = page.readUInt32BE(0);
  }
  return free;
}
