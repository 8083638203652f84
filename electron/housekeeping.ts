import type { ContactWriter, Step } from './contacts/writer.ts';
import { removeUnusedImages } from './images/unused.ts';
import type { Journal } from './journal/journal.ts';
import type { Log } from './log.ts';
import type { Turns } from './store/slices.ts';
import type { Store } from './store/open.ts';

export interface HousekeepingDeps {
  store: Store;
  journal: Journal;
  writer: ContactWriter;
  slices: Turns;
  clock: () => Date;
  log: Log;
  /** Work that was left unfinished, by an earlier run or because the book could not be written, taken up at each round. */
  unfinished: readonly (() => void)[];
  /** How long after the start, so that it does not slow that down. */
  firstAfterMs?: number;
}

const keepDays = 90;
const keepGroups = 10_000;
const everyMs = 6 * 3600_000;
const rowsAtOnce = 200;

/** Clears away what is past its time: the trash, the journal and pictures that nobody can see again, after 90 days. Quietly, in slices. */
export function createHousekeeping(deps: HousekeepingDeps): { round(): Promise<void>; close(): Promise<void> } {
  const { store, journal, writer, slices, clock, log, firstAfterMs = 5_000 } = deps;
  let closed = false;
  let current = Promise.resolve();

  async function round(): Promise<void> {
    for (const resume of deps.unfinished) resume();
    const before = new Date(clock().getTime() - keepDays * 86_400_000).toISOString();
    await emptyTrash(before);
    while (!closed && journal.prune(before, keepGroups, rowsAtOnce) === rowsAtOnce) await pause();
    if (!closed) await removeUnusedImages({ store, turns: slices }, before, () => closed);
  }

  async function emptyTrash(before: string): Promise<void> {
    const step: Step = { actor: 'ui', label: 'Emptied the trash of what was older than 90 days', state: 'aside' };
    for (;;) {
      const ids = store
        .statement('select id from contact where deleted_at < ? order by deleted_at limit ?')
        .pluck()
        .all(before, rowsAtOnce) as string[];
      if (closed || ids.length === 0) return;
      await writer.each(step, ids, (edit, id) => {
        const record = edit.find(id);
        if (record?.deletedAt) edit.purge(record);
      });
    }
  }

  const start = () => {
    current = current.then(round).catch((error: unknown) => log.error({ err: error }, 'housekeeping failed'));
  };
  const first = setTimeout(start, firstAfterMs).unref();
  const timer = setInterval(start, everyMs).unref();

  return {
    round,
    async close() {
      closed = true;
      clearTimeout(first);
      clearInterval(timer);
      await current;
    },
  };
}

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
