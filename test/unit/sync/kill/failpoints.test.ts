import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/book.ts';
import { checkBook } from '../book/invariants.ts';
import { openOffice, withBook, type Office } from './office.ts';

const created = '11111111-1111-4111-8111-111111111111';

let office: Office;
let folder: ReturnType<typeof temporaryFolder>;
let prepared: string;
let backup: ReturnType<Office['remote']['snapshot']>;
let edited: string;
let deleted: string;
let there: string;

/** A laptop that has seen two contacts, and has since edited one, deleted the other and created a third; a fourth is new there. */
beforeAll(async () => {
  folder = temporaryFolder();
  prepared = join(folder.path, 'prepared');
  office = await openOffice();
  edited = office.remote.web.create({ name: 'Edited', contact: { city: 'Ulm' } }).id;
  deleted = office.remote.web.create({ name: 'Deleted' }).id;
  await office.link(prepared);
  expect(await office.cycle(prepared)).toMatchObject({ outcome: 'done', pulled: 2 });
  there = office.remote.web.create({ name: 'From there' }).id;
  await withBook(prepared, async ({ call }) => {
    await call('contact.update', { id: edited, notes: 'typed here' });
    await call('contact.delete', { id: deleted });
    await call('contact.create', { id: created, name: 'Created', contact: { city: 'Bonn' } });
  });
  backup = office.remote.snapshot();
});
afterAll(async () => {
  await office.close();
  folder.remove();
});

/** Every point at which a cycle has just done, or is about to do, something that must not be lost or done twice. */
const points = [
  'pull:before', 'pull:after', 'saveProgress:before', 'saveProgress:after',
  ...['begin:before', 'begin:after', 'write:before', 'write:after', 'settle:before', 'settle:after'].flatMap((point) => [
    [point, 1], [point, 2], [point, 3],
  ] as const),
].map((point) => (typeof point === 'string' ? ([point, 1] as const) : point));

test.each(points)('killed at %s, time %i, and started again, a laptop loses nothing and does nothing twice', async (point, times) => {
  const dataDir = join(folder.path, `${point.replace(':', '-')}-${times}`);
  cpSync(prepared, dataDir, { recursive: true });
  office.remote.restore(backup);

  await office.killedCycle(dataDir, point, times);
  expect(await office.cycle(dataDir)).toMatchObject({ outcome: 'done' });
  office.remote.requests.length = 0;
  expect(await office.cycle(dataDir)).toMatchObject({ outcome: 'done', pulled: 0, pushed: 0, writes: 0 });

  const live = office.remote.web.list().map(({ id, name, notes, contact }) => ({ id, name, notes, city: contact?.city ?? null }));
  expect(live).toHaveLength(3);
  expect(live).toContainEqual({ id: edited, name: 'Edited', notes: 'typed here', city: 'Ulm' });
  expect(live).toContainEqual({ id: created, name: 'Created', notes: null, city: 'Bonn' });
  await withBook(dataDir, (book, sync) => {
    expect(book.store.db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(checkBook(book.store)).toEqual([]);
    expect(sync.counts()).toEqual({ waiting: 0, conflicts: 0, parked: 0, quarantined: 0 });
    for (const id of [edited, created, there]) expect(book.reader.find(id)?.deletedAt).toBeNull();
    expect(book.reader.find(deleted)?.deletedAt).not.toBeNull();
  });
});
