import type { AwaySummary } from '../../shared/operations/sync.ts';
import type { Store } from '../store/open.ts';
import type { LocalSide } from './local-side.ts';

/** From this much time between two successful cycles on, a person was away, in milliseconds. */
const longAbsenceMs = 24 * 60 * 60_000;
const settingKey = 'sync.away';

/** Where an absence began: the last good cycle before it, and the journal's head then. */
interface Absence {
  since: string;
  until: string;
  seq: number;
}

/** What others changed during a long absence: kept until the person has read it. */
export interface SyncAway {
  /** Before a cycle: if the last good one is long ago, what comes now is news. */
  begin(lastSuccessAt: string | null): void;
  summary(): AwaySummary | null;
  seen(): void;
}

export function createAway(store: Store, book: Pick<LocalSide, 'changedBySync'>, head: () => number, now: () => string): SyncAway {
  const read = (): Absence | null => {
    const value = store.statement('select value from setting where key = ?').pluck().get(settingKey) as string | undefined;
    return value === undefined ? null : (JSON.parse(value) as Absence);
  };
  return {
    begin(lastSuccessAt) {
      const until = now();
      if (lastSuccessAt === null || Date.parse(until) - Date.parse(lastSuccessAt) < longAbsenceMs || read()) return;
      const absence: Absence = { since: lastSuccessAt, until, seq: head() };
      store.statement('insert or replace into setting (key, value) values (?, ?)').run(settingKey, JSON.stringify(absence));
    },
    summary() {
      const absence = read();
      if (!absence) return null;
      const changes = book.changedBySync(absence.seq);
      const { since, until } = absence;
      return changes.created + changes.updated + changes.deleted === 0 ? null : { since, until, ...changes };
    },
    seen() {
      store.statement('delete from setting where key = ?').run(settingKey);
    },
  };
}
