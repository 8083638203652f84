import type { Store } from '../store/open.ts';
import type { ContactReader } from './reader.ts';
import { derivedColumns, parseExtra, type ContactRecord } from './record.ts';
import { searchTokens } from './search-tokens.ts';
import { selectContact } from './writer.ts';

export interface Reindexer {
  /** Derives all contacts anew, in slices; a run that is going on starts over. */
  start(): void;
  /** Goes on where a run was cut off by the end of the program; derives anew what an older version derived. */
  resume(): void;
}

export interface ReindexDeps {
  store: Store;
  reader: ContactReader;
  region: () => string;
  /** Told after each commit. */
  onCommit?: () => void;
}

const contactsInSlice = 40;
const progressKey = 'reindex.after';
const versionKey = 'reindex.version';
/** Raised when `derivedColumns` or `searchTokens` give something else than before. */
const derivedVersion = '2';

/**
 * What follows from a contact's fields (search words, phone key, sort keys) depends on the country of phones:
 * when that changes, it is derived again. The contacts themselves do not change, nor does their rev.
 */
export function createReindexer({ store, reader, region, onCommit }: ReindexDeps): Reindexer {
  const progress = () => store.statement('select value from setting where key = ?').pluck().get(progressKey) as string | undefined;
  const note = (no: number) =>
    store.statement('insert or replace into setting (key, value) values (?, ?)').run(progressKey, String(no));
  const isCurrent = () =>
    store.statement('select value from setting where key = ?').pluck().get(versionKey) === derivedVersion;
  const noteVersion = () =>
    store.statement('insert or replace into setting (key, value) values (?, ?)').run(versionKey, derivedVersion);
  let running = false;
  // A new book has nothing that an older version derived.
  if (!isCurrent() && store.statement('select 1 from contact limit 1').get() === undefined) noteVersion();

  function slice(): void {
    if (!store.db.open) return;
    const after = progress();
    const records =
      after === undefined
        ? []
        : (store.statement(`${selectContact} where no > ? order by no limit ?`).all(Number(after), contactsInSlice) as ContactRecord[]);
    const last = records.at(-1);
    if (!last) {
      store.statement('delete from setting where key = ?').run(progressKey);
      running = false;
      return;
    }
    store.transaction(() => {
      const nos = records.map(({ no }) => no);
      const links = { tags: reader.links('tags', nos), members: reader.links('members', nos), projects: reader.links('projects', nos) };
      for (const record of records) {
        const extra = parseExtra(record);
        const derived = derivedColumns(record, extra, region());
        store
          .statement('update contact set company = ?, sort_name = ?, sort_place = ?, phone_key = ? where no = ?')
          .run(derived.company, derived.sortName, derived.sortPlace, derived.phoneKey, record.no);
        if (record.deletedAt !== null) continue;
        const of = (set: keyof typeof links) => links[set].get(record.no) ?? [];
        const tokens = searchTokens({ ...record, ...derived }, extra, { tags: of('tags'), members: of('members'), projects: of('projects') }, region());
        store.statement('insert or replace into contact_search (rowid, tokens) values (?, ?)').run(record.no, tokens);
      }
      note(last.no);
    });
    onCommit?.();
    setImmediate(slice);
  }

  function run(): void {
    if (running) return;
    running = true;
    setImmediate(slice);
  }

  return {
    start() {
      note(0);
      run();
    },
    resume() {
      if (!isCurrent()) {
        note(0);
        noteVersion();
      }
      if (progress() !== undefined) run();
    },
  };
}
