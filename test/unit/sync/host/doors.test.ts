import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../../../electron/host.ts';
import { operations, type CallName, type Input, type Output } from '../../../../shared/operations/index.ts';
import type { Permission } from '../../../../shared/permissions.ts';
import { serveFakeRemote, type ServedRemote } from '../../../fake-remote/http.ts';
import { createFakeRemote, type FakeRemote } from '../../../fake-remote/remote.ts';
import { ipc, type Transport } from '../../contract/transports.ts';
import { owner, temporaryFolder } from '../../support/book.ts';
import { openTestHost } from '../../support/host.ts';
import { isWrite } from '../engine/support.ts';

/* A host as it runs, thread and all, with a server on a port: what programs and windows are answered about sync. */

let folder: ReturnType<typeof temporaryFolder>;
let remote: FakeRemote;
let served: ServedRemote;
let host: Host;
let url: string;
let viewer: string;
let editor: string;
let window: Transport;
const unknownId = '00000000-0000-4000-8000-000000000000';

/** Asks as the person at this computer. */
const ask = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => (await host.dispatch(name, input, owner)) as Output<N>;

async function tokenFor(name: string, permissions: Permission[]): Promise<string> {
  return (await ask('token.create', { name, permissions, rate: 0 })).secret;
}

function send(method: string, path: string, token: string | null, body?: unknown): Promise<Response> {
  return fetch(`${url}/api${path}`, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function answered(method: string, path: string, token: string, body?: unknown): Promise<unknown> {
  const answer = await send(method, path, token, body);
  expect(answer.status, `${method} ${path}`).toBe(200);
  // What sync says is of this moment: it has no revision that a later request could name.
  expect(answer.headers.get('etag') ?? 'W/').toMatch(/^W\//);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return answer.json();
}

beforeAll(async () => {
  folder = temporaryFolder();
  remote = createFakeRemote();
  remote.seed(12);
  served = await serveFakeRemote(remote);
  host = await openTestHost(folder.path);
  url = host.api().url ?? '';
  viewer = await tokenFor('viewer', ['ORG_CONTACT_VIEW']);
  editor = await tokenFor('editor', ['ORG_CONTACT_EDIT']);
  window = ipc(host);
});
afterAll(async () => {
  await host.close();
  await served.close();
  folder.remove();
});

const routes = Object.entries(operations).flatMap(([name, { access, ...operation }]) =>
  'rest' in operation && operation.rest && name.startsWith('sync.') ? [{ name, access, ...operation.rest }] : []);

test('there are the routes that were promised, and no other', () => {
  expect(routes.map(({ method, path, access }) => `${method} ${path} ${access}`).toSorted()).toEqual([
    'DELETE /sync/parked/:id edit',
    'GET /sync/conflicts view',
    'GET /sync/parked view',
    'GET /sync/status view',
    'POST /sync/conflicts/:id/resolve edit',
    'POST /sync/parked/:id/retry edit',
    'POST /sync/run edit',
  ]);
});

test('each route asks for its permission: a token to read may not run sync, a token to edit may not look', async () => {
  for (const { method, path, access } of routes) {
    const place = path.replace(':id', unknownId);
    const body = method === 'POST' ? { choice: 'mine' } : undefined;
    expect((await send(method, place, null, body)).status, `${method} ${path}`).toBe(401);
    const refused = await send(method, place, access === 'view' ? editor : viewer, body);
    expect(refused.status, `${method} ${path}`).toBe(403);
    expect(await refused.json()).toEqual({ statusCode: 403, message: 'Forbidden resource', error: 'Forbidden' });
  }
});

test('what concerns the account is the person’s alone: no token may link, unlink or pause', async () => {
  const all = await tokenFor('all', ['ALL_ORG_VIEW', 'ALL_ORG_EDIT']);
  const own = Object.entries(operations).filter(([name, { access }]) => name.startsWith('sync.') && access === 'owner').map(([name]) => name);
  expect(own).toEqual(expect.arrayContaining(['sync.connect', 'sync.disconnect', 'sync.pause', 'sync.inspect']));
  for (const name of own) expect([401, 403], name).toContain((await send('POST', `/rpc/${name}`, all, {})).status);
});

test('of a book without a server: nothing waits, and a run says why it could not', async () => {
  expect(await answered('GET', '/sync/status', viewer)).toEqual({
    state: 'unlinked', account: null, waiting: 0, conflicts: 0, parked: 0, quarantined: 0, lastSuccessAt: null, nextAt: null,
  });
  for (const list of ['conflicts', 'parked']) expect(await answered('GET', `/sync/${list}`, viewer)).toEqual({ items: [], total: 0 });
  expect(await answered('POST', '/sync/run', editor)).toEqual({
    ok: false, pulled: 0, pushed: 0, deleted: 0, conflicts: 0, parked: 0, waiting: 0, requests: 0, writes: 0,
    durationMs: expect.any(Number) as number, error: 'The book is not linked to a server.',
  });
});

describe('linked', () => {
  const contact = (id: string, notes: string) => ask('contact.update', { id, notes });
  const ids = () => remote.web.list().map(({ id }) => id);

  beforeAll(async () => {
    const { email, password } = remote.directory.admin;
    await window.call('sync.connect', { url: served.url, email, password, organizationId: remote.directory.organizationId });
  });

  test('a run from outside joins the one that is going on, waits for its end and tells what it did', async () => {
    const [one, other, third] = await Promise.all([
      answered('POST', '/sync/run', editor), answered('POST', '/sync/run', editor), window.call('sync.run', {}),
    ]);
    const did = { ok: true, pushed: 0, deleted: 0, conflicts: 0, parked: 0, waiting: 0, writes: 0 };
    for (const report of [one, other, third]) expect(report).toMatchObject(did);
    expect(await answered('GET', '/sync/status', viewer)).toMatchObject({
      state: 'synced', lastSuccessAt: expect.any(String) as string, account: { url: served.url, organizationName: 'Head office' },
    });
    const { nextAt, ...status } = await window.call('sync.status', {});
    expect(await answered('GET', '/sync/status', viewer)).toMatchObject(status);
    expect(nextAt).toEqual(expect.any(String));
    expect(await ask('contact.count', {})).toBe(12);
  });

  test('a conflict is listed with base, mine and theirs, and answered from outside', async () => {
    const [id = ''] = ids();
    remote.web.edit(id, { notes: 'base' });
    await answered('POST', '/sync/run', editor);
    await contact(id, 'mine');
    remote.web.edit(id, { notes: 'theirs' });
    expect(await answered('POST', '/sync/run', editor)).toMatchObject({ ok: true, conflicts: 1 });
    const { items, total } = (await answered('GET', '/sync/conflicts', viewer)) as Output<'sync.conflicts'>;
    expect(total).toBe(1);
    expect(items).toMatchObject([{ contactId: id, kind: 'field', field: 'notes', base: 'base', mine: 'mine', theirs: 'theirs', createdAt: expect.any(String) as string }]);
    expect(await window.call('sync.conflicts', {})).toEqual({ items, total });

    const place = `/sync/conflicts/${items[0]?.id}/resolve`;
    const refused = await send('POST', place, editor, { choice: 'ours' });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ statusCode: 400, message: ['choice must be one of: mine, theirs, both'], error: 'Bad Request' });
    expect((await send('POST', place, editor, { choice: 'mine', sure: true })).status).toBe(400);
    expect(await answered('POST', place, editor, { choice: 'mine' })).toMatchObject({ id: items[0]?.id, contactId: id });
    expect((await send('POST', place, editor, { choice: 'mine' })).status).toBe(409);
    expect(await answered('POST', '/sync/run', editor)).toMatchObject({ ok: true, pushed: 1, conflicts: 0 });
    expect(remote.web.get(id)).toMatchObject({ notes: 'mine' });
  });

  test('a refused contact is listed with its reason, sent again or given up from outside', async () => {
    const [, id = ''] = ids();
    const before = remote.web.get(id)?.notes ?? null;
    await contact(id, 'never');
    const allow = remote.faults.add({
      match: (request) => isWrite(request) && request.path.includes(id), times: Infinity,
      do: { status: 403, body: { statusCode: 403, message: 'Forbidden resource' } },
    });
    expect(await answered('POST', '/sync/run', editor)).toMatchObject({ ok: true, parked: 1, waiting: 0 });
    const { items } = (await answered('GET', '/sync/parked', viewer)) as Output<'sync.parked'>;
    expect(items).toMatchObject([{ contactId: id, reason: expect.any(String) as string, status: 403, message: expect.stringContaining('Forbidden') as string, attempts: 1 }]);
    const parked = items[0]?.id ?? '';

    expect(await answered('POST', `/sync/parked/${parked}/retry`, editor)).toMatchObject({ id: parked, contactId: id });
    expect(await answered('POST', '/sync/run', editor)).toMatchObject({ parked: 1 });
    const again = ((await answered('GET', '/sync/parked', viewer)) as Output<'sync.parked'>).items[0]?.id ?? '';
    allow();
    expect(await answered('DELETE', `/sync/parked/${again}`, editor)).toMatchObject({ contactId: id });
    expect(await answered('GET', '/sync/parked', viewer)).toEqual({ items: [], total: 0 });
    expect(await ask('contact.get', { id })).toMatchObject({ notes: before });
  });

  test('an id that is unknown is 404, and one that is none is 406', async () => {
    for (const [method, path, body] of [
      ['POST', '/sync/conflicts/:id/resolve', { choice: 'mine' }], ['POST', '/sync/parked/:id/retry', undefined], ['DELETE', '/sync/parked/:id', undefined],
    ] as const) {
      expect((await send(method, path.replace(':id', unknownId), editor, body)).status, path).toBe(404);
      expect((await send(method, path.replace(':id', 'first'), editor, body)).status, path).toBe(406);
    }
  });

  test('what is changed here is sent by itself seconds later: an edit through the API, and a tag that is deleted', async () => {
    const id = ids().at(-1) ?? '';
    const tag = remote.web.createTag('Old customer');
    remote.web.edit(id, { tags: [tag] });
    await answered('POST', '/sync/run', editor);
    const here = (await ask('tag.list', {})).items.find(({ name }) => name === 'Old customer');
    const { status } = await send('PUT', `/organization-contact/${id}`, editor, { name: 'By a program' });
    expect(status).toBe(202);
    await expect.poll(() => remote.web.get(id)?.name, { timeout: 30_000 }).toBe('By a program');
    await expect.poll(async () => (await ask('sync.status', {})).state).toBe('synced');
    await ask('tag.delete', { id: here?.id ?? '' });
    await expect.poll(() => remote.web.get(id)?.tags, { timeout: 30_000 }).toEqual([]);
  });

  test('safe mode ends a cycle that is running in the thread, and the status says why sync is off', async () => {
    remote.seed(60);
    for (let number = 0; number < 5; number += 1) await ask('contact.create', { name: `Waiting ${number}` });
    remote.faults.add({ match: isWrite, do: { run: () => void host.enterSafeMode() } });
    expect(await window.call('sync.run', {})).toMatchObject({ ok: false, error: expect.stringContaining('safe mode') as string });
    const status = await window.call('sync.status', {});
    expect(status).toMatchObject({ state: 'paused', pauseReason: 'Fieldbook is in safe mode: restart it to sync again.', nextAt: null });
    expect(status.waiting).toBeGreaterThan(0);
    expect(await window.call('sync.run', {})).toMatchObject({ ok: false, requests: 0 });
    await expect.poll(() => readFileSync(join(folder.path, 'logs', 'fieldbook.log'), 'utf8')).toContain('a sync cycle ended');
  });
});
