import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSyncThread, type SyncThread } from '../../../../electron/sync/worker-client.ts';
import type { HostSide } from '../../../../electron/sync/worker.ts';
import type { SyncProgress } from '../../../../shared/operations/sync.ts';

const faultyWorker = new URL('faulty-worker.ts', import.meta.url);
const done = { outcome: 'done', pulled: 2 };
let thread: SyncThread;
let reports: unknown[];
let progress: SyncProgress[];

function open(worker: URL = faultyWorker): SyncThread {
  const host = { report: (at: SyncProgress) => progress.push(at), noteFault: (place: object) => reports.push(place) };
  return createSyncThread(worker, host as unknown as HostSide, (error) => reports.push(error));
}

const cycle = (fault: string) => thread.run((worker) => worker.cycle(`https://office.example/${fault}`, true));

beforeEach(() => {
  reports = [];
  progress = [];
  thread = open();
});
afterEach(() => thread.close());

test('a cycle runs in a thread of its own, which tells how far it has come', async () => {
  expect(await cycle('')).toMatchObject(done);
  expect(progress).toEqual([{ phase: 'sending', done: 1, total: 3 }]);
});

test.each(['throws', 'ends'])('a thread that %s in the middle fails what it was asked, all of it, and the next cycle has a new one', async (fault) => {
  const asked = [cycle('obeys'), thread.run((worker) => worker.readOne('https://office.example', 'an id')), cycle(fault)];
  for (const call of asked) await expect(call).rejects.toMatchObject({ kind: 'unavailable', message: 'Sync stopped unexpectedly; it resumes in a moment.' });
  if (fault === 'throws') expect(reports).toMatchObject([{ name: 'TypeError', stack: expect.stringContaining('faulty-worker.ts') as string }]);
  expect(await cycle('')).toMatchObject(done);
});

test('an error in the thread reaches the log with the place where it happened, and the person as our own fault', async () => {
  await expect(cycle('stumbles')).rejects.toMatchObject({ kind: 'internal', message: expect.stringContaining('unexpected problem') as string });
  await expect.poll(() => reports).toMatchObject([{ error: 'TypeError', at: expect.arrayContaining([expect.stringContaining('faulty-worker.ts')]) as string[] }]);
});

test('a running cycle can be stopped', async () => {
  const running = cycle('obeys');
  await expect.poll(() => progress).toHaveLength(1);
  thread.cancel();
  expect(await running).toMatchObject({ outcome: 'cancelled' });
});

test('a thread that cannot even begin is told like one that ends', async () => {
  thread = open(new URL('absent-worker.ts', import.meta.url));
  await expect(cycle('')).rejects.toMatchObject({ kind: 'unavailable' });
  expect(reports).toHaveLength(1);
});

test('closing ends the thread and what it was doing; it is not begun again', async () => {
  const running = cycle('obeys');
  await expect.poll(() => progress).toHaveLength(1);
  const refused = expect(running).rejects.toMatchObject({ kind: 'unavailable', message: 'Fieldbook is being closed.' });
  await thread.close();
  await refused;
  await expect(cycle('')).rejects.toMatchObject({ kind: 'unavailable' });
});
