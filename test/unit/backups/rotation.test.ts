import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDailyDue, superfluous, type Rotated } from '../../../electron/backups/rotation.ts';
import { backupKinds } from '../../../shared/operations/backups.ts';

const day = 86_400_000;
const start = Date.parse('2026-01-05T09:00:00Z');

const daily = (number: number, time: number): Rotated => ({ number, madeAt: new Date(time).toISOString(), kind: 'daily' });

/** What is there after backups were made at these times, in this order, with the rotation after each. */
function makeAt(times: readonly number[]): Rotated[] {
  let kept: Rotated[] = [];
  times.forEach((time, index) => {
    if (!isDailyDue(kept, new Date(time))) return;
    kept.push(daily(index + 1, time));
    const gone = superfluous(kept);
    kept = kept.filter((backup) => !gone.includes(backup));
  });
  return kept;
}

const days = (backups: readonly Rotated[]) => backups.map(({ madeAt }) => madeAt.slice(0, 10));

describe('daily backups', () => {
  test('of the last seven days and of the last four weeks are kept', () => {
    const year = Array.from({ length: 365 }, (_, index) => start + index * day);
    expect(days(makeAt(year))).toEqual([
      '2026-12-20', '2026-12-27', // Sundays: the last of their weeks
      '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04',
    ]);
  });

  test('are made once a day, however often Fieldbook is started', () => {
    const morningAndEvening = [start, start + 3600_000, start + 9 * 3600_000, start + day, start + day + 3600_000];
    expect(makeAt(morningAndEvening)).toHaveLength(2);
  });

  test('stay when Fieldbook is not used for months', () => {
    const week = Array.from({ length: 7 }, (_, index) => start + index * day);
    expect(makeAt([...week, start + 200 * day])).toHaveLength(7);
  });

  test('are still made, and the older ones stay, when the clock was set back by years', () => {
    const week = Array.from({ length: 7 }, (_, index) => start + index * day);
    const back = start - 3 * 365 * day;
    const after = makeAt([...week, back]);
    expect(days(after)).toContain('2023-01-06');
    expect(after).toHaveLength(7);
    expect(days(makeAt([...week, back, back + day, back + 2 * day])).slice(-3)).toEqual(['2023-01-06', '2023-01-07', '2023-01-08']);
  });
});

const anyBackups = fc
  .array(fc.record({ kind: fc.constantFrom(...backupKinds), time: fc.integer({ min: 0, max: 4e12 }) }), { maxLength: 80 })
  .map((list) => list.map(({ kind, time }, index) => ({ number: index + 1, kind, madeAt: new Date(time).toISOString() })));

describe('whatever the clock does', () => {
  test('the newest backup of each kind is never removed', () => {
    fc.assert(fc.property(anyBackups, (backups) => {
      const gone = superfluous(backups);
      for (const kind of backupKinds) {
        const newest = backups.filter((backup) => backup.kind === kind).at(-1);
        if (newest) expect(gone).not.toContain(newest);
      }
    }));
  });

  test('at most 3 are kept from before updates, and at most 11 daily ones', () => {
    fc.assert(fc.property(anyBackups, (backups) => {
      const gone = new Set(superfluous(backups));
      const kept = backups.filter((backup) => !gone.has(backup));
      expect(kept.filter(({ kind }) => kind === 'update').length).toBeLessThanOrEqual(3);
      expect(kept.filter(({ kind }) => kind === 'daily').length).toBeLessThanOrEqual(11);
    }));
  });

  test('a second round removes nothing more', () => {
    fc.assert(fc.property(anyBackups, (backups) => {
      const gone = new Set(superfluous(backups));
      expect(superfluous(backups.filter((backup) => !gone.has(backup)))).toEqual([]);
    }));
  });
});
