import type { Log } from '../log.ts';
import type { Store } from '../store/open.ts';
import { updateStatement } from '../store/rows.ts';
import { contact } from '../store/schema.ts';
import type { Turns } from '../store/slices.ts';
import type { ContactReader } from './reader.ts';
import { derivedColumns, derivedKeys, parseExtra, type ContactRecord } from './record.ts';
import { searchTokens } from './search-tokens.ts';
import { selectContact } from './writer.ts';

export interface Reindexer {
  /** Derives all contacts anew, in slices; a run that is going on starts over. */
  start(): void;
  /**
   * Goes on where a run was cut off, by the end of the program or by a book that could not be written; derives anew what an
   * older version derived.
   */
  resume(): void;
  /** Resolves when nothing is derived any more; what is left waits for the next start. */
  close(): Promise<void>;
}

export interface ReindexDeps {
  store: Store;
  reader: ContactReader;
  turns: Turns;
  region: () => string;
  log: Pick<Log, 'error'>;
  /** Told after each commit. */
  onCommit?: () => void;
}

/** Read at once: few, so that a slice ends about when its time is up. */
const contactsAtOnce = 8;
const progressKey = 'reindex.after';
const versionKey = 'reindex.version';
/** Raised when `derivedColumns` or `searchTokens` give something else than before. */
const derivedVersion = '3';

/**
 * What follows from a contact's fields (search words, phone key, sort keys) depends on the country of phones:
 * when that changes, it is derived again. The contacts themselves do not change, nor does their rev.
 */
export function createReindexer({ store, reader, turns, region, log, onCommit }: ReindexDeps): Reindexer {
  const progress = () => store.statement('select value from setting where key = ?').pluck().get(progressKey) as string | undefined;
  const note = (no: number) =>
    store.statement('insert or replace into setting (key, value) values (?, ?)').run(progressKey, String(no));
  const isCurrent = () =>
    store.statement('select value from setting where key = ?').pluck().get(versionKey) === derivedVersion;
  const noteVersion = () =>
    store.statement('insert or replace into setting (key, value) values (?, ?)').run(versionKey, derivedVersion);
  const update = store.db.prepare(updateStatement(contact, derivedKeys));
  let closed = false;
  let running: Promise<void> | undefined;
  // A new book has nothing that an older version derived.
  if (!isCurrent() && store.statement('select 1 from contact limit 1').get() === undefined) noteVersion();

  /** Inside a transaction. False when there was nothing left to derive. */
  function deriveSome(): boolean {
    const after = progress();
    if (after === undefined) return false;
    const records = store.statement(`${selectContact} where no > ? order by no limit ?`).all(Number(after), contactsAtOnce) as ContactRecord[];
    const last = records.at(-1);
    if (!last) return false;
    const nos = records.map(({ no }) => no);
    const links = { tags: reader.links('tags', nos), members: reader.links('members', nos), projects: reader.links('projects', nos) };
    for (const record of records) {
      const extra = parseExtra(record);
      const derived = derivedColumns(record, extra, region());
      update.run({ ...derived, no: record.no });
      if (record.deletedAt !== null) continue;
      const of = (set: keyof typeof links) => links[set].get(record.no) ?? [];
      const tokens = searchTokens({ ...record, ...derived }, extra, { tags: of('tags'), members: of('members'), projects: of('projects') }, region());
      store.statement('insert or replace into contact_search (rowid, tokens) values (?, ?)').run(record.no, tokens);
    }
    note(last.no);
    return true;
  }

  async function deriveAll(): Promise<void> {
    for (;;) {
      const hasTime = await turns.turn();
      if (closed) return;
      const isBehind = store.transaction(() => {
        while (deriveSome()) if (!hasTime()) return true;
        return false;
      }, 'later');
      onCommit?.();
      if (isBehind) continue;
      // An ordinary transaction, with which everything before it is on disk as well.
      store.statement('delete from setting where key = ?').run(progressKey);
      running = undefined;
      return;
    }
  }

  function run(): void {
    running ??= deriveAll().catch((error: unknown) => {
      running = undefined;
      log.error({ err: error }, 'the contacts could not be derived anew; it is tried again later');
    });
  }

  return {
    start() {
      note(0);
      run();
    },
    resume() {
      try {
        store.transaction(() => {
          if (isCurrent()) return;
          note(0);
          noteVersion();
        });
        if (progress() !== undefined) run();
      } catch (error) {
        log.error({ err: error }, 'the contacts could not be derived anew; it is tried again later');
      }
    },
    async close() {
      closed = true;
      await running;
    },
  };
}
