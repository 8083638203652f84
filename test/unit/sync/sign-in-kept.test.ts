import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKeychain } from '../../../electron/desktop/secrets.ts';
import type { Host } from '../../../electron/host.ts';
import { createSecrets, secretsFile } from '../../../electron/sync/secrets.ts';
import type { CallName, Input, Output } from '../../../shared/operations/index.ts';
import { serveFakeRemote, type ServedRemote } from '../../fake-remote/http.ts';
import { createFakeRemote, type FakeRemote } from '../../fake-remote/remote.ts';
import { owner, temporaryFolder } from '../support/book.ts';
import { openTestHost } from '../support/host.ts';
import { createStorage, type FakeStorage } from './fake-safe-storage.ts';

/* A whole host, with the thread of its own and a server behind a port, and a keychain that does what the tests say. */

let folder: ReturnType<typeof temporaryFolder>;
let remote: FakeRemote;
let served: ServedRemote;
let storage: FakeStorage;
let host: Host;

async function open(): Promise<void> {
  host = await openTestHost(folder.path, { api: false, secrets: createSecrets(folder.path, createKeychain(storage, 'linux')) });
}

async function restart(): Promise<void> {
  await host.close();
  await open();
}

beforeEach(async () => {
  folder = temporaryFolder();
  remote = createFakeRemote();
  served = await serveFakeRemote(remote);
  storage = createStorage();
  await open();
});

afterEach(async () => {
  await host.close();
  await served.close();
  folder.remove();
});

const call = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => (await host.dispatch(name, input, owner)) as Output<N>;
const { email, password } = { email: () => remote.directory.admin.email, password: () => remote.directory.admin.password };
const connect = () =>
  call('sync.connect', { url: served.url, email: email(), password: password(), organizationId: remote.directory.organizationId });

/** Everything in the profile's files, the log and the database included. */
function profile(): string {
  const files = readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).map((name) => join(folder.path, name));
  return files.filter((name) => statSync(name).isFile()).map((name) => readFileSync(name, 'latin1')).join('\n');
}

/** The tokens that the server gave out. */
const given = () => remote.requests.flatMap(({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? []);

test('neither the password nor a token is anywhere in the profile, after signing in, syncing and failing', async () => {
  await connect();
  remote.web.create({ name: 'Acme' });
  expect(await call('sync.run', {})).toMatchObject({ ok: true, pulled: 1 });
  await expect(call('sync.connect', { url: served.url, email: email(), password: 'wrong-Password-9' })).rejects.toMatchObject({
    kind: 'invalid', issues: [{ field: 'password' }],
  });
  await restart();
  expect(await call('sync.run', {})).toMatchObject({ ok: true });
  expect(given().length).toBeGreaterThan(3);
  for (const secret of [password(), 'wrong-Password-9', ...given()]) expect(profile()).not.toContain(secret);
});

test('a keychain that refuses keeps the book from being linked, and says what to do', async () => {
  storage.state = 'locked';
  await expect(connect()).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('Unlock it and try again') });
  expect(await call('sync.status', {})).toMatchObject({ state: 'unlinked', account: null });
  expect(profile()).not.toContain(given().at(-1));
  storage.state = 'open';
  expect(await connect()).toMatchObject({ account: { keptIn: expect.stringContaining('sealed') } });
});

test('a keychain that is locked at a start pauses sync with words, and the next run goes on', async () => {
  await connect();
  await restart();
  storage.state = 'locked';
  const asked = remote.requests.length;
  expect(await call('sync.run', {})).toMatchObject({ ok: false, error: expect.stringContaining('is not answering') });
  expect(await call('sync.status', {})).toMatchObject({ state: 'paused', pauseReason: expect.stringContaining('keychain') });
  expect(remote.requests.length).toBe(asked);
  storage.state = 'open';
  expect(await call('sync.run', {})).toMatchObject({ ok: true });
});

test.each([
  ['torn by a power cut', () => readFileSync(join(folder.path, secretsFile), 'utf8').slice(0, -9)],
  ['of another server', async () => {
    const sealed = await storage.encryptStringAsync(JSON.stringify({ access: 'stolen', refresh: null, origin: 'https://other.example' }));
    return JSON.stringify({ sealed: sealed.toString('base64') });
  }],
  ['sealed on another computer', () => {
    storage.keys.splice(0, 1, 99);
    return readFileSync(join(folder.path, secretsFile), 'utf8');
  }],
  ['empty', () => ''],
])('a file of tokens that is %s means signed out, in words; signing in again loses nothing', async (_what, content) => {
  await connect();
  const { id } = await call('contact.create', { name: 'Mine' });
  await host.close();
  writeFileSync(join(folder.path, secretsFile), await content());
  await open();
  const asked = remote.requests.length;
  expect(await call('sync.run', {})).toMatchObject({ ok: false, error: 'You are signed out. Please sign in again; nothing is lost.' });
  expect(await call('sync.status', {})).toMatchObject({ state: 'signedOut', waiting: 1 });
  expect(remote.requests.length).toBe(asked);
  await connect();
  expect(await call('sync.run', {})).toMatchObject({ ok: true, pushed: 1 });
  expect(remote.web.get(id)).toMatchObject({ name: 'Mine' });
});

test('unlinking leaves no token behind', async () => {
  await connect();
  await call('sync.disconnect', {});
  expect(readdirSync(folder.path)).not.toContain(secretsFile);
});
