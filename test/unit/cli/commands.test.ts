import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../support/book.ts';

const electron = join(import.meta.dirname, '../../../electron');

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

let folder: ReturnType<typeof temporaryFolder>;
let host: ChildProcess | undefined;
let url = '';
const dataDir = () => join(folder.path, 'profile');

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  if (host && host.exitCode === null) {
    host.kill('SIGTERM');
    await once(host, 'exit');
  }
  host = undefined;
  folder.remove();
});

/** Runs a command to its end, on the test's profile. */
async function command(name: string, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [join(electron, 'cli', `${name}.ts`), ...args, '--data-dir', dataDir()]);
  const outcome: Outcome = { status: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (outcome.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (outcome.stderr += String(chunk)));
  const [status] = (await once(child, 'close')) as [number | null];
  return { ...outcome, status };
}

async function startHost(): Promise<void> {
  host = spawn(process.execPath, [join(electron, 'headless.ts'), '--data-dir', dataDir(), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: host.stdout as NonNullable<ChildProcess['stdout']> });
  const [ready] = (await once(lines, 'line')) as [string];
  ({ url } = JSON.parse(ready.replace('ready ', '')) as { url: string });
}

const seed = (...args: string[]) => command('seed', '--contacts', '40', ...args);
const createToken = (...args: string[]) =>
  command('token', 'create', '--name', 'script', '--permissions', 'ALL_ORG_VIEW,ORG_CONTACT_EDIT', ...args);
const ask = (secret: string) =>
  fetch(`${url}/api/organization-contact/count`, { headers: { authorization: `Bearer ${secret.trim()}` } });

for (const state of ['closed', 'running'] as const) {
  test(`a book that is ${state} is seeded and exported`, async () => {
    if (state === 'running') await startHost();
    expect(await seed()).toEqual({ status: 0, stdout: '40 contacts created\n', stderr: '' });
    const file = join(folder.path, 'all.vcf');
    expect(await command('export', '--format', 'vcf', file)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(file, 'utf8').match(/^BEGIN:VCARD/gm)).toHaveLength(40);
    const json = await command('export', '--format', 'json');
    expect((JSON.parse(json.stdout) as { contacts: unknown[] }).contacts).toHaveLength(40);
  });

  test(`a file is imported into a book that is ${state}`, async () => {
    if (state === 'running') await startHost();
    writeFileSync(join(folder.path, 'one.csv'), 'name,primaryEmail\nZoë Ångström,zoe@mail.example\n');
    const imported = await command('import', join(folder.path, 'one.csv'));
    expect(imported.stdout).toBe('1 created, 0 updated, 0 skipped, 0 refused\n');
    expect(imported.status).toBe(0);
    expect((await command('export', '--format', 'csv')).stdout).toContain('Zoë Ångström');
  });

  test(`tokens of a book that is ${state} are made, listed and revoked`, async () => {
    if (state === 'running') await startHost();
    const created = await createToken('--rate', '0', '--expires', '30d');
    expect(created.stdout).toMatch(/^fbk_[\w-]{43}\n$/);
    expect((await command('token', 'list')).stdout).toMatch(/script +live until .+ +ALL_ORG_VIEW,ORG_CONTACT_EDIT +0 /);
    expect(await command('token', 'revoke', 'script')).toEqual({ status: 0, stdout: 'script is revoked\n', stderr: '' });
    expect((await command('token', 'list')).stdout).toMatch(/script +revoked/);
  });
}

test('a token made while the host runs works at once, and not after it is revoked', async () => {
  await startHost();
  const { stdout: secret } = await createToken();
  expect((await ask(secret)).status).toBe(200);
  await command('token', 'revoke', 'script');
  expect((await ask(secret)).status).toBe(401);
});

test('a wrong command line names the argument, shows the usage, ends with 2 and touches no profile', async () => {
  const wrong: [RegExp, Promise<Outcome>][] = [
    [/^--contacts is missing/, command('seed')],
    [/^--contacts must be a whole number/, command('seed', '--contacts', 'many')],
    [/^Unknown option '--size'/, command('seed', '--contacts', '1', '--size', '2')],
    [/^create, list or revoke is missing/, command('token')],
    [/^--name is missing/, command('token', 'create', '--permissions', 'ALL_ORG_VIEW')],
    [/^--permissions must be one of .*'ADMIN'/, command('token', 'create', '--name', 'x', '--permissions', 'ALL_ORG_VIEW,ADMIN')],
    [/^--expires must be/, createToken('--expires', '30')],
    [/^NAME is missing/, command('token', 'revoke')],
    [/^FILE is missing/, command('import')],
    [/^--format must be one of csv, vcf, json/, command('export', '--format', 'xls')],
  ];
  for (const [message, running] of wrong) {
    const { status, stdout, stderr } = await running;
    expect(stderr).toMatch(message);
    expect(stderr).toContain('Usage: npm run');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  }
  expect(() => readFileSync(join(dataDir(), 'fieldbook.db'))).toThrow(/ENOENT/);
});

test('what cannot be done is said in a line, with 1: a file that is not there or is no address book, an unknown token', async () => {
  const absent = await command('import', join(folder.path, 'absent.csv'));
  expect(absent.status).toBe(1);
  expect(absent.stderr).toContain('absent.csv');

  writeFileSync(join(folder.path, 'book.json'), 'not JSON at all');
  const refused = await command('import', join(folder.path, 'book.json'));
  expect(refused.status).toBe(1);
  expect(refused.stdout + refused.stderr).not.toBe('');

  expect(await command('token', 'revoke', 'nobody')).toEqual({ status: 1, stdout: '', stderr: 'There is no token named nobody\n' });
});

test('rows that an import refuses are told with their reason, beside what was imported', async () => {
  writeFileSync(join(folder.path, 'two.csv'), 'name,primaryEmail\nAnn,ann@mail.example\nBob,not-an-address\n');
  const { status, stdout, stderr } = await command('import', join(folder.path, 'two.csv'));
  expect(status).toBe(0);
  expect(stdout).toBe('1 created, 0 updated, 0 skipped, 1 refused\n');
  expect(stderr).toMatch(/Row \d+: .*not-an-address/);
});

test('an export that fails says where, and leaves nothing half written', async () => {
  const target = join(folder.path, 'a folder');
  mkdirSync(target);
  await seed();
  const { status, stderr } = await command('export', '--format', 'csv', target);
  expect(status).toBe(1);
  expect(stderr).toContain(target);
  expect(readdirSync(folder.path).toSorted()).toEqual(['a folder', 'profile']);
});
