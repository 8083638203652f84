import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/book.ts';
import { createOffice, isWrite } from '../engine/support.ts';
import { openHostSync, profileIn, type HostSync, type HostSyncOptions, type Office } from './office-laptop.ts';

let folder: ReturnType<typeof temporaryFolder>;
let office: Office;
let laptop: HostSync;
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

beforeEach(() => {
  folder = temporaryFolder();
  office = createOffice();
  office.remote.seed(5);
});
afterEach(async () => {
  await laptop.close();
  folder.remove();
});

async function open(more: Partial<HostSyncOptions> = {}): Promise<void> {
  laptop = await openHostSync({ office, dataDir: profileIn(folder.path), ...more });
}

async function openSynced(more: Partial<HostSyncOptions> = {}): Promise<void> {
  await open(more);
  await laptop.connect();
  await laptop.synced();
}

/** What is missing, by its name, with its words. */
async function missing(): Promise<Record<string, string>> {
  const { ready, checks } = await laptop.ask('sync.leaveCheck', {});
  const found = checks.filter(({ ok }) => !ok);
  expect(ready).toBe(found.length === 0);
  return Object.fromEntries(found.map(({ name, text }) => [name, text]));
}

const noNetwork = () => office.remote.faults.add({ times: Infinity, do: 'drop' });
const firstThere = () => office.remote.web.list()[0]?.id ?? '';

test('with everything here and there one can leave, and is told each thing that was looked at', async () => {
  await openSynced();
  laptop.create('Ann');
  expect(await laptop.ask('sync.leaveCheck', {})).toEqual({
    ready: true,
    checks: [
      { name: 'linked', ok: true, text: `Linked to Head office on ${laptop.account.url}.` },
      { name: 'reachable', ok: true, text: 'The server answers.' },
      { name: 'sent', ok: true, text: 'Every change is on the server.' },
      { name: 'conflicts', ok: true, text: 'No conflicts.' },
      { name: 'refused', ok: true, text: 'Nothing was refused.' },
      { name: 'pictures', ok: true, text: 'All pictures are here and there.' },
      { name: 'database', ok: true, text: 'The database is sound.' },
      { name: 'fresh', ok: true, text: 'The book is as the server is now.' },
    ],
  });
  // The change had waited, and the check itself has sent it.
  expect(office.remote.web.list().map(({ name }) => name)).toContain('Ann');
});

test('a book without a server has everything on this computer only', async () => {
  await open();
  expect(await laptop.ask('sync.leaveCheck', {})).toEqual({
    ready: false,
    checks: [
      { name: 'linked', ok: false, text: 'The book is not linked to a server: everything is on this computer only.' },
      { name: 'database', ok: true, text: 'The database is sound.' },
    ],
  });
});

test('without a network: the server, what waits, and how old the book is', async () => {
  await openSynced();
  noNetwork();
  laptop.create('Ann');
  expect(await missing()).toEqual({
    reachable: expect.stringMatching(/connection|server/i) as string,
    sent: '1 contact still to be sent.',
    fresh: expect.stringMatching(/^The book is as the server was on .*2026.*\.$/) as string,
  });
  laptop.create('Ben');
  expect(await missing()).toMatchObject({ sent: '2 contacts still to be sent.' });
});

test('a book that never came to the end of a sync is not fresh', async () => {
  await open();
  await laptop.connect();
  noNetwork();
  expect(await missing()).toMatchObject({ fresh: 'The book was never synced to the end.' });
});

test('a conflict waits for an answer', async () => {
  await openSynced();
  const id = firstThere();
  laptop.edit(id, { scalars: { notes: 'mine' } });
  office.remote.web.edit(id, { notes: 'theirs' });
  expect(await missing()).toEqual({ conflicts: '1 conflict still to be answered.' });
  const [conflict] = (await laptop.ask('sync.conflicts', {})).items;
  await laptop.ask('sync.resolve', { id: conflict?.id ?? '', choice: 'theirs' });
  expect(await missing()).toEqual({});
});

test('a contact that was refused is named as such', async () => {
  await openSynced();
  const id = firstThere();
  laptop.edit(id, { scalars: { notes: 'never' } });
  office.remote.faults.add({
    match: (request) => isWrite(request) && request.path.includes(id), times: Infinity,
    do: { status: 403, body: { statusCode: 403, message: 'Forbidden resource' } },
  });
  expect(await missing()).toEqual({ refused: '1 contact refused by the server.' });
});

test('a picture that is not on the server yet', async () => {
  await openSynced();
  await laptop.call('image.set', { id: firstThere(), image: { mediaType: 'image/png', base64: png.toString('base64') } });
  const away = noNetwork();
  expect(await missing()).toMatchObject({ pictures: '1 picture still to be sent.' });
  away();
  expect(await missing()).toEqual({});
});

test('a damaged database, in its own words; it is looked at after the sync, with all that has just come', async () => {
  const looks: number[] = [];
  await open({
    async verify() {
      looks.push(laptop.counts.live());
      return { ok: false, text: 'The address book is damaged.' };
    },
  });
  await laptop.connect();
  expect(await missing()).toEqual({ database: 'The address book is damaged.' });
  expect(looks).toEqual([5]);
});

test('a check that was stopped does not say that one can leave', async () => {
  await openSynced();
  for (const name of ['Ann', 'Ben', 'Cem']) laptop.create(name);
  office.remote.faults.add({ match: isWrite, do: { run: () => void laptop.ask('sync.cancel', {}) } });
  expect(await missing()).toMatchObject({ reachable: 'Stopped by you.', sent: expect.stringContaining('still to be sent') as string });
});
