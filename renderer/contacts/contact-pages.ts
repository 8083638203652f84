import type { ContactRow } from '../../shared/operations/contacts.ts';

export interface PageRequest {
  limit: number;
  offset?: number;
  after?: string;
}

export interface PageAnswer {
  items: ContactRow[];
  /** Null when more match than is worth counting. */
  total: number | null;
  cursor: string | null;
}

/**
 * A long list of which only the stretch around the visible rows is in memory, whatever its length.
 * It is read in pages, and tells its listeners when rows have arrived.
 */
export interface ContactPages {
  /** The number of rows, as far as it is known. */
  length: () => number;
  total: () => number | null;
  isReady: () => boolean;
  error: () => unknown;
  rowAt: (index: number) => ContactRow | undefined;
  /** Where a contact is, if it is in memory. */
  indexOf: (id: string) => number | undefined;
  /** Reads what is missing of the rows from `first` to `last` and a little around them. */
  show: (first: number, last: number) => void;
  /** The book changed: reads the visible rows again; until they arrive the former ones stay. */
  refresh: () => void;
  subscribe: (listener: () => void) => () => void;
  /** Grows with every arrival. */
  version: () => number;
}

interface Page {
  rows: ContactRow[];
  cursor: string | null;
  generation: number;
}

export const pageSize = 100;
const pagesInMemory = 12;
const requestsAtOnce = 3;
/** How far ahead a scrolling list reads: what passes by in so many times the time between two looks at it. */
const looksAhead = 10;
const mostPagesAhead = 4;
/** After so many milliseconds without another look a person has stopped scrolling. */
const stillAfter = 60;

/**
 * A list over a function that answers a page of it.
 * A `ranked` list has no offsets: every page but the first is read from the end of the one before.
 */
export function createContactPages(
  load: (request: PageRequest) => Promise<PageAnswer>,
  { ranked }: { ranked: boolean },
): ContactPages {
  const pages = new Map<number, Page>();
  const pending = new Set<number>();
  /** Where each page of a ranked list ends, also of pages that are no longer in memory. */
  const ends = new Map<number, string>();
  const listeners = new Set<() => void>();
  let generation = 0;
  let version = 0;
  let length = 0;
  let total: number | null = null;
  let ready = false;
  let error: unknown = null;
  let visible = { first: 0, last: 0 };
  /** Rows that passed by between the last two looks at the list; negative upwards, 0 once it stands still. */
  let moved = 0;
  let looks = 0;
  /** How many looks passed while the last answer was on its way. */
  let latency = 0;
  let standStill: ReturnType<typeof setTimeout> | undefined;

  const isFresh = (number: number): boolean => pages.get(number)?.generation === generation;

  /** The visible pages first, then the ones a person scrolls to next, then the one left behind. */
  function wanted(): number[] {
    const first = Math.floor(visible.first / pageSize);
    const last = Math.floor(visible.last / pageSize);
    const shown = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const numbers = ready ? [...shown, ...upcoming(first, last), moved < 0 ? last + 1 : first - 1] : shown;
    // In a fast scroll the visible pages are gone before they can arrive: those of that moment come first.
    if (passedMeanwhile() > 0) numbers.splice(0, shown.length);
    const existing = numbers.filter((number) => number >= 0 && (!ready || number * pageSize < Math.max(length, 1)));
    return ranked ? existing.map(readable) : existing;
  }

  /** The pages that pass by while an answer is on its way. */
  function passedMeanwhile(): number {
    return ready ? Math.floor((Math.abs(moved) * latency) / pageSize) : 0;
  }

  function upcoming(first: number, last: number): number[] {
    const count = Math.min(1 + Math.floor((Math.abs(moved) * looksAhead) / pageSize), mostPagesAhead);
    const start = 1 + passedMeanwhile();
    return Array.from({ length: count }, (_, index) => (moved < 0 ? first - start - index : last + start + index));
  }

  /** The page itself, or the last one before it that can be read already. */
  function readable(number: number): number {
    let reachable = number;
    while (reachable > 0 && !ends.has(reachable - 1)) reachable -= 1;
    return reachable;
  }

  function readMissing(): void {
    for (const number of wanted()) {
      if (pending.size >= requestsAtOnce) return;
      if (!isFresh(number) && !pending.has(number)) void read(number);
    }
  }

  function requestOf(number: number): PageRequest {
    const before = pages.get(number - 1);
    const end = before?.generation === generation ? before.cursor : ranked ? ends.get(number - 1) : null;
    return end ? { limit: pageSize, after: end } : { limit: pageSize, offset: number * pageSize };
  }

  async function read(number: number): Promise<void> {
    const startedAt = generation;
    const looksBefore = looks;
    pending.add(number);
    try {
      const answer = await load(requestOf(number));
      latency = looks - looksBefore;
      const rows = keepUnchanged(pages.get(number)?.rows ?? [], answer.items);
      pages.set(number, { rows, cursor: answer.cursor, generation: startedAt });
      if (ranked && answer.cursor !== null) ends.set(number, answer.cursor);
      measure(number, answer);
      ready = true;
      error = null;
      evict();
    } catch (thrown) {
      error = thrown;
      return;
    } finally {
      pending.delete(number);
      version += 1;
      for (const listener of listeners) listener();
    }
    readMissing();
  }

  function measure(number: number, answer: PageAnswer): void {
    total = answer.total;
    const end = number * pageSize + answer.items.length;
    if (total !== null) length = total;
    else if (answer.cursor === null) length = end;
    else length = Math.max(length, end + pageSize);
  }

  function evict(): void {
    const middle = (visible.first + visible.last) / 2 / pageSize;
    const byDistance = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const number of byDistance.slice(0, Math.max(0, pages.size - pagesInMemory))) pages.delete(number);
  }

  return {
    length: () => length,
    total: () => total,
    isReady: () => ready,
    error: () => error,
    version: () => version,
    rowAt: (index) => pages.get(Math.floor(index / pageSize))?.rows[index % pageSize],
    indexOf(id) {
      for (const [number, page] of pages) {
        const index = page.rows.findIndex((row) => row.id === id);
        if (index >= 0) return number * pageSize + index;
      }
      return undefined;
    },
    show(first, last) {
      moved = first - visible.first;
      looks += 1;
      visible = { first, last };
      clearTimeout(standStill);
      standStill = setTimeout(() => {
        moved = 0;
        readMissing();
      }, stillAfter);
      readMissing();
    },
    refresh() {
      generation += 1;
      const kept = new Set(wanted());
      for (const number of pages.keys()) if (!kept.has(number)) pages.delete(number);
      readMissing();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The new rows, with the former object for each that did not change, so that it need not be drawn again. */
function keepUnchanged(former: readonly ContactRow[], rows: readonly ContactRow[]): ContactRow[] {
  const known = new Map(former.map((row) => [row.id, row]));
  return rows.map((row) => {
    const before = known.get(row.id);
    return before?.rev === row.rev ? before : row;
  });
}

/** Resolves once a list has more rows than `index`. */
export function whenLonger(pages: Pick<ContactPages, 'length' | 'subscribe'>, index: number): Promise<void> {
  return new Promise((resolve) => {
    if (pages.length() > index) {
      resolve();
      return;
    }
    const stop = pages.subscribe(() => {
      if (pages.length() <= index) return;
      stop();
      resolve();
    });
  });
}

/**
 * The ids of the rows from `first` up to, but not including, `end`, read in large pieces; of a `ranked` list, which has
 * no offsets, from its start.
 */
export async function collectIds(
  load: (request: PageRequest) => Promise<PageAnswer>,
  first: number,
  end: number,
  ranked: boolean,
): Promise<string[]> {
  const start = ranked ? 0 : first;
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const limit = Math.min(500, end - start - ids.length);
    const answer: PageAnswer = await load(after === null ? { limit, offset: start } : { limit, after });
    ids.push(...answer.items.map((row) => row.id));
    after = answer.cursor;
  } while (after !== null && start + ids.length < end);
  return ids.slice(first - start);
}
