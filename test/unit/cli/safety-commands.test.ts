import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../support/book.ts';
import { startHeadless, type Headless } from '../support/headless.ts';
import { makeProfile } from '../recovery/damaged-books.ts';

const electron = join(import.meta.dirname, '../../../electron');

let folder: ReturnType<typeof temporaryFolder>;
let host: Headless | undefined;
const dataDir = () => join(folder.path, 'profile');

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  host?.process.kill('SIGTERM');
  await host?.exited;
  host = undefined;
  folder.remove();
});

async function run(script: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(electron, script), ...args, '--data-dir', dataDir()]);
  const outcome = { status: null as number | null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (outcome.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (outcome.stderr += String(chunk)));
  [outcome.status] = (await once(child, 'close')) as [number | null];
  return outcome;
}

async function exported(): Promise<number> {
  const { stdout } = await run('cli/export.ts', '--format', 'json');
  return (JSON.parse(stdout) as { contacts: unknown[] }).contacts.length;
}
const idOf = (line: string) => line.split(' ')[0] ?? '';

for (const state of ['closed', 'running'] as const) {
  test(`a book that is ${state} is backed up, restored from a backup and from a file, by commands`, async () => {
    await makeProfile(dataDir(), 3);
    if (state === 'running') host = await startHeadless(dataDir());
    const made = await run('cli/backup.ts');
    expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(/^000001\..+\.manual\.db {2}3 contacts, /) as string });
    const file = join(folder.path, 'all.fieldbook');
    expect(await run('cli/profile.ts', 'export', file)).toMatchObject({ status: 0, stdout: expect.stringContaining('tokens and passwords are not in it') as string });

    await run('cli/seed.ts', '--contacts', '5');
    expect(await run('cli/restore.ts', idOf(made.stdout))).toEqual({ status: 0, stdout: '3 contacts restored\n', stderr: '' });
    const list = (await run('cli/backup.ts', 'list')).stdout.split('\n');
    expect(list[0]).toMatch(/\.replaced\.db {2}8 contacts/);

    expect(await run('cli/profile.ts', 'restore', file)).toMatchObject({ status: 0, stdout: '3 contacts restored\n' });
    expect(await exported()).toBe(3);
  });
}

test('a damaged book ends host and commands with 1 and a way out; recover takes it, and says what became of it', async () => {
  await makeProfile(dataDir(), 40);
  const file = join(dataDir(), 'fieldbook.db');
  const bytes = readFileSync(file);
  bytes.fill(0, 0, 60);
  writeFileSync(file, bytes);

  for (const script of ['headless.ts', 'cli/export.ts']) {
    const { status, stdout, stderr } = await run(script, ...(script === 'headless.ts' ? ['--port', '0'] : ['--format', 'csv']));
    expect({ status, stdout }, script).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/is damaged.*left as it is\.\nTo save what can be saved: npm run recover -- --data-dir/);
  }
  expect(readFileSync(file).equals(bytes)).toBe(true);
  const recovered = await run('cli/recover.ts');
  expect(recovered).toMatchObject({ status: 0, stdout: expect.stringContaining('40 contacts could be saved.') as string });
  expect(await exported()).toBe(40);
  expect(await run('cli/recover.ts')).toMatchObject({ status: 0, stdout: 'The book is sound.\n' });
});

test('the headless host opens a damaged book only with --recover', async () => {
  await makeProfile(dataDir(), 10);
  const file = join(dataDir(), 'fieldbook.db');
  writeFileSync(file, readFileSync(file).fill(0, 0, 60));
  host = await startHeadless(dataDir(), '--recover');
  expect((await fetch(`${host.url}/api/health`)).status).toBe(200);
  expect(existsSync(join(dataDir(), 'quarantine'))).toBe(true);
});

test('what cannot be restored is named, with 1, and nothing changes', async () => {
  await makeProfile(dataDir(), 2);
  const diary = join(folder.path, 'diary.txt');
  writeFileSync(diary, 'my diary');
  expect(await run('cli/restore.ts', 'nothing')).toMatchObject({ status: 1, stderr: expect.stringContaining('There is no backup nothing') as string });
  expect(await run('cli/profile.ts', 'restore', diary)).toEqual({ status: 1, stdout: '', stderr: 'The file is not a Fieldbook backup.\n' });
  expect(await run('cli/profile.ts', 'restore', join(folder.path, 'absent'))).toMatchObject({ status: 1 });
  expect(await run('cli/profile.ts', 'keep')).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: npm run profile') as string });
  expect(await exported()).toBe(2);
});
