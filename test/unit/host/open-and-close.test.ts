import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEventHub, type EventHub } from '../../../electron/events.ts';
import { createHost, type Host } from '../../../electron/host.ts';
import type { HostConfig } from '../../../electron/host-config.ts';
import { openHost } from '../../../electron/open-host.ts';
import { migrationsDir, owner, temporaryFolder } from '../support/book.ts';

let folder: ReturnType<typeof temporaryFolder>;
let hosts: Host[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const host of hosts) await host.close().catch(() => undefined);
  hosts = [];
  folder.remove();
});

const config = (): HostConfig => ({
  dataDir: folder.path, migrationsDir, version: '0.0.0', port: 0,
  importWorker: new URL('../../../electron/imports/import-worker.ts', import.meta.url),
  syncWorker: new URL('../../../electron/sync/worker.ts', import.meta.url),
});
const open = async (changes: Partial<HostConfig> = {}) => {
  const host = await createHost({ ...config(), ...changes });
  hosts.push(host);
  return host;
};

/** A hub that counts who listens, and whose way to stop listening or to begin may fail. */
function countingHub(fails: { subscribe?: number; unsubscribe?: boolean } = {}): EventHub & { listeners: () => number } {
  const hub = createEventHub(() => undefined);
  let calls = 0;
  let listening = 0;
  return {
    publish: (event) => hub.publish(event),
    listeners: () => listening,
    subscribe(listener) {
      calls += 1;
      if (calls === fails.subscribe) throw new Error('cannot listen');
      const stop = hub.subscribe(listener);
      listening += 1;
      return () => {
        stop();
        listening -= 1;
        if (fails.unsubscribe) throw new Error('cannot stop listening');
      };
    },
  };
}

test('a host that cannot be built to its end leaves nothing behind: the profile is free, and nobody listens', async () => {
  const events = countingHub({ subscribe: 2 });
  await expect(createHost({ ...config(), events })).rejects.toThrow('cannot listen');
  expect(events.listeners()).toBe(0);
  const host = await open();
  expect((await fetch(`${host.api().url}/api/health`)).status).toBe(200);
});

test('one part that fails to stop keeps neither the others going nor the profile held', async () => {
  const events = countingHub({ unsubscribe: true });
  const host = await open({ events });
  const { url } = host.api();
  await expect(host.close()).rejects.toThrow();
  expect(events.listeners()).toBe(0);
  await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  expect(existsSync(join(folder.path, 'host.json'))).toBe(false);
  await open();
});

test('closing twice waits twice for the same end', async () => {
  const host = await open();
  let isFirstDone = false;
  const first = host.close().then(() => (isFirstDone = true));
  await host.close();
  expect(isFirstDone).toBe(true);
  await first;
});

test('a file for commands that cannot be written keeps nobody from the API', async () => {
  mkdirSync(join(folder.path, 'host.json', 'in the way'), { recursive: true });
  const host = await open();
  expect(host.api()).toEqual({ url: expect.stringContaining('http://127.0.0.1:') as string, error: null });
  rmSync(join(folder.path, 'host.json'), { recursive: true });
});

test('a book that cannot be opened again is said to be unavailable, and is there again when what was in the way is gone', async () => {
  let now = 0;
  const migrations = join(folder.path, 'migrations');
  cpSync(migrationsDir, migrations, { recursive: true });
  const host = await openHost({ ...config(), dataDir: join(folder.path, 'book'), migrationsDir: migrations }, () => now);
  hosts.push(host);
  const { id } = (await host.dispatch('contact.create', { name: 'Ann' }, owner)) as { id: string };
  const { id: backup } = (await host.dispatch('backup.make', {}, owner)) as { id: string };
  const { url } = host.api();
  const ask = async () => host.dispatch('contact.get', { id }, owner);
  await host.dispatch('backup.restore', { id: backup }, owner);
  renameSync(migrations, `${migrations} elsewhere`);

  await expect(ask()).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('could not be opened again') as string });
  expect(host.api()).toEqual({ url: null, error: expect.stringContaining('could not be opened again') as string });
  expect(host.settings()).toMatchObject({ apiEnabled: true });
  expect(() => host.windowUrl()).toThrow(/could not be opened again/);
  renameSync(`${migrations} elsewhere`, migrations);
  await expect(ask(), 'tried again at once').rejects.toThrow(/could not be opened again/);

  now += 60_000;
  expect(await ask()).toMatchObject({ name: 'Ann' });
  expect(host.api()).toEqual({ url, error: null });
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
});
