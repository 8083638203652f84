import type { BackupKind } from '../../shared/operations/backups.ts';

/** What the rotation needs to know of a backup. `number` is the order in which they were made. */
export interface Rotated {
  number: number;
  madeAt: string;
  kind: BackupKind;
}

const keptDays = 7;
const keptWeeks = 4;
/** Of the other kinds, the newest so many. */
const kept: Readonly<Record<Exclude<BackupKind, 'daily'>, number>> = { update: 3, replaced: 3, manual: 10, salvaged: 2 };

/**
 * The backups that may be removed. Kept are the newest of each of the last 7 days and of the last 4 weeks that have any,
 * and the newest few of the other kinds. Days and weeks are counted by those that are there and in the order of making: a
 * clock that was set back, or a laptop that was off for months, makes no backup superfluous.
 */
export function superfluous<T extends Rotated>(backups: readonly T[]): T[] {
  const newestFirst = backups.toSorted((a, b) => b.number - a.number);
  const daily = newestFirst.filter(({ kind }) => kind === 'daily');
  const needed = new Set<T>([
    ...newestOfEach(daily, ({ madeAt }) => dayOf(madeAt), keptDays),
    ...newestOfEach(daily, ({ madeAt }) => weekOf(madeAt), keptWeeks),
  ]);
  for (const [kind, many] of Object.entries(kept)) {
    for (const backup of newestFirst.filter((other) => other.kind === kind).slice(0, many)) needed.add(backup);
  }
  return newestFirst.filter((backup) => !needed.has(backup));
}

/** Whether there is no backup of today yet. Any other day than that of the newest counts, also an earlier one. */
export function isDailyDue(backups: readonly Rotated[], now: Date): boolean {
  const newest = backups.filter(({ kind }) => kind === 'daily').toSorted((a, b) => b.number - a.number)[0];
  return newest === undefined || dayOf(newest.madeAt) !== dayOf(now.toISOString());
}

function newestOfEach<T>(newestFirst: readonly T[], group: (backup: T) => string, many: number): T[] {
  const newest = new Map<string, T>();
  for (const backup of newestFirst) {
    const key = group(backup);
    if (newest.has(key)) continue;
    if (newest.size === many) break;
    newest.set(key, backup);
  }
  return [...newest.values()];
}

function dayOf(madeAt: string): string {
  return madeAt.slice(0, 10);
}

/** The Monday of a time's week. */
function weekOf(madeAt: string): string {
  const day = new Date(`${dayOf(madeAt)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return dayOf(day.toISOString());
}
