import Database from 'better-sqlite3';

/**
 * What a check came to. `search`: only the search index is damaged, which can be made anew from the contacts.
 * `indexes`: only what SQLite can make anew from the tables. `tables`: contacts themselves may be lost.
 */
export type Soundness = 'sound' | 'search' | 'indexes' | 'tables';

export interface CheckResult {
  soundness: Soundness;
  /** What SQLite said about it, for the report. */
  messages: string[];
}

/** Whether an error says that the file is damaged, rather than that something was asked wrongly. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return false;
  // No value of a book comes near SQLite's limit: a row that says so has a damaged length.
  return error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB' || error.code === 'SQLITE_TOOBIG';
}

/** Whether rows contradict each other, which only damage can bring about: no index can be made of them. */
export function isContradiction(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT');
}

/** Whether what is always asked right was not understood: the names of tables and columns in the file are damaged then. */
export function isSchemaDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR';
}

/** A check found damage. `isOnlyIndexes` when SQLite can still read every row of every table. */
export class DamageFound extends Error {
  readonly messages: readonly string[];
  readonly isOnlyIndexes: boolean;

  constructor(messages: readonly string[], isOnlyIndexes = false) {
    super('The database is damaged');
    this.messages = messages;
    this.isOnlyIndexes = isOnlyIndexes;
  }
}

/** What an error says about damage of the file, or null when it is about something else. */
export function damageIn(error: unknown): readonly string[] | null {
  if (error instanceof DamageFound) return error.messages;
  return (isDamage(error) || isSchemaDamage(error)) && error instanceof Error ? [error.message] : null;
}

const searchTable = 'contact_search';
const maxMessages = 100;

/** Reads the whole database and says whether it is sound. Costs about a second for each gigabyte of a fast disk. */
export function checkBook(db: Database.Database): CheckResult {
  const found = messagesOf(() => (db.pragma(`integrity_check(${maxMessages})`) as { integrity_check: string }[]).map((row) => row.integrity_check));
  const messages = found.flatMap((message) => message.split('\n')).filter((line) => line !== 'ok' && !line.startsWith('***'));
  if (messages.length === 0) {
    const search = messagesOf(() => checkSearch(db));
    return { soundness: search.length === 0 ? 'sound' : 'search', messages: search };
  }
  const soundness = worst(messages, ownerOfRoots(db));
  // Where the check itself breaks off, it says nothing about the place.
  return { soundness: soundness === 'tables' && messages.every(isVague) && canReadTables(db) ? 'indexes' : soundness, messages };
}

const isVague = (message: string): boolean => message === 'database disk image is malformed' || message.startsWith('fts5:');

/** Whether every row of every table with somebody's data can be read, without the help of any index. */
function canReadTables(db: Database.Database): boolean {
  try {
    const names = db.prepare(`select name from sqlite_schema where type = 'table' and name not like '${searchTable}%'`).pluck().all() as string[];
    for (const name of names) for (const _row of db.prepare(`select * from "${name}" not indexed`).raw().iterate());
    return true;
  } catch (error) {
    if (isDamage(error) || isSchemaDamage(error)) return false;
    throw error;
  }
}

function checkSearch(db: Database.Database): string[] {
  const exists = db.prepare('select 1 from sqlite_schema where name = ?').get(searchTable);
  if (exists) db.prepare(`insert into ${searchTable} (${searchTable}) values ('integrity-check')`).run();
  return [];
}

function messagesOf(work: () => string[]): string[] {
  try {
    return work();
  } catch (error) {
    const messages = damageIn(error);
    if (messages === null) throw error;
    return [...messages];
  }
}

/** Whom the tree that begins at a page belongs to. */
type Roots = ReadonlyMap<number, Soundness>;

function ownerOfRoots(db: Database.Database): Roots {
  try {
    const rows = db.prepare('select type, name, tbl_name, rootpage from sqlite_schema where rootpage > 0').raw().all() as [string, string, string, number][];
    return new Map(rows.map(([type, name, table, root]) => [root, table.startsWith(searchTable) || name.startsWith(searchTable) ? 'search' : type === 'index' ? 'indexes' : 'tables']));
  } catch {
    return new Map();
  }
}

function worst(messages: readonly string[], roots: Roots): Soundness {
  const all = new Set(messages.map((message) => concernOf(message, roots)));
  if (all.has('tables')) return 'tables';
  return all.has('indexes') ? 'indexes' : 'search';
}

/** Whatever is not known to concern an index only is taken to concern the contacts. */
function concernOf(message: string, roots: Roots): Soundness {
  const [, root] = /^Tree (\d+) page/.exec(message) ?? [];
  if (root !== undefined) return roots.get(Number(root)) ?? 'tables';
  if (message.includes(searchTable)) return 'search';
  return /^(row \d+ missing from index|wrong # of entries in index|non-unique entry in index|row \d+ values differ from index)/.test(message)
    ? 'indexes'
    : 'tables';
}
