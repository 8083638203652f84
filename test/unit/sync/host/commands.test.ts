import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveFakeRemote, type ServedRemote } from '../../../fake-remote/http.ts';
import { createFakeRemote, type FakeRemote } from '../../../fake-remote/remote.ts';
import { temporaryFolder } from '../../support/book.ts';
import { startHeadless, type Headless } from '../../support/headless.ts';
import { isWrite } from '../engine/support.ts';
import { withBook } from '../kill/office.ts';

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

const electron = join(import.meta.dirname, '../../../../electron');
const secret = 'a very secret word';

let folder: ReturnType<typeof temporaryFolder>;
let remote: FakeRemote;
let served: ServedRemote;
let host: Headless | undefined;
const dataDir = () => join(folder.path, 'profile');

beforeEach(async () => {
  folder = temporaryFolder();
  remote = createFakeRemote();
  remote.seed(25);
  served = await serveFakeRemote(remote);
});
afterEach(async () => {
  host?.process.kill('SIGTERM');
  await host?.exited;
  host = undefined;
  await served.close();
  folder.remove();
});

/** Runs a command to its end, on the test's profile. */
async function command(name: string, args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [join(electron, 'cli', `${name}.ts`), ...args, '--data-dir', dataDir()], {
    env: { ...process.env, ...environment },
  });
  const outcome: Outcome = { status: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (outcome.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (outcome.stderr += String(chunk)));
  [outcome.status] = (await once(child, 'close')) as [number | null];
  return outcome;
}

const sync = (...args: string[]) => command('sync', args);

interface Wanted {
  url?: string;
  email?: string;
  password?: string;
  organization?: string;
  more?: string[];
}

function connect(wanted: Wanted = {}): Promise<Outcome> {
  const { directory } = remote;
  const { url = served.url, email = 'admin@example.com', password = 'secret', organization = directory.organizationId, more = [] } = wanted;
  const args = ['connect', '--url', url, '--email', email, '--password-env', 'OFFICE_PASSWORD', '--organization', organization, ...more];
  return command('sync', args, { OFFICE_PASSWORD: password });
}

const reportKeys = ['ok', 'pulled', 'pushed', 'deleted', 'conflicts', 'parked', 'waiting', 'requests', 'writes', 'durationMs'];

/** The one line of JSON that a command prints. */
function printed({ stdout, stderr }: Outcome): Record<string, unknown> {
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^\{.*\}\n$/);
  return JSON.parse(stdout) as Record<string, unknown>;
}

for (const state of ['closed', 'running'] as const) {
  test(`a book that is ${state} is linked, synced, asked how it stands, and unlinked`, async () => {
    await withBook(dataDir(), ({ call }) => call('contact.create', { name: 'Ann' }));
    if (state === 'running') host = await startHeadless(dataDir());

    expect(await connect()).toEqual({
      status: 0, stderr: '',
      stdout: `linked to Head office on ${served.url} as Local Admin\nsign-in kept: In sync-tokens.json of the profile, a file that only you can read; there is no keychain here.\n`,
    });
    expect(statSync(join(dataDir(), 'sync-tokens.json')).mode & 0o777).toBe(0o600);

    const run = await sync('run');
    const report = printed(run);
    expect(run.status).toBe(0);
    expect(Object.keys(report)).toEqual(reportKeys);
    expect(report).toMatchObject({ ok: true, deleted: 0, conflicts: 0, parked: 0, waiting: 0 });
    expect(remote.web.list()).toHaveLength(26);

    const standing = await sync('status');
    const status = printed(standing);
    expect(standing.status).toBe(0);
    expect(Object.keys(status)).toEqual(expect.arrayContaining(['state', 'account', 'waiting', 'conflicts', 'parked', 'quarantined', 'lastSuccessAt']));
    expect(status).toMatchObject({
      state: 'synced', waiting: 0, conflicts: 0, parked: 0, quarantined: 0, lastSuccessAt: expect.stringMatching(/^\d{4}-.+Z$/) as string,
      account: { url: served.url, server: 'gauzy', organizationName: 'Head office', userName: 'Local Admin' },
    });
    expect(status).not.toHaveProperty('lastError');

    expect(await sync('disconnect')).toEqual({ status: 0, stdout: 'not linked any more; every contact stays\n', stderr: '' });
    expect(readdirSync(dataDir())).not.toContain('sync-tokens.json');
    const unlinked = await sync('run');
    expect(unlinked.status).toBe(1);
    expect(printed(unlinked)).toMatchObject({ ok: false, error: 'The book is not linked to a server.' });
  });
}

test('a run with conflicts and refused contacts has run: it says how many, and ends with 0', async () => {
  await connect();
  await sync('run');
  const [one, two] = remote.web.list().map(({ id }) => id) as [string, string];
  await withBook(dataDir(), async ({ call }) => {
    for (const id of [one, two]) await call('contact.update', { id, notes: 'mine' });
  });
  remote.web.edit(one, { notes: 'theirs' });
  remote.faults.add({
    match: (request) => isWrite(request) && request.path.includes(two), times: Infinity,
    do: { status: 403, body: { statusCode: 403, message: 'Forbidden resource' } },
  });
  const run = await sync('run');
  expect(printed(run)).toMatchObject({ ok: true, conflicts: 1, parked: 1, waiting: 0 });
  expect(run.status).toBe(0);
});

test('a run that cannot come to its end says why in its JSON and ends with 1, and the status keeps the reason', async () => {
  await connect();
  await served.close();
  const offline = await sync('run');
  expect(offline.status).toBe(1);
  const report = printed(offline);
  expect(Object.keys(report)).toEqual([...reportKeys, 'error']);
  expect(report).toMatchObject({ ok: false, pulled: 0, error: expect.stringMatching(/^The server/) as string });
  expect(printed(await sync('status'))).toMatchObject({ state: 'offline', lastSuccessAt: null, lastError: report.error });
});

test('what is wrong with a command line is said with its usage, ends with 2, and touches no profile', async () => {
  const url = ['--url', 'https://office.example'];
  const wrong: [RegExp, string[], Record<string, string>?][] = [
    [/^connect, run, status or disconnect is missing\n/, []],
    [/^'link' is not known\n/, ['link']],
    [/^'now' is not expected here\n/, ['run', 'now']],
    [/^--url is missing\n/, ['connect', '--email', 'ann@office.example', '--password-env', 'OFFICE_PASSWORD']],
    [/^--email is missing\n/, ['connect', ...url]],
    [/^--password-env is missing\n/, ['connect', ...url, '--email', 'ann@office.example']],
    [/^--password-env names OFFICE_PASSWORD, which is not set\n/, ['connect', ...url, '--email', 'ann@office.example', '--password-env', 'OFFICE_PASSWORD']],
    [/^--token-env names OFFICE_TOKEN, which is not set\n/, ['connect', ...url, '--token-env', 'OFFICE_TOKEN'], { OFFICE_TOKEN: '' }],
    [/^--token-env stands instead of/, ['connect', ...url, '--token-env', 'OFFICE_TOKEN', '--email', 'ann@office.example'], { OFFICE_TOKEN: secret }],
    // A password has no place in a command line.
    [/^Unknown option '--password'/, ['connect', ...url, '--email', 'ann@office.example', '--password', secret]],
  ];
  const outcomes = await Promise.all(wrong.map(([, args, environment]) => command('sync', args, environment)));
  for (const [index, { status, stdout, stderr }] of outcomes.entries()) {
    expect(stderr).toMatch(wrong[index]?.[0] ?? /never/);
    expect(stderr).toContain('Usage: npm run sync');
    expect(stderr).not.toContain(secret);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  }
  expect(readdirSync(folder.path)).toEqual([]);
});

test('what the server or its address is refused for is said in one line, by the name of the option; nothing is linked or kept', async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const { organizationId, secondOrganizationId } = remote.directory;
  const refused: [string, Wanted][] = [
    ['--url must begin with https:// (http:// only for this computer)', { url: 'http://example.com' }],
    ['The server refuses connections.', { url: `http://127.0.0.1:${port}` }],
    ['the password or e-mail is wrong', { password: secret }],
    [`--organization must be one of: Head office (${organizationId}), Branch (${secondOrganizationId})`, { organization: 'Head office' }],
  ];
  for (const [message, wanted] of refused) {
    expect(await connect(wanted)).toEqual({ status: 1, stdout: '', stderr: `${message}\n` });
    expect(readdirSync(dataDir())).not.toContain('sync-tokens.json');
  }
  const log = readFileSync(join(dataDir(), 'logs', 'fieldbook.log'), 'utf8');
  for (const word of [secret, 'admin@example.com']) expect(log).not.toContain(word);

  await connect();
  expect(await connect({ organization: secondOrganizationId })).toEqual({
    status: 1, stdout: '', stderr: `--replace is needed: the book is linked to Head office on ${served.url}\n`,
  });
  expect(await connect({ organization: secondOrganizationId, more: ['--replace'] })).toMatchObject({
    status: 0, stdout: expect.stringMatching(/^linked to Branch on /) as string,
  });
});
