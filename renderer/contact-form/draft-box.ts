import type { Draft } from '../../shared/operations/book.ts';
import type { Host } from '../host/host.ts';
import { createDraftSaver, type DraftSaver } from './draft-saver.ts';

/** What is kept of an unsaved form. */
export type DraftValues = Pick<Draft, 'baseRev' | 'values'>;

/** The drafts by key that the book does not have yet; null for one that it is to forget. */
export type Unkept = ReadonlyMap<string, Draft | null>;

/**
 * Keeps unsaved forms in the book. What cannot be kept there stays in the memory of this window and is tried again
 * until it can, whether its form is still open or not.
 */
export interface DraftBox {
  /** Keeps the newest values under a key; null forgets them. */
  put: (key: string, values: DraftValues | null) => void;
  /** The drafts of the book, with what is newer here over them. */
  list: () => Promise<Draft[]>;
  /** What is newer here under a key: null when it is to be forgotten, undefined when the book has the newest. */
  newestOf: (key: string) => Draft | null | undefined;
  /** What the book refused or did not answer to; the same map until that changes. */
  unkept: () => Unkept;
  subscribe: (listener: () => void) => () => void;
  /** Resolves when nothing is on its way under this key. */
  settled: (key: string) => Promise<void>;
}

const firstPause = 1_000;
const longestPause = 15_000;

const ofHosts = new WeakMap<Host, DraftBox>();

/** The drafts of the book that a host has open. */
export function draftBox(host: Host): DraftBox {
  const box = ofHosts.get(host) ?? createDraftBox(host);
  ofHosts.set(host, box);
  return box;
}

function createDraftBox(host: Host): DraftBox {
  const savers = new Map<string, DraftSaver<Draft | null>>();
  const listeners = new Set<() => void>();
  /** The newest under each key that the book has not confirmed. */
  const newest = new Map<string, Draft | null>();
  let unkept: Unkept = new Map();
  let pause = firstPause;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function mark(key: string, failed: boolean): void {
    const draft = newest.get(key);
    if (!failed && !unkept.has(key)) return;
    const others = [...unkept].filter(([other]) => other !== key);
    unkept = new Map(failed && draft !== undefined ? [...others, [key, draft]] : others);
    for (const listener of listeners) listener();
  }

  async function save(key: string, draft: Draft | null): Promise<void> {
    if (draft === null) await host.call('draft.discard', { key });
    else await host.call('draft.save', { key, baseRev: draft.baseRev, values: draft.values });
    if (newest.get(key) === draft) newest.delete(key);
  }

  function retryLater(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const key of unkept.keys()) saverOf(key).put(newest.get(key) ?? null);
    }, pause);
    pause = Math.min(pause * 2, longestPause);
  }

  function saverOf(key: string): DraftSaver<Draft | null> {
    const saver = savers.get(key) ?? createDraftSaver((draft) => save(key, draft), (isKept) => {
      mark(key, !isKept);
      if (isKept) pause = firstPause;
      else retryLater();
    });
    savers.set(key, saver);
    return saver;
  }

  return {
    put(key, values) {
      const draft = values && { key, ...values, updatedAt: new Date().toISOString() };
      newest.set(key, draft);
      if (unkept.has(key)) mark(key, true);
      saverOf(key).put(draft);
    },
    async list() {
      return withUnkept(await host.call('draft.list', {}), newest);
    },
    newestOf: (key) => newest.get(key),
    unkept: () => unkept,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled: (key) => savers.get(key)?.settled() ?? Promise.resolve(),
  };
}

/** The drafts of the book as they would be with what is not kept there yet. */
export function withUnkept(inBook: readonly Draft[], unkept: Unkept): Draft[] {
  const newer = [...unkept.values()].filter((draft) => draft !== null);
  return [...newer, ...inBook.filter(({ key }) => !unkept.has(key))];
}
