import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyncStatus } from '../../../../shared/operations/sync.ts';
import { temporaryFolder } from '../../support/book.ts';
import { createOffice, isWrite } from '../engine/support.ts';
import { openHostSync, profileIn, type HostSync, type HostSyncOptions, type Office } from './office-laptop.ts';

let folder: ReturnType<typeof temporaryFolder>;
let office: Office;
let dataDir: string;
let laptop: HostSync;
const minute = 60_000;

beforeEach(async () => {
  folder = temporaryFolder();
  dataDir = profileIn(folder.path);
  office = createOffice();
  office.remote.seed(30);
  laptop = await openHostSync({ office, dataDir });
});
afterEach(async () => {
  await laptop.close();
  folder.remove();
});

/** The program is ended and started again. */
async function restart(more: Partial<HostSyncOptions> = {}): Promise<void> {
  await laptop.close();
  laptop = await openHostSync({ office, dataDir, ...more });
}

const unreachable = expect.stringMatching(/connection|server/i) as string;
const noNetwork = () => office.remote.faults.add({ times: Infinity, do: 'drop' });

describe('the one status', () => {
  test('of a book without a server is that it has none', async () => {
    expect(laptop.service.status()).toEqual({
      state: 'unlinked', account: null, waiting: 0, conflicts: 0, parked: 0, quarantined: 0, lastSuccessAt: null, nextAt: null,
    });
    laptop.create('Ann');
    laptop.service.changed();
    await laptop.pass(60 * minute);
    expect(office.remote.requests).toEqual([]);
  });

  test('after linking: who and where, where the sign-in is kept, what waits, and a cycle in a moment', async () => {
    laptop.create('Ann');
    expect(await laptop.connect()).toEqual({
      state: 'synced',
      account: {
        url: laptop.account.url, server: 'gauzy', organizationId: laptop.account.organizationId, organizationName: 'Head office',
        userName: 'Local Admin', linkedAt: laptop.now(), keptIn: expect.stringContaining('only you can read') as string,
      },
      waiting: 1, conflicts: 0, parked: 0, quarantined: 0, lastSuccessAt: null,
      nextAt: new Date(office.clock.now() + 1000).toISOString(),
    });
  });

  test('while syncing has numbers from its first to its last moment, at most four times a second', async () => {
    await laptop.connect();
    await laptop.pass(1000);
    await laptop.quiet();
    const syncing = laptop.statuses.filter(({ state }) => state === 'syncing');
    expect(syncing[0]?.progress).toEqual({ phase: 'connecting', done: 0, total: null });
    for (const { progress } of syncing) expect(progress).toMatchObject({ phase: expect.any(String) as string, done: expect.any(Number) as number });
    expect(laptop.statuses.at(-1)).toMatchObject({ state: 'synced' });
    expect(laptop.statuses.at(-1)).not.toHaveProperty('progress');
    // The clock stood still meanwhile: only the beginning and the end were told.
    expect(syncing).toHaveLength(1);
  });

  test('counts what has come, of as many as there are', async () => {
    office.remote.seed(270);
    await laptop.connect();
    const seen: SyncStatus[] = [];
    const watch = () => seen.push(laptop.service.status());
    office.remote.faults.add({ match: ({ path }) => path.includes('/pagination'), times: Infinity, do: { run: watch } });
    await laptop.synced();
    expect(seen.map(({ state }) => state)).toEqual(seen.map(() => 'syncing'));
    expect(seen.map(({ progress }) => progress)).toContainEqual({ phase: 'pulling', done: 100, total: 300 });
  });

  test('synced: with the time, and the next one', async () => {
    await laptop.connect();
    const report = await laptop.synced();
    expect(report).toMatchObject({ pulled: 30, pushed: 0, deleted: 0, conflicts: 0, parked: 0, waiting: 0, writes: 0 });
    expect(laptop.service.status()).toMatchObject({
      state: 'synced', lastSuccessAt: laptop.now(), nextAt: new Date(office.clock.now() + 5 * minute).toISOString(),
    });
  });

  test('offline: with what waits and why, and without the error as soon as the network is back', async () => {
    await laptop.connect();
    await laptop.synced();
    const back = noNetwork();
    laptop.create('Ann');
    laptop.create('Ben');
    laptop.service.changed();
    await laptop.pass(2000);
    expect(await laptop.quiet()).toMatchObject({ state: 'offline', waiting: 2, lastError: unreachable });
    expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, waiting: 2, error: unreachable });
    back();
    laptop.service.nudge('online');
    await laptop.pass(2000);
    const status = await laptop.quiet();
    expect(status).toMatchObject({ state: 'synced', waiting: 0 });
    expect(status).not.toHaveProperty('lastError');
    expect(laptop.faults).toEqual([]);
  });

  test('needs attention: conflicts and refusals in numbers, also after a good cycle', async () => {
    await laptop.connect();
    await laptop.synced();
    const [one, two] = office.remote.web.list();
    laptop.edit(one?.id ?? '', { scalars: { notes: 'mine' } });
    office.remote.web.edit(one?.id ?? '', { notes: 'theirs' });
    laptop.edit(two?.id ?? '', { scalars: { notes: 'never' } });
    office.remote.faults.add({
      match: (request) => isWrite(request) && request.path.includes(two?.id ?? ''), times: Infinity,
      do: { status: 403, body: { statusCode: 403, message: 'Forbidden resource' } },
    });
    expect(await laptop.synced()).toMatchObject({ ok: true, conflicts: 1, parked: 1 });
    expect(laptop.service.status()).toMatchObject({ state: 'attention', conflicts: 1, parked: 1 });
  });

  test('signed out: with words, and nothing goes out until somebody signs in; then what waited is sent', async () => {
    await laptop.connect();
    await laptop.synced();
    office.clock.pass(8 * 24 * 60 * minute);
    laptop.create('Ann');
    expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, waiting: 1, error: 'The sign-in has ended. Please sign in again; nothing is lost.' });
    expect(laptop.service.status()).toMatchObject({ state: 'signedOut', waiting: 1, nextAt: null });
    office.remote.requests.length = 0;
    laptop.service.changed();
    for (const reason of ['focus', 'resume', 'online'] as const) await laptop.ask('sync.nudge', { reason });
    await laptop.pass(60 * minute);
    expect(office.remote.requests).toEqual([]);
    await restart();
    expect(laptop.service.status()).toMatchObject({ state: 'signedOut', waiting: 1, lastError: expect.stringContaining('sign in again') as string });
    expect(await laptop.connect()).toMatchObject({ state: 'synced', waiting: 1 });
    await laptop.pass(2000);
    expect(await laptop.quiet()).toMatchObject({ state: 'synced', waiting: 0 });
    expect(office.remote.web.list().map(({ name }) => name)).toContain('Ann');
  });

  test('paused by the person: says so, also after a restart, until the person goes on', async () => {
    await laptop.connect();
    await laptop.synced();
    expect(await laptop.ask('sync.pause', { paused: true })).toMatchObject({ state: 'paused', pauseReason: 'by you', nextAt: null });
    await restart();
    expect(laptop.service.status()).toMatchObject({ state: 'paused', pauseReason: 'by you' });
    laptop.create('Ann');
    laptop.service.changed();
    office.remote.requests.length = 0;
    await laptop.pass(60 * minute);
    expect(office.remote.requests).toEqual([]);
    // Somebody who asks by hand is not refused.
    expect(await laptop.synced()).toMatchObject({ pushed: 1 });
    expect(laptop.service.status()).toMatchObject({ state: 'paused' });
    expect(await laptop.ask('sync.pause', { paused: false })).toMatchObject({ state: 'synced' });
  });

  test('paused by a network that wants a login: says why, and looks again by itself', async () => {
    await laptop.connect();
    const portal = office.remote.faults.add({ times: Infinity, do: 'html200' });
    await laptop.pass(2000);
    expect(await laptop.quiet()).toMatchObject({ state: 'paused', pauseReason: expect.stringContaining('login in a browser') as string });
    portal();
    await laptop.pass(minute);
    expect(await laptop.quiet()).toMatchObject({ state: 'synced' });
    expect(laptop.counts.live()).toBe(30);
  });

  test('how the last cycle ended is known after a restart, before there is another', async () => {
    await laptop.connect();
    const back = noNetwork();
    laptop.create('Ann');
    await laptop.ask('sync.run', {});
    back();
    await restart();
    expect(laptop.service.status()).toMatchObject({ state: 'offline', waiting: 1, lastError: unreachable });
  });
});

describe('stopping', () => {
  /** Stops at the first request of the cycle that changes something on the server. */
  const atFirstWrite = (stop: () => void) => office.remote.faults.add({ match: isWrite, do: { run: stop } });

  test('in the middle of sending leaves nothing half done: the rest waits, and is sent once', async () => {
    await laptop.connect();
    await laptop.synced();
    for (const name of ['Ann', 'Ben', 'Cem', 'Dan']) laptop.create(name);
    atFirstWrite(() => void laptop.ask('sync.cancel', {}));
    const report = await laptop.ask('sync.run', {});
    expect(report).toMatchObject({ ok: false, error: 'Stopped by you.' });
    expect(report.waiting).toBeGreaterThan(0);
    expect(laptop.service.status()).toMatchObject({ state: 'paused', pauseReason: 'Stopped by you.' });
    await restart();
    expect(laptop.service.status()).toMatchObject({ state: 'paused', pauseReason: 'Stopped by you.' });
    await laptop.pass(6 * minute);
    expect(await laptop.quiet()).toMatchObject({ state: 'synced', waiting: 0 });
    expect(office.remote.web.list()).toHaveLength(34);
  });

  test('when nothing runs changes nothing', async () => {
    await laptop.connect();
    await laptop.synced();
    expect(await laptop.ask('sync.cancel', {})).toMatchObject({ state: 'synced' });
  });

  test('by a pause is no failure of the cycle: when the person goes on, nothing is told of it', async () => {
    await laptop.connect();
    await laptop.synced();
    laptop.create('Ann');
    atFirstWrite(() => void laptop.ask('sync.pause', { paused: true }));
    expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, error: 'Paused by you.' });
    const status = await laptop.ask('sync.pause', { paused: false });
    expect(status).toMatchObject({ state: 'synced' });
    expect(status).not.toHaveProperty('lastError');
  });

  test('by safe mode ends the running cycle and all who wait for one; nothing of the network happens any more', async () => {
    await laptop.connect();
    await laptop.synced();
    const { id } = laptop.create('Ann');
    atFirstWrite(() => laptop.enterSafeMode());
    expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, error: expect.stringContaining('safe mode') as string });
    office.remote.requests.length = 0;
    expect(laptop.service.status()).toMatchObject({ state: 'paused', pauseReason: 'Fieldbook is in safe mode: restart it to sync again.', nextAt: null });
    expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, requests: 0, error: expect.stringContaining('safe mode') as string });
    await expect(laptop.connect()).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('safe mode') as string });
    await expect(laptop.service.ask(id)).rejects.toMatchObject({ kind: 'unavailable' });
    for (const reason of ['focus', 'resume', 'online'] as const) await laptop.ask('sync.nudge', { reason });
    laptop.service.changed();
    await laptop.pass(60 * minute);
    expect(office.remote.requests).toEqual([]);
  });

  test('by safe mode while somebody waits for a full cycle behind a short one begins none', async () => {
    await laptop.connect();
    let report: Promise<unknown> | undefined;
    office.remote.faults.add({
      match: ({ path }) => path.includes('/pagination'),
      do: {
        run() {
          report = laptop.ask('sync.run', {});
          laptop.enterSafeMode();
        },
      },
    });
    await laptop.pass(2000);
    expect(await report).toMatchObject({ ok: false, error: expect.stringContaining('safe mode') as string });
    expect(laptop.cycles).toHaveLength(1);
  });

  test('by closing the program waits until the cycle has stopped', async () => {
    await laptop.connect();
    const running = laptop.ask('sync.run', {});
    await laptop.close();
    expect(await running.catch(() => ({ ok: false }))).toMatchObject({ ok: false });
  });
});

test('a clock that was set back does not put the next cycle off', async () => {
  await laptop.connect();
  await laptop.synced();
  office.clock.pass(-24 * 60 * minute);
  expect(laptop.service.status()).toMatchObject({ state: 'synced', nextAt: new Date(office.clock.now() + 5 * minute).toISOString() });
  await laptop.timers.pass(5 * minute);
  await laptop.quiet();
  expect(laptop.cycles).toHaveLength(2);
});

test('a sign-in that is for another server is not sent to this one', async () => {
  await laptop.connect();
  const file = join(dataDir, 'sync-tokens.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), origin: 'https://elsewhere.example' }));
  await restart();
  office.remote.requests.length = 0;
  expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, error: 'You are signed out. Please sign in again; nothing is lost.' });
  expect(laptop.service.status()).toMatchObject({ state: 'signedOut' });
  expect(office.remote.requests).toEqual([]);
});

test('a disk that is full ends the cycle in its own words, and when there is room again nothing is missing', async () => {
  await laptop.connect();
  const { db } = laptop.store;
  office.remote.seed(300);
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 5}`);
  expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, error: 'The disk is full. Nothing was changed; free some space and try again.' });
  expect(laptop.service.status()).toMatchObject({ state: 'paused', pauseReason: expect.stringContaining('The disk is full.') as string });
  db.pragma('max_page_count = 1000000');
  await laptop.pass(minute);
  expect(await laptop.quiet()).toMatchObject({ state: 'synced' });
  expect(laptop.counts.live()).toBe(330);
});

test('a thread that ends in the middle of sending is told and begun anew within a minute; nothing is lost and nothing is sent twice', async () => {
  await laptop.connect();
  await laptop.synced();
  const names = ['Ann', 'Ben', 'Cem'];
  for (const name of names) laptop.create(name);
  office.remote.faults.add({ match: isWrite, at: 'after', do: { run: () => laptop.killThread() } });
  expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, error: 'Sync stopped unexpectedly; it resumes in a moment.' });
  expect(laptop.service.status()).toMatchObject({
    state: 'paused', waiting: 3, pauseReason: 'Sync stopped unexpectedly; it resumes in a moment.', nextAt: new Date(office.clock.now() + minute).toISOString(),
  });
  await laptop.pass(minute);
  expect(await laptop.quiet()).toMatchObject({ state: 'synced', waiting: 0, conflicts: 0 });
  expect(office.remote.web.list().map(({ name }) => name).filter((name) => names.includes(name)).toSorted()).toEqual(names);
});

test('an error that nobody foresaw is told as our own fault, its details are reported, and sync goes on', async () => {
  await laptop.connect();
  const { db } = laptop.store;
  db.exec('alter table sync_attempt rename to elsewhere');
  expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, error: 'Sync ran into an unexpected problem; the log has the details.' });
  expect(laptop.service.status()).toMatchObject({ state: 'paused', pauseReason: expect.stringContaining('unexpected problem') as string });
  expect(laptop.faults).toMatchObject([{ message: expect.stringContaining('sync_attempt') as string, stack: expect.stringContaining('at ') as string }]);
  db.exec('alter table elsewhere rename to sync_attempt');
  await laptop.pass(minute);
  expect(await laptop.quiet()).toMatchObject({ state: 'synced' });
});

test('a command that has the book for a moment does nothing by itself, and everything by hand', async () => {
  await restart({ automatic: false });
  await laptop.connect();
  laptop.create('Ann');
  laptop.service.changed();
  office.remote.requests.length = 0;
  await laptop.pass(60 * minute);
  expect(office.remote.requests).toEqual([]);
  expect(await laptop.synced()).toMatchObject({ pulled: 30, pushed: 1 });
});
