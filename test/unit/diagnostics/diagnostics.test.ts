import { afterEach, beforeEach, expect, test } from 'vitest';
import { placeOf } from '../../../electron/error-place.ts';
import type { Host } from '../../../electron/host.ts';
import type { Download } from '../../../shared/operation.ts';
import { owner, temporaryFolder } from '../support/book.ts';
import { openTestHost } from '../support/host.ts';

let folder: ReturnType<typeof temporaryFolder>;
let host: Host | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await host?.close();
  folder.remove();
});

const open = async (safeMode = false): Promise<Host> => {
  host = await openTestHost(folder.path, { version: '1.2.3', safeMode });
  return host;
};

async function diagnostics({ dispatch }: Host): Promise<{ text: string; file: Download }> {
  const file = (await dispatch('host.diagnostics', {}, owner)) as Download;
  const chunks: string[] = [];
  for await (const chunk of file.chunks) chunks.push(String(chunk));
  return { text: chunks.join(''), file };
}

test('the diagnostics file tells versions, settings, counts and the log, and nothing of a contact or a token', async () => {
  const { dispatch, log } = await open();
  await dispatch('contact.create', { name: 'Rosa Lund', primaryEmail: 'rosa@nordlicht.example', primaryPhone: '+46701234567' }, owner);
  const { secret } = (await dispatch('token.create', { name: 'Crm of Rosa', permissions: ['ALL_ORG_VIEW'] }, owner)) as { secret: string };
  log.error({ err: new Error('no such row: "Rosa Lund"'), contact: 'Rosa Lund' }, 'a call failed');

  const { text, file } = await diagnostics(host as Host);
  expect(file.fileName).toMatch(/^fieldbook-diagnostics-\d{4}-\d\d-\d\d\.json$/);
  for (const secretText of ['Rosa', 'Lund', 'nordlicht', '6701234', secret]) expect(text).not.toContain(secretText);
  expect(JSON.parse(text)).toMatchObject({
    versions: { fieldbook: '1.2.3', node: process.versions.node },
    settings: { apiEnabled: true, apiPort: 4780 },
    state: { safeMode: false, apiListens: true },
    counts: { contacts: 1, trashed: 0 },
    sizes: { database: expect.any(Number) as number },
  });
  const { log: lines } = JSON.parse(text) as { log: Record<string, unknown>[] };
  expect(lines.at(-1)).toMatchObject({ msg: 'a call failed', err: { type: 'Error', message: 'no such row: "…"' } });
});

test('a request that failed is in the file with its kind and place, and without the contact it was about', async () => {
  const running = await open();
  const { secret } = (await running.dispatch('token.create', { name: 'script', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'] }, owner)) as { secret: string };
  const { id } = (await running.dispatch('contact.create', { name: 'Rosa Lund' }, owner)) as { id: string };
  running.log.error(placeOf(new RangeError(`no room for Rosa Lund ${id}`)), 'request failed');
  await fetch(`${running.api().url}/api/organization-contact/${id}`, { headers: { authorization: `Bearer ${secret}` } });
  const { text } = await diagnostics(running);
  const { log: lines } = JSON.parse(text) as { log: Record<string, unknown>[] };
  expect(lines).toContainEqual(expect.objectContaining({
    msg: 'request failed', error: 'RangeError', at: expect.arrayContaining([expect.stringMatching(/^at .*diagnostics\.test\.ts:\d+/)]) as string[],
  }));
  expect(lines).toContainEqual(expect.objectContaining({ route: '/api/organization-contact/:id', status: 200, requestId: expect.any(String) as string }));
  for (const data of ['Rosa', 'Lund', id, secret]) expect(text).not.toContain(data);
});

test('in safe mode the book works, the API is not listening, and settings cannot turn it on', async () => {
  const safe = await open(true);
  const { dispatch } = safe;
  await dispatch('contact.create', { name: 'Rosa' }, owner);
  expect(safe.api()).toEqual({ url: null, error: expect.stringContaining('safe mode') as string });
  await dispatch('settings.update', { apiEnabled: false }, owner);
  await dispatch('settings.update', { apiEnabled: true }, owner);
  expect(safe.api().url).toBeNull();
  expect(await dispatch('host.info', {}, owner)).toMatchObject({ safeMode: true, contacts: 1 });
});

test('a running book enters safe mode: the API stops and windows are told', async () => {
  const running = await open();
  const { events, dispatch } = running;
  const { url } = running.api();
  const heard: string[] = [];
  events.subscribe(({ type }) => heard.push(type));
  await running.enterSafeMode();
  await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  expect(heard).toContain('settings');
  expect(await dispatch('host.info', {}, owner)).toMatchObject({ safeMode: true, apiUrl: null });
});
