import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listBackups } from '../../../electron/backups/files.ts';
import { finishReplacement, queueReplacement } from '../../../electron/backups/replace.ts';
import { readControl } from '../../../electron/control-file.ts';
import type { Host } from '../../../electron/host.ts';
import { openHost } from '../../../electron/open-host.ts';
import type { HostEvent } from '../../../shared/events.ts';
import type { Download } from '../../../shared/operation.ts';
import type { CallName, Input, Output } from '../../../shared/operations/index.ts';
import { migrationsDir, owner, temporaryFolder } from '../support/book.ts';

let folder: ReturnType<typeof temporaryFolder>;
let hosts: Host[] = [];
beforeEach(() => {
  folder = temporaryFolder();
  hosts = [];
});
afterEach(async () => {
  for (const host of hosts) await host.close();
  folder.remove();
});

async function open(name = 'book') {
  const dataDir = join(folder.path, name);
  const host = await openHost({
    dataDir, migrationsDir, version: '0.0.0', port: 0,
    importWorker: new URL('../../../electron/imports/import-worker.ts', import.meta.url),
    syncWorker: new URL('../../../electron/sync/worker.ts', import.meta.url),
  });
  hosts.push(host);
  const call = async <N extends CallName>(operation: N, input: Input<N>): Promise<Output<N>> =>
    (await host.dispatch(operation, input, owner)) as Output<N>;
  const names = async () => (await call('contact.search', { q: '' })).items.map((contact) => contact.name).toSorted();
  return { host, call, names, dataDir };
}

async function bytesOf(download: Download): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of download.chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

describe('a backup that is restored', () => {
  test('takes the place of the book while windows and programs stay, and can itself be taken back', async () => {
    const { host, call, names, dataDir } = await open();
    const events: HostEvent[] = [];
    host.events.subscribe((event) => events.push(event));
    await call('contact.create', { name: 'Ann' });
    const { id } = await call('backup.make', {});
    await call('contact.create', { name: 'Bea' });
    const { url, token } = readControl(dataDir) ?? {};

    expect(await call('backup.restore', { id })).toEqual({ contacts: 1, trashed: 0 });
    expect(await names()).toEqual(['Ann']);
    expect(events).toContainEqual({ type: 'bulk' });
    // The same address and token as before.
    const answer = await fetch(`${url}/api/organization-contact/count`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toBe(1);

    const { items } = await call('backup.list', {});
    expect(items.map(({ kind, contacts }) => [kind, contacts])).toEqual([['replaced', 2], ['manual', 1]]);
    await call('backup.restore', { id: items[0]?.id ?? '' });
    expect(await names()).toEqual(['Ann', 'Bea']);
  });

  test('is checked before: a damaged one changes nothing', async () => {
    const { call, names, dataDir } = await open();
    await call('contact.create', { name: 'Ann' });
    const { id } = await call('backup.make', {});
    const file = join(dataDir, 'backups', id);
    const bytes = readFileSync(file);
    bytes.fill(0, 4096 * 3, 4096 * 9);
    writeFileSync(file, bytes);
    await expect(call('backup.restore', { id })).rejects.toMatchObject({ kind: 'invalid', message: expect.stringMatching(/damaged/) as string });
    expect(await names()).toEqual(['Ann']);
    expect(readdirSync(dataDir).filter((name) => /next|part/.test(name))).toEqual([]);
  });

  test('brings undo, history and search with it', async () => {
    const { call } = await open();
    const { id: contact } = await call('contact.create', { name: 'Ann' });
    await call('contact.update', { id: contact, name: 'Anna' });
    const { id } = await call('backup.make', {});
    await call('contact.update', { id: contact, name: 'Bea' });
    await call('backup.restore', { id });
    expect((await call('contact.search', { q: 'anna' })).items).toHaveLength(1);
    expect((await call('contact.history', { id: contact })).total).toBe(2);
    await call('undo.undo', {});
    expect(await call('contact.get', { id: contact })).toMatchObject({ name: 'Ann' });
  });
});

describe('a whole profile in one file', () => {
  test('has contacts, images and settings, and opens on another computer', async () => {
    const here = await open('here');
    const { id } = await here.call('contact.create', { name: 'Ann' });
    const image = { mediaType: 'image/gif', base64: 'R0lGODlhAQABAAAAACwAAAAAAQABAAA=' } as const;
    await here.call('image.set', { id, image });
    await here.call('settings.update', { theme: 'dark', phoneRegion: 'PT' });
    const file = await bytesOf((await here.host.dispatch('profile.export', {}, owner)) as Download);
    expect(readdirSync(here.dataDir).filter((name) => name.includes('part'))).toEqual([]);

    const there = await open('there');
    await there.call('contact.create', { name: 'Somebody else' });
    expect(await there.host.dispatch('profile.restore', {}, owner, pieces(file))).toEqual({ contacts: 1, trashed: 0 });
    expect(await there.names()).toEqual(['Ann']);
    expect(await there.call('image.get', { id })).toEqual(image);
    expect(await there.call('settings.get', {})).toMatchObject({ theme: 'dark', phoneRegion: 'PT' });
    expect((await there.call('host.info', {})).organizationId).toBe((await here.call('host.info', {})).organizationId);
    expect((await there.call('backup.list', {})).items).toMatchObject([{ kind: 'replaced', contacts: 1 }]);
  });

  test('is not disturbed by another one that is sent meanwhile', async () => {
    const { host, call, names } = await open();
    await call('contact.create', { name: 'Ann' });
    const file = await bytesOf((await host.dispatch('profile.export', {}, owner)) as Download);
    await call('contact.create', { name: 'Ben' });
    let refusal: unknown;
    async function* slowly(): AsyncGenerator<Uint8Array> {
      yield file.subarray(0, 5000);
      refusal = await Promise.resolve(host.dispatch('profile.restore', {}, owner, pieces(Buffer.from('my diary')))).catch((error: unknown) => error);
      yield file.subarray(5000);
    }
    await host.dispatch('profile.restore', {}, owner, slowly());
    expect(refusal).toMatchObject({ kind: 'invalid' });
    expect(await names()).toEqual(['Ann']);
  });

  test('gives nobody access: tokens of programs are not in it, not even as deleted bytes', async () => {
    const { host, call } = await open();
    await call('token.create', { name: 'unmistakable program', permissions: ['ALL_ORG_VIEW'] });
    const { id } = await call('backup.make', {});
    expect(readFileSync(join(folder.path, 'book', 'backups', id)).includes('unmistakable program')).toBe(true);
    const file = await bytesOf((await host.dispatch('profile.export', {}, owner)) as Download);
    expect(file.includes('unmistakable program')).toBe(false);
  });

  test.each([
    ['something else', Buffer.from('my diary '.repeat(500))],
    ['nothing', Buffer.alloc(0)],
  ])('that is %s is refused, and the book stays', async (_what, bytes) => {
    const { host, call, names } = await open();
    await call('contact.create', { name: 'Ann' });
    await expect(host.dispatch('profile.restore', {}, owner, pieces(bytes))).rejects.toMatchObject({ kind: 'invalid' });
    expect(await names()).toEqual(['Ann']);
  });

  test('that is a database of another program, or of a newer Fieldbook, is refused', async () => {
    const { host, call, names, dataDir } = await open();
    await call('contact.create', { name: 'Ann' });
    const other = join(folder.path, 'other.db');
    const db = new Database(other);
    db.exec('create table recipe (name)');
    db.close();
    await expect(host.dispatch('profile.restore', {}, owner, pieces(readFileSync(other)))).rejects.toMatchObject({ kind: 'invalid' });
    const { id } = await call('backup.make', {});
    const newer = new Database(join(dataDir, 'backups', id));
    newer.pragma('user_version = 99');
    newer.close();
    await expect(call('backup.restore', { id })).rejects.toThrow(/newer Fieldbook/);
    expect(await names()).toEqual(['Ann']);
  });
});

describe('a replacement that is cut off at any point', () => {
  async function closedBooks(): Promise<{ dataDir: string; ready: string }> {
    const { host, call, dataDir } = await open();
    await call('contact.create', { name: 'Present' });
    await host.close();
    hosts = [];
    const other = await open('other');
    await other.call('contact.create', { name: 'Other' });
    const { id } = await other.call('backup.make', {});
    const ready = join(dataDir, 'restored.part');
    cpSync(join(other.dataDir, 'backups', id), ready);
    return { dataDir, ready };
  }

  const now = new Date('2026-11-23T14:00:00Z');

  test('before the new book was complete: the present one stays', async () => {
    await closedBooks();
    const { names, dataDir } = await open();
    expect(await names()).toEqual(['Present']);
    expect(existsSync(join(dataDir, 'restored.part'))).toBe(false);
  });

  test('before anything was moved, and between the two moves: the new one opens, the former is a backup', async () => {
    const { dataDir, ready } = await closedBooks();
    queueReplacement(dataDir, ready, 'restored', '2026-11-23T14-00-00Z');
    const between = join(folder.path, 'between');
    cpSync(dataDir, between, { recursive: true });
    finishReplacement(between, now);
    // As it was between the moves: the former is away, the new one waits.
    renameSync(join(between, 'fieldbook.db'), join(between, 'next-restored-2026-11-23T14-00-00Z.db'));
    for (const name of ['book', 'between']) {
      const opened = await open(name);
      expect(await opened.names(), name).toEqual(['Other']);
      expect(listBackups(opened.dataDir).map(({ kind }) => kind), name).toEqual(['replaced']);
    }
  });

  test('with the former one damaged: it goes to the quarantine with its log', async () => {
    const { dataDir, ready } = await closedBooks();
    writeFileSync(join(dataDir, 'fieldbook.db'), 'scribble'.repeat(2000));
    writeFileSync(join(dataDir, 'fieldbook.db-wal'), 'a log');
    queueReplacement(dataDir, ready, 'restored', '2026-11-23T14-00-00Z');
    const opened = await open();
    expect(await opened.names()).toEqual(['Other']);
    const kept = join(dataDir, 'quarantine', '2026-11-23T14-00-00Z');
    expect(readFileSync(join(kept, 'fieldbook.db'), 'utf8')).toContain('scribble');
    expect(readdirSync(kept).toSorted()).toEqual(['fieldbook.db', 'fieldbook.db-wal']);
  });
});
