import type { Log } from '../log.ts';
import type { Turns } from '../store/slices.ts';
import type { Store } from '../store/open.ts';

/** Merges the segments of the search index, which gets one more with each commit, between other work. */
export interface SearchUpkeep {
  /** Takes up what an earlier run left. */
  start(): void;
  /** To be called after each commit that changed the index. */
  noticeCommit(): void;
  /** Resolves when nothing is merged any more; what is left waits for the next start. */
  close(): Promise<void>;
}

export interface SearchUpkeepDeps {
  store: Store;
  turns: Turns;
  log: Pick<Log, 'error'>;
}

/** Where a level of the index has fewer segments, nothing is merged. */
const mergedTogether = 8;
/**
 * What FTS5 leaves to us, by its own names. Should writing ever outrun the upkeep, it steps in at 256 segments, with one
 * commit of a third of a second; at 2,000 it would refuse to write. A level is made anew when half of it is deleted: at
 * the usual 10 %, deleting many contacts would rewrite it twenty times.
 */
const settings = { automerge: 0, usermerge: mergedTogether, crisismerge: 256, deletemerge: 50 };
/** How many pages one command may write: at first about two milliseconds of work, then as many as the slices allow. */
const firstPages = 16;
const maxPages = 256;

/**
 * Left alone, FTS5 merges inside the commits of those who write, a hundred milliseconds at times (sqlite.org/fts5.html,
 * "The 'merge' Command"). Here it is a job in slices: it takes turns with the jobs that write, so that segments cannot
 * pile up faster than they are merged, and is cut off at any time without harm.
 */
export function createSearchUpkeep({ store, turns, log }: SearchUpkeepDeps): SearchUpkeep {
  applySettings(store);
  const merge = store.db.prepare(`insert into contact_search (contact_search, rank) values ('merge', ?)`);
  const totalChanges = store.db.prepare('select total_changes()').pluck();
  let pages = firstPages;
  let commits = 0;
  let closed = false;
  let running: Promise<void> | undefined;

  /** False when there was nothing to merge: then the command counts as one change. */
  function mergeSome(): boolean {
    const before = totalChanges.get() as number;
    merge.run(pages);
    return (totalChanges.get() as number) - before > 1;
  }

  async function catchUp(): Promise<void> {
    for (;;) {
      const hasTime = await turns.turn();
      if (closed) return;
      const isBehind = store.transaction(() => {
        let merged: boolean;
        let times = 0;
        do {
          merged = mergeSome();
          times += 1;
        } while (merged && hasTime());
        // Few large commands cost less, but one must not outlast the slice; where much was deleted, a page takes longer.
        if (times > 4) pages = Math.min(maxPages, pages * 2);
        else if (merged && times === 1) pages = Math.max(1, pages >> 1);
        return merged;
      }, 'later');
      if (!isBehind) return;
    }
  }

  function start(): void {
    commits = 0;
    running ??= catchUp()
      .catch((error: unknown) => log.error({ err: error }, 'the search index could not be merged'))
      .finally(() => {
        running = undefined;
      });
  }

  return {
    start,
    noticeCommit() {
      commits += 1;
      if (commits >= mergedTogether) start();
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

/** They are kept in the index itself: at each start this only finds a new index, or one made anew by a repair. */
function applySettings(store: Store): void {
  const kept = new Map(store.db.prepare('select k, v from contact_search_config').raw().all() as [string, unknown][]);
  const missing = Object.entries(settings).filter(([name, value]) => kept.get(name) !== value);
  if (missing.length === 0) return;
  const apply = store.db.prepare('insert into contact_search (contact_search, rank) values (?, ?)');
  store.transaction(() => {
    // FTS5 takes whole numbers only, and better-sqlite3 hands over a number as a real one.
    for (const [name, value] of missing) apply.run(name, BigInt(value));
  }, 'later');
}
