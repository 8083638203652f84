import type { AwaySummary } from '../../shared/operations/sync.ts';
import type { Store } from '../store/open.ts';
import type { LocalSide } from './local-side.ts';

/** From this much time between two successful cycles on, a person was away, in milliseconds. */
const longAbsenceMs = 24 * 60 * 60_000;
const settingKey = 'sync.away';

interface Absence {
  /** The last good cycle before it. */
  since: string;
  /** The journal's head then. */
  seq: number;
  /** What was found when all had come; not there before. */
  summary?: AwaySummary;
}

/** What others changed during a long absence: kept until the person has read it. */
export interface SyncAway {
  /** Before a cycle, with the time of the last good one: if that is long ago, what comes now is news. */
  begin(lastSuccessAt: string | null): void;
  /** After a cycle that came to its end. What others change from now on was not changed while the person was away. */
  end(): void;
  summary(): AwaySummary | null;
  seen(): void;
}

export function createAway(store: Store, book: Pick<LocalSide, 'changedBySync'>, head: () => number, now: () => string): SyncAway {
  function read(): Absence | null {
    const value = store.statement('select value from setting where key = ?').pluck().get(settingKey) as string | undefined;
    return value === undefined ? null : (JSON.parse(value) as Absence);
  }

  function write(absence: Absence): void {
    store.statement('insert or replace into setting (key, value) values (?, ?)').run(settingKey, JSON.stringify(absence));
  }

  function forget(): void {
    store.statement('delete from setting where key = ?').run(settingKey);
  }

  return {
    begin(lastSuccessAt) {
      const known = read();
      if (lastSuccessAt === null) {
        // Another server's past is no news of this one.
        if (known) forget();
      } else if (Date.parse(now()) - Date.parse(lastSuccessAt) >= longAbsenceMs && (!known || known.summary)) {
        // What nobody has read yet goes with what comes now.
        write({ since: known?.since ?? lastSuccessAt, seq: known?.seq ?? head() });
      }
    },
    end() {
      const absence = read();
      if (!absence || absence.summary) return;
      const { since, seq } = absence;
      const changes = book.changedBySync(seq);
      if (changes.created + changes.updated + changes.deleted === 0) forget();
      else write({ since, seq, summary: { since, until: now(), ...changes } });
    },
    summary: () => read()?.summary ?? null,
    seen: forget,
  };
}
