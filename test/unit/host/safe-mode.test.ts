import { afterEach, beforeEach, expect, test } from 'vitest';
import { readControl } from '../../../electron/control-file.ts';
import type { Host } from '../../../electron/host.ts';
import { openHost } from '../../../electron/open-host.ts';
import type { HostEvent } from '../../../shared/events.ts';
import type { CallName, Input, Output } from '../../../shared/operations/index.ts';
import { serveFakeRemote, type ServedRemote } from '../../fake-remote/http.ts';
import { createFakeRemote } from '../../fake-remote/remote.ts';
import { migrationsDir, owner, temporaryFolder } from '../support/book.ts';

let folder: ReturnType<typeof temporaryFolder>;
let host: Host;
let served: ServedRemote | undefined;
beforeEach(async () => {
  folder = temporaryFolder();
  host = await open();
});
afterEach(async () => {
  await host.close();
  await served?.close();
  served = undefined;
  folder.remove();
});

const open = () =>
  openHost({
    dataDir: folder.path, migrationsDir, version: '0.0.0', port: 0,
    importWorker: new URL('../../../electron/imports/import-worker.ts', import.meta.url),
    syncWorker: new URL('../../../electron/sync/worker.ts', import.meta.url),
  });

const call = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => (await host.dispatch(name, input, owner)) as Output<N>;

test('safe mode turns the API off and leaves the book to its windows, until the next start', async () => {
  const events: HostEvent[] = [];
  host.events.subscribe((event) => events.push(event));
  const { url } = host.api();
  await host.enterSafeMode();
  expect(await call('host.info', {})).toMatchObject({ safeMode: true, apiUrl: null, apiError: expect.stringContaining('safe mode') as string });
  expect(events).toContainEqual({ type: 'settings' });
  expect(readControl(folder.path)?.url).toBeNull();
  await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  await call('contact.create', { name: 'Ann' });
  expect(await call('contact.count', {})).toBe(1);

  await host.close();
  host = await open();
  expect(await call('host.info', {})).toMatchObject({ safeMode: false, apiUrl: host.api().url });
  expect((await fetch(`${host.api().url}/api/health`)).status).toBe(200);
});

test('settings that turn the API on do so only at the next start', async () => {
  await host.enterSafeMode();
  await call('settings.update', { apiEnabled: true });
  expect(host.api().url).toBeNull();
});

test('a book that is restored in safe mode is in safe mode too', async () => {
  const { id } = await call('backup.make', {});
  await host.enterSafeMode();
  await call('backup.restore', { id });
  expect(await call('host.info', {})).toMatchObject({ safeMode: true, apiUrl: null });
});

test('a sync that is waiting for the server ends at once, and none begins', async () => {
  const remote = createFakeRemote();
  served = await serveFakeRemote(remote);
  await call('sync.connect', { url: served.url, email: 'admin@example.com', password: 'secret', organizationId: remote.directory.organizationId });
  const asked = new Promise<void>((resolve) => {
    remote.faults.add({ match: ({ path }) => path.includes('organization-contact'), times: Infinity, do: { run: resolve } });
  });
  remote.faults.add({ match: ({ path }) => path.includes('organization-contact'), times: Infinity, do: 'timeout' });
  const report = call('sync.run', {});
  await asked;
  await host.enterSafeMode();
  expect(await report).toMatchObject({ ok: false, error: expect.stringContaining('safe mode') as string });
  expect(await call('sync.status', {})).toMatchObject({ state: 'paused', nextAt: null });
  expect(await call('sync.run', {})).toMatchObject({ ok: false, requests: 0 });
});
