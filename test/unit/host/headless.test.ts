import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBook } from '../../../electron/cli/open-book.ts';
import { temporaryFolder } from '../support/book.ts';
import { startHeadless } from '../support/headless.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const headless = join(import.meta.dirname, '..', '..', '..', 'electron', 'headless.ts');

test('the headless host says when it is ready, answers, and ends cleanly on SIGTERM and SIGINT', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const host = await startHeadless(folder.path);
    expect(await (await fetch(`${host.url}/api/health`)).json()).toEqual({ status: 'ok' });
    host.process.kill(signal);
    expect(await host.exited).toBe(0);
  }
});

test('a host that npm started ends with npm, though npm passes no signal on', async () => {
  const npm = spawn('npm', ['run', '-s', 'serve', '--', '--data-dir', folder.path, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: npm.stdout }), 'line')) as [string];
  const { pid } = JSON.parse(line.replace('ready ', '')) as { pid: number };
  npm.kill('SIGTERM');
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  expect(existsSync(join(folder.path, 'host.json'))).toBe(false);
});

test('a second host on the same profile names the process that has it, and exits 1', async () => {
  const host = await startHeadless(folder.path);
  const { status, stderr } = spawnSync(process.execPath, [headless, '--data-dir', folder.path, '--port', '0'], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain(`process ${host.process.pid}`);
  expect((await fetch(`${host.url}/api/health`)).status).toBe(200);
  host.process.kill('SIGTERM');
  await host.exited;
});

test('a folder that cannot be made is said in one line, and ends host and commands with 1', () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  const token = join(import.meta.dirname, '..', '..', '..', 'electron', 'cli', 'token.ts');
  for (const [args, dataDir] of [[[headless], '/proc/fieldbook'], [[token, 'list'], join(file, 'profile')]] as const) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, '--data-dir', dataDir], { encoding: 'utf8', timeout: 60_000 });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^.+\n$/);
    expect(stderr).toContain(dataDir);
  }
});

test('a port that another program has is said in one line, and ends the host with 1', async () => {
  const host = await startHeadless(join(folder.path, 'first'));
  const args = [headless, '--data-dir', join(folder.path, 'second'), '--port', new URL(host.url).port];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^Port \d+ is used by another program.*\n$/);
  host.process.kill('SIGTERM');
  await host.exited;
});

test('commands work the same with and without a running host, and the way to it is for this person only', async () => {
  const alone = await openBook(folder.path, { mayCreate: true });
  const { id } = await alone.call('contact.create', { name: 'Ann' });
  await alone.close();

  const host = await startHeadless(folder.path);
  expect(statSync(join(folder.path, 'host.json')).mode & 0o077).toBe(0);
  const beside = await openBook(folder.path);
  expect(await beside.call('contact.get', { id })).toMatchObject({ name: 'Ann' });
  await expect(beside.call('contact.get', { id: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({ kind: 'notFound' });
  const chunks: string[] = [];
  for await (const chunk of await beside.download('contact.export', { format: 'json' })) chunks.push(Buffer.from(chunk).toString());
  expect(JSON.parse(chunks.join(''))).toMatchObject({ contacts: [{ id, name: 'Ann' }] });
  await beside.close();
  host.process.kill('SIGTERM');
  expect(await host.exited).toBe(0);
});
