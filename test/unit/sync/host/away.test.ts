import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/book.ts';
import { createOffice } from '../engine/support.ts';
import { openHostSync, profileIn, type HostSync, type Office } from './office-laptop.ts';

let folder: ReturnType<typeof temporaryFolder>;
let office: Office;
let dataDir: string;
let laptop: HostSync;
const hour = 3_600_000;

/** A laptop that has just synced. */
beforeEach(async () => {
  folder = temporaryFolder();
  dataDir = profileIn(folder.path);
  office = createOffice({ refreshTokenSeconds: 60 * 24 * 3600 });
  office.remote.seed(12);
  laptop = await openHostSync({ office, dataDir });
  await laptop.connect();
  await laptop.synced();
});
afterEach(async () => {
  await laptop.close();
  folder.remove();
});

const summary = () => laptop.ask('sync.away', {});
const restart = async () => {
  await laptop.close();
  laptop = await openHostSync({ office, dataDir });
};

/** Three of the office's people each do something. */
function officeWorks() {
  const [one, two] = office.remote.web.list();
  office.remote.web.edit(one?.id ?? '', { notes: 'new notes' });
  office.remote.web.delete(two?.id ?? '', 'hard');
  office.remote.web.create({ name: 'Newcomer' });
}

test('the first sync with a server is no news, and neither is what came within a day', async () => {
  expect(await summary()).toBeNull();
  office.clock.pass(23 * hour);
  officeWorks();
  await laptop.synced();
  expect(await summary()).toBeNull();
});

test('after three days away it is told what others added, changed and deleted, and from when to when', async () => {
  const since = laptop.now();
  office.clock.pass(72 * hour);
  officeWorks();
  laptop.create('My own');
  await laptop.synced();
  expect(await summary()).toEqual({
    since, until: laptop.now(), created: 1, updated: 1, deleted: 1,
    contacts: expect.arrayContaining([expect.objectContaining({ name: 'Newcomer', kind: 'created' })]) as unknown[],
  });
});

test('it is told until it was read, also after a restart; what others do later is not added to it', async () => {
  office.clock.pass(48 * hour);
  officeWorks();
  await laptop.synced();
  const told = await summary();
  office.remote.web.create({ name: 'Next day' });
  office.clock.pass(hour);
  await laptop.synced();
  await restart();
  expect(await summary()).toEqual(told);
  await laptop.ask('sync.awaySeen', {});
  expect(await summary()).toBeNull();
  await restart();
  expect(await summary()).toBeNull();
});

test('an absence during which nothing happened is forgotten: a change of the next day is not told as one', async () => {
  office.clock.pass(48 * hour);
  await laptop.synced();
  expect(await summary()).toBeNull();
  officeWorks();
  await laptop.synced();
  expect(await summary()).toBeNull();
});

test('nothing is told before all has come, and then the whole time is', async () => {
  const since = laptop.now();
  office.clock.pass(30 * hour);
  officeWorks();
  const away = office.remote.faults.add({ times: Infinity, do: 'drop' });
  await laptop.ask('sync.run', {});
  expect(await summary()).toBeNull();
  office.clock.pass(40 * hour);
  away();
  await laptop.synced();
  expect(await summary()).toMatchObject({ since, until: laptop.now(), created: 1, updated: 1, deleted: 1 });
});

test('two absences without anybody reading are told as one', async () => {
  const since = laptop.now();
  office.clock.pass(30 * hour);
  officeWorks();
  await laptop.synced();
  office.clock.pass(30 * hour);
  office.remote.web.create({ name: 'Second newcomer' });
  await laptop.synced();
  expect(await summary()).toMatchObject({ since, until: laptop.now(), created: 2, updated: 1, deleted: 1 });
});

test('a clock that was set back makes nobody absent', async () => {
  office.clock.pass(-72 * hour);
  officeWorks();
  await laptop.synced();
  expect(await summary()).toBeNull();
});

test('another server knows nothing of an absence from this one', async () => {
  office.clock.pass(48 * hour);
  officeWorks();
  await laptop.synced();
  expect(await summary()).not.toBeNull();
  await laptop.connect({ organizationId: office.remote.directory.secondOrganizationId, replace: true });
  await laptop.synced();
  expect(await summary()).toBeNull();
});
