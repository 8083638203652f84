import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromCaller } from '../../../electron/cli/caller-path.ts';
import { inPlainWords } from '../../../electron/cli/plain-words.ts';
import { readStartArguments } from '../../../electron/cli/start-arguments.ts';
import { openBook } from '../../../electron/cli/open-book.ts';
import { temporaryFolder } from '../support/book.ts';
import { startHeadless } from '../support/headless.ts';
import { openTestHost } from '../support/host.ts';
import { runScript, type Outcome } from './run-command.ts';

let folder: ReturnType<typeof temporaryFolder>;
const dataDir = () => join(folder.path, 'profile');
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const command = (name: string, ...args: string[]): Promise<Outcome> => runScript(`cli/${name}.ts`, [...args, '--data-dir', dataDir()]);
const fed = (input: string, name: string, ...args: string[]) => runScript(`cli/${name}.ts`, [...args, '--data-dir', dataDir()], input);

/** Says what each outcome should be beside what it is, one after the other: two at a time would slow each other down. */
async function each<T>(items: readonly T[], check: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await check(item);
}

test('every command tells how it is called, on standard output and with 0, and touches no profile', async () => {
  const scripts = ['token', 'seed', 'import', 'export', 'backup', 'restore', 'profile', 'recover', 'sync', 'start', 'dev'].map((name) => `cli/${name}.ts`);
  await each([...scripts, 'headless.ts'], async (script) => {
    const { status, stdout, stderr } = await runScript(script, ['--data-dir', dataDir(), script === 'cli/seed.ts' ? '-h' : '--help']);
    expect({ script, status, stderr }).toEqual({ script, status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: npm (run|start)/);
  });
  expect(existsSync(dataDir())).toBe(false);
});

test('an unknown option and a missing value are one line and the usage, without Node’s advice, and end with 2', async () => {
  await each<[RegExp, string, string[]]>([
    [/^Unknown option '--size'\nUsage: npm run seed/, 'cli/seed.ts', ['--size', '2']],
    [/^Option '--port.*\nUsage: npm run serve/, 'headless.ts', ['--port']],
    [/^--port must be a whole number from 0 to 65535, not ''\nUsage: npm run serve/, 'headless.ts', ['--port=']],
    [/^--port must be a whole number from 0 to 65535, not '70000'\nUsage: npm start/, 'cli/start.ts', ['--port', '70000']],
    [/^'more' is not expected here\nUsage: npm run serve/, 'headless.ts', ['more']],
  ], async ([message, script, args]) => {
    const { status, stdout, stderr } = await runScript(script, [`--data-dir=${dataDir()}`, ...args]);
    expect({ script, status, stdout }).toEqual({ script, status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('To specify');
  });
  expect(existsSync(dataDir())).toBe(false);
});

test('commands that only read refuse a folder without a book, which is most likely mistyped, and make none', async () => {
  await each([
    ['export', '--format', 'csv'], ['token', 'list'], ['token', 'revoke', 'x'], ['sync', 'status'], ['sync', 'run'], ['backup'],
    ['backup', 'list'], ['restore', 'x'], ['profile', 'export', join(folder.path, 'all')], ['recover'],
  ] as [string, ...string[]][], async ([name, ...args]) => {
    expect(await command(name, ...args), name).toEqual({ status: 1, stdout: '', stderr: `There is no address book in ${dataDir()}\n` });
  });
  expect(existsSync(dataDir())).toBe(false);
});

test('an address book comes from standard input and goes to standard output', async () => {
  expect(await fed('name\nZoë Ångström\n', 'import', '--format', 'csv', '-')).toMatchObject({ status: 0, stdout: expect.stringContaining('1 created') as string });
  const { status, stdout } = await command('export', '--format', 'csv', '-');
  expect([status, stdout]).toEqual([0, expect.stringContaining('Zoë Ångström')]);
  expect(await command('profile', 'export', '-')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^A whole book goes into a file/) as string });
});

test('a file that cannot be read or written is told in words', async () => {
  const [absent, nowhere] = [join(folder.path, 'absent.csv'), join(folder.path, 'no', 'all.csv')];
  await fed('name\nAnn\n', 'import', '--format', 'csv', '-');
  await each<[string, string[]]>([
    [`There is no file or folder ${absent}\n`, ['import', absent]],
    [`${folder.path} is a folder, not a file\n`, ['import', folder.path]],
    [`There is no file or folder ${absent}\n`, ['profile', 'restore', absent]],
    [`There is no folder ${join(folder.path, 'no')}\n`, ['export', '--format', 'csv', nowhere]],
    [`${folder.path} is a folder, not a file\n`, ['profile', 'export', folder.path]],
  ], async ([stderr, [name = '', ...args]]) => {
    expect(await command(name, ...args)).toEqual({ status: 1, stdout: '', stderr });
  });
  const refused = Object.assign(new Error('EACCES: permission denied, open'), { code: 'EACCES', path: '/root/x' });
  expect(inPlainWords(refused)).toBe('Fieldbook has no permission for /root/x');
  expect(inPlainWords(Object.assign(new Error('x'), { code: 'ENOSPC', path: '/mnt/x' }))).toBe('The disk of /mnt/x is full');
});

test('an import of a file that broke off, or of which nothing could be taken, ends with 1', async () => {
  const whole = JSON.stringify({ contacts: [{ name: 'Ann' }, { name: 'Bea' }] });
  const cutOff = await fed(whole.slice(0, -8), 'import', '--format', 'json', '-');
  expect(cutOff).toMatchObject({ status: 1, stdout: '1 created, 0 updated, 0 skipped, 1 refused\n' });
  expect(cutOff.stderr).toContain('The file ends in the middle of its contacts.');
  expect(await fed('name,primaryEmail\nBob,nobody\n', 'import', '--format', 'csv', '-')).toMatchObject({ status: 1, stdout: expect.stringContaining('1 refused') as string });
});

test('refused rows are shown with all their reasons, the rest is counted, and what a cell holds cannot steer the terminal', async () => {
  const rows = Array.from({ length: 25 }, (_, index) => `Ann ${index},no\u001B[2Jaddress,http://[,javascript:x`);
  const { stderr } = await fed(`name,primaryEmail,website\n${rows.join('\n')}\n`, 'import', '--format', 'csv', '-');
  const shown = stderr.split('\n').flatMap((line) => /^Row (\d+): /.exec(line)?.[1] ?? []);
  expect(new Set(shown).size).toBe(20);
  expect(stderr).toMatch(/… and 5 more\n$/);
  expect(stderr).not.toContain('\u001B');
});

test('names of tokens are one line of plain text, an expiry beyond all dates is named as it was given', async () => {
  const create = (name: string, ...more: string[]) => command('token', 'create', '--name', name, '--permissions', 'ALL_ORG_VIEW', ...more);
  expect(await create('bad\u001B[31m')).toMatchObject({ status: 1, stderr: '--name must be one line of plain text\n' });
  expect(await create('two\nlines')).toMatchObject({ status: 1, stdout: '' });
  expect(await create('long', '--expires', '99999999d')).toEqual({ status: 1, stdout: '', stderr: '--expires is too long\n' });
});

test('a name that an older Fieldbook took is shown with its control characters spelled out', async () => {
  await (await openBook(dataDir(), { mayCreate: true })).close();
  const db = new Database(join(dataDir(), 'fieldbook.db'));
  db.prepare(`insert into token (name, digest, permissions, rate, created_at) values (?, 'x', 'ALL_ORG_VIEW', 0, '2026-01-01T00:00:00.000Z')`).run('old\u001B[31m\nline');
  db.close();
  expect((await command('token', 'list')).stdout).toContain('old\\u{1b}[31m\\u{a}line  live');
});

test('paths are meant from the folder in which npm was called', async () => {
  const root = join(import.meta.dirname, '../../..');
  expect(fromCaller('a.csv', root, { INIT_CWD: '/home/ann' })).toBe('/home/ann/a.csv');
  expect(fromCaller('/b.csv', root, { INIT_CWD: '/home/ann' })).toBe('/b.csv');
  // Started by something else in a folder of its choice: what npm said to an ancestor is of no interest.
  expect(fromCaller('a.csv', '/srv', { INIT_CWD: '/home/ann' })).toBe('/srv/a.csv');

  writeFileSync(join(folder.path, 'one.csv'), 'name\nAnn\n');
  const asNpm = { cwd: root, env: { ...process.env, INIT_CWD: folder.path } };
  expect(await runScript('cli/import.ts', ['one.csv', '--data-dir', 'profile'], '', asNpm)).toMatchObject({ status: 0 });
  expect(await runScript('cli/export.ts', ['--format', 'csv', 'all.csv', '--data-dir', './profile'], '', asNpm)).toMatchObject({ status: 0 });
  expect(readFileSync(join(folder.path, 'all.csv'), 'utf8')).toContain('Ann');
});

test('npm start takes a port and a folder in either form, and hands the rest on', () => {
  const read = readStartArguments(['--port', '4790', '--data-dir=/srv/book', '--no-sandbox', '/home/ann/a.vcf', 'fieldbook://contact/1']);
  expect(read).toEqual({ dataDir: '/srv/book', port: 4790, others: ['--no-sandbox', '/home/ann/a.vcf', 'fieldbook://contact/1'] });
  expect(readStartArguments([])).toEqual({ dataDir: undefined, port: undefined, others: [] });
  expect(() => readStartArguments(['--port'])).toThrow('--port needs a value');
});

test('a folder in which nothing can be written hides neither a running host from commands nor its owner from a second one', async () => {
  const host = await startHeadless(dataDir());
  // What prepareFolder tries to write is a folder already: for this process the profile is as on a full disk.
  mkdirSync(join(dataDir(), `.probe-${process.pid}`));
  const book = await openBook(dataDir());
  expect(await book.call('token.list', {})).toMatchObject({ items: [] });
  await book.close();
  await expect(openTestHost(dataDir())).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining(`process ${host.process.pid}`) as string });
  host.process.kill('SIGTERM');
  await host.exited;
});
