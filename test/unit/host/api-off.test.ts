import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRunningHost } from '../../../electron/cli/running-host.ts';
import { readControl } from '../../../electron/control-file.ts';
import type { Host } from '../../../electron/host.ts';
import type { CallName, Input, Output } from '../../../shared/operations/index.ts';
import { owner, temporaryFolder } from '../support/book.ts';
import { startHeadless } from '../support/headless.ts';
import { openTestHost } from '../support/host.ts';

/* The headless host comes to its windows and commands over HTTP: whatever the settings say, they are never locked out. */

let folder: ReturnType<typeof temporaryFolder>;
let host: Host;
beforeEach(async () => {
  folder = temporaryFolder();
  host = await openTestHost(folder.path, { windowsOverHttp: true });
});
afterEach(async () => {
  await host.close();
  folder.remove();
});

const call = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => (await host.dispatch(name, input, owner)) as Output<N>;
const asking = (secret: string): RequestInit => ({ headers: { authorization: `Bearer ${secret}` } });

test('with the API switched off programs are refused, and windows and commands go on', async () => {
  const { secret } = await call('token.create', { name: 'script', permissions: ['ALL_ORG_VIEW'] });
  const { url } = host.api();
  const { id } = await call('contact.create', { name: 'Ann' });
  const paths = ['organization-contact/count', `organization-contact/${id}`, 'events'];
  expect((await fetch(`${url}/api/${paths[0]}`, asking(secret))).status).toBe(200);

  await call('settings.update', { apiEnabled: false });
  expect(await call('host.info', {})).toMatchObject({ apiUrl: null, apiError: null });
  for (const path of paths) {
    const refused = await fetch(`${url}/api/${path}`, asking(secret));
    expect([path, refused.status, await refused.json()]).toMatchObject([path, 503, { message: 'The API is switched off in the settings of Fieldbook' }]);
  }
  expect((await call('token.list', {})).items).toMatchObject([{ name: 'script' }]);

  const control = readControl(folder.path);
  const window = { ...asking(control?.token ?? ''), method: 'POST' };
  expect(await (await fetch(`${control?.url}/api/rpc/contact.count`, window)).json()).toEqual({ ok: true, value: 1 });
  await fetch(`${url}/api/rpc/settings.update`, {
    method: 'POST', body: '{"apiEnabled":true}', headers: { authorization: `Bearer ${control?.token}`, 'content-type': 'application/json' },
  });
  expect((await fetch(`${url}/api/${paths[0]}`, asking(secret))).status).toBe(200);
});

test('the event stream of a program ends when the API is switched off, and that of a window stays', async () => {
  const { secret } = await call('token.create', { name: 'script', permissions: ['ALL_ORG_VIEW'] });
  const open = (token: string) => new Promise<{ isOpen: () => boolean; close: () => void }>((resolve) => {
    let isOpen = true;
    const asked = request(`${host.api().url}/api/events`, { headers: { authorization: `Bearer ${token}` } }, (answer) => {
      answer.resume().on('close', () => (isOpen = false));
      resolve({ isOpen: () => isOpen, close: () => asked.destroy() });
    });
    asked.on('error', () => undefined).end();
  });
  const [program, window] = [await open(secret), await open(readControl(folder.path)?.token ?? '')];
  await call('settings.update', { apiEnabled: false });
  await expect.poll(program.isOpen).toBe(false);
  expect(window.isOpen()).toBe(true);
  window.close();
});

test('another port counts from the next start, so that a window is not left behind', async () => {
  const { url } = host.api();
  const free = await freePort();
  await call('settings.update', { apiPort: free });
  expect(host.api().url).toBe(url);
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
  await host.close();
  host = await openTestHost(folder.path, { windowsOverHttp: true, port: undefined });
  expect(host.api().url).toBe(`http://127.0.0.1:${free}`);
});

test('a running host gives another window to whoever starts Fieldbook again, and none where it has no page', async () => {
  const pageless = await findRunningHost(folder.path);
  expect(await pageless?.call('host.window', {})).toEqual({ url: null });
  await host.close();
  expect(await findRunningHost(folder.path)).toBeNull();

  const rendererDir = join(folder.path, 'page');
  mkdirSync(rendererDir);
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html>');
  host = await openTestHost(folder.path, { windowsOverHttp: true, rendererDir });
  const running = await findRunningHost(folder.path);
  const { url } = (await running?.call('host.window', {})) ?? { url: null };
  expect(url).toMatch(new RegExp(`^${host.api().url}/#code=.`));
  const claim = () => fetch(`${host.api().url}/api/window/claim`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: url?.split('#code=')[1] }),
  });
  expect([(await claim()).status, (await claim()).status]).toEqual([200, 401]);
});

test('serve starts with the API switched off', async () => {
  await call('settings.update', { apiEnabled: false });
  await host.close();
  const served = await startHeadless(folder.path);
  expect((await fetch(`${served.url}/api/health`)).status).toBe(200);
  served.process.kill('SIGTERM');
  expect(await served.exited).toBe(0);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
