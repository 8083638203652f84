import { expect, test } from 'vitest';
import { offersOf } from '../../../electron/recovery/offers.ts';
import { better, type RecoveryPlan, type SoundBackup } from '../../../electron/recovery/plan.ts';
import { reportText } from '../../../electron/recovery/report.ts';
import type { Salvage } from '../../../electron/recovery/salvage.ts';

const read = (contacts: number, changes: Partial<Salvage> = {}): Salvage => ({
  file: 'x', contacts, trashed: 0, expected: 1000, tables: [], unplaced: [], lostLinks: 0, damagedParts: 1, ...changes,
});
const backup = (contacts: number): SoundBackup => ({ id: 'b', file: 'b', madeAt: '2026-11-22T09:00:00Z', contacts, trashed: 0 });
const planOf = (salvage: Salvage | null, saved: SoundBackup | null): RecoveryPlan =>
  ({ salvage, backup: saved, better: better(salvage, saved), missing: { total: 0, names: [] } });
const offered = (plan: RecoveryPlan) => offersOf(plan, (at) => at.slice(0, 10));

test('the one with more contacts is offered first, each with its number', () => {
  expect(offered(planOf(read(990), backup(980)))).toEqual([
    { choice: 'salvage', label: 'Use what could be read', detail: 'Read from the damaged file: 990 of 1,000 contacts.' },
    { choice: 'backup', label: 'Use the backup', detail: 'In the backup of 2026-11-22: 980 contacts.' },
  ]);
  expect(offered(planOf(read(400), backup(980))).map(({ choice }) => choice)).toEqual(['backup', 'salvage']);
});

test('of equals, what was read is newer', () => {
  expect(offered(planOf(read(980), backup(980)))[0]?.choice).toBe('salvage');
});

test('contacts that were erased since the backup do not make it better than a book of which nothing was lost', () => {
  expect(better(read(5, { expected: 5, damagedParts: 0 }), backup(980))).toBe('salvage');
});

test('an empty book is never offered', () => {
  expect(offered(planOf(read(0), backup(980)))).toMatchObject([{ choice: 'backup' }]);
  expect(offered(planOf(read(0), null))).toEqual([]);
  expect(better(read(0), null)).toBeNull();
  expect(better(null, null)).toBeNull();
});

test('what became of the book is told in times as people write them', () => {
  const text = reportText({
    at: '2026-11-24T08:30:00.000Z', plan: planOf(read(990), backup(1000)), chosen: 'backup', messages: [], quarantine: '/kept',
  });
  expect(text).toContain('with 1000 contacts is in its place now');
  expect(text).toContain('2026');
  expect(text).not.toMatch(/\d{4}-\d\d-\d\dT/);
});
