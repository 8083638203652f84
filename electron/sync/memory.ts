import type { Store } from '../store/open.ts';
import type { CycleResult } from './ports.ts';

/** What is true of sync after a restart as well. */
export interface Remembered {
  /** A person does not want it to happen by itself. */
  paused: boolean;
  /** How the last cycle ended; null before the first. */
  last: Pick<CycleResult, 'outcome' | 'error'> | null;
}

export interface SyncMemory {
  get(): Remembered;
  set(changes: Partial<Remembered>): void;
}

const settingKey = 'sync.state';

export function createSyncMemory(store: Store): SyncMemory {
  const stored = store.statement('select value from setting where key = ?').pluck().get(settingKey) as string | undefined;
  let text = stored ?? JSON.stringify({ paused: false, last: null } satisfies Remembered);
  let current = JSON.parse(text) as Remembered;
  return {
    get: () => current,
    set(changes) {
      // What is said now counts, also when it cannot be written down.
      current = { ...current, ...changes };
      const next = JSON.stringify(current);
      if (next === text) return;
      store.statement('insert or replace into setting (key, value) values (?, ?)').run(settingKey, next);
      text = next;
    },
  };
}
