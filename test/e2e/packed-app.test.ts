import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { listPackage, extractFile } from '@electron/asar';
import { FuseState } from '@electron/fuses/dist/constants.js';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readControl } from '../../electron/control-file.ts';
import { createHost } from '../../electron/host.ts';
import { pack, type Packed } from '../packaging/pack.ts';
import { freePort } from './desktop-app.ts';

/* The application as it is given to people: what is in the package, and that it runs from there. */

const root = join(import.meta.dirname, '..', '..');
const native = `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`;
const owner = { kind: 'owner', actor: 'ui' } as const;

let packed: Packed;
let archive: string;
let files: string[];
beforeAll(async () => {
  packed = await pack('--dir');
  archive = join(packed.resources, 'app.asar');
  files = listPackage(archive, { isPack: false }).map((path) => path.slice(1).split(sep).join('/'));
});
afterAll(() => packed.remove());

test('the package has the built program, the migrations, the changelog and one module, and nothing else', () => {
  expect(new Set(files.map((path) => path.split('/')[0]))).toEqual(
    new Set(['dist', 'drizzle', 'node_modules', 'package.json', 'CHANGELOG.md', 'LICENSE']),
  );
  expect(files.filter((path) => /^node_modules\/[^/]+$/.test(path))).toEqual(['node_modules/better-sqlite3']);
  for (const needed of ['dist/main/main.js', 'dist/main/import-worker.js', 'dist/main/book-worker.js', 'dist/main/sync-worker.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html']) {
    expect(files).toContain(needed);
  }
  const migrations = readdirSync(join(root, 'drizzle')).filter((name) => name.endsWith('.sql'));
  expect(files.filter((path) => path.endsWith('.sql')).toSorted()).toEqual(migrations.map((name) => `drizzle/${name}`).toSorted());
});

test('no source, map, test or secret goes along', () => {
  const unwanted = files.filter((path) => /\.(ts|tsx|map|c|cpp|h|gyp|env|pem|db)$|(^|\/)(test|tests|src|deps|build|release)(\/|$)/.test(path));
  expect(unwanted).toEqual([]);
  const manifest = JSON.parse(extractFile(archive, 'package.json').toString()) as Record<string, unknown>;
  expect(manifest).not.toHaveProperty('devDependencies');
  expect(manifest).toMatchObject({ name: 'fieldbook', productName: 'Fieldbook', main: 'dist/main/main.js' });
});

test('the database engine of this platform, and of no other, lies beside the archive', () => {
  expect(files.filter((path) => path.endsWith('.node'))).toEqual([native]);
  const beside = join(packed.resources, 'app.asar.unpacked');
  const unpacked = readdirSync(beside, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(beside, join(entry.parentPath, entry.name)).split(sep).join('/'));
  expect(unpacked.filter((path) => path.endsWith('.node'))).toEqual([native]);
  expect(unpacked.filter((path) => !path.startsWith('node_modules/better-sqlite3/'))).toEqual([]);
  expect(statSync(join(beside, native)).size).toBeGreaterThan(1_000_000);
});

test('the fuses are set: no Node through the back door, and only the packed program is loaded', async () => {
  const wire = await getCurrentFuseWire(packed.executable);
  const isOn = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE;
  const { EnableCookieEncryption, EnableEmbeddedAsarIntegrityValidation, OnlyLoadAppFromAsar } = FuseV1Options;
  const known = [0, 1, 2, 3, 4, 5, 6, 7] satisfies FuseV1Options[];
  expect(known.filter(isOn)).toEqual([EnableCookieEncryption, EnableEmbeddedAsarIntegrityValidation, OnlyLoadAppFromAsar]);
});

test('a package made by hand has no place to fetch updates from', () => {
  expect(readdirSync(packed.resources)).not.toContain('app-update.yml');
});

test('the packed program opens the book and answers over its REST API', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldbook packed-'));
  const dataDir = join(folder, 'book');
  let child: ChildProcess | undefined;
  try {
    const { id, secret } = await bookWithOneContact(dataDir, await freePort());
    child = spawn(packed.executable, [`--user-data-dir=${join(folder, 'chromium')}`], {
      env: { ...process.env, FIELDBOOK_DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => said.push(text.toString()));
    await expect.poll(() => readControl(dataDir)?.pid, { timeout: 90_000, message: said.join('') }).toBeTypeOf('number');

    const url = readControl(dataDir)?.url ?? '';
    const headers = { authorization: `Bearer ${secret}` };
    const answer = await fetch(`${url}/api/organization-contact/${id}`, { headers });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id, name: 'Packed Paula' });
    expect(await (await fetch(`${url}/api/openapi.json`, { headers })).json()).toMatchObject({ info: { version: packageVersion() } });
  } finally {
    await end(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});

/** A book as another run of the program would have left it. */
async function bookWithOneContact(dataDir: string, apiPort: number): Promise<{ id: string; secret: string }> {
  const host = await createHost({
    dataDir, migrationsDir: join(root, 'drizzle'), version: packageVersion(), port: 0,
    importWorker: new URL('../../electron/imports/import-worker.ts', import.meta.url),
    syncWorker: new URL('../../electron/sync/worker.ts', import.meta.url),
  });
  try {
    await host.dispatch('settings.update', { apiPort }, owner);
    const { id } = (await host.dispatch('contact.create', { name: 'Packed Paula' }, owner)) as { id: string };
    const { secret } = (await host.dispatch('token.create', { name: 'packed', permissions: ['ALL_ORG_VIEW'] }, owner)) as { secret: string };
    return { id, secret };
  } finally {
    await host.close();
  }
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
