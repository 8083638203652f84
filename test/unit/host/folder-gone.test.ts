import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readControl, removeControl, writeControl } from '../../../electron/control-file.ts';
import type { Host } from '../../../electron/host.ts';
import type { CallName, Input, Output } from '../../../shared/operations/index.ts';
import { owner, temporaryFolder } from '../support/book.ts';
import { openTestHost } from '../support/host.ts';

let folder: ReturnType<typeof temporaryFolder>;
let dataDir: string;
let host: Host;
beforeEach(async () => {
  folder = temporaryFolder();
  dataDir = join(folder.path, 'profile');
  host = await openTestHost(dataDir);
});
afterEach(async () => {
  await host.close();
  folder.remove();
});

// A call that is refused at once throws; here it is a rejection like any other.
const call = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => (await host.dispatch(name, input, owner)) as Output<N>;
const gone = { kind: 'unavailable', message: expect.stringContaining('The folder of the address book is gone') as string };
const notices = async () => (await call('notice.list', {})).items.map(({ kind }) => kind);

test('nothing is acknowledged in a book whose folder was deleted, whatever writes it; reading goes on', async () => {
  const { id } = await call('contact.create', { name: 'Ann' });
  rmSync(dataDir, { recursive: true });
  const writes: [CallName, object][] = [
    ['contact.create', { name: 'Bea' }], ['contact.update', { id, name: 'Cara' }], ['contact.delete', { id }],
    ['settings.update', { theme: 'dark' }], ['draft.save', { key: 'new', baseRev: null, values: {} }],
    ['token.create', { name: 'script', permissions: ['ALL_ORG_VIEW'] }], ['tag.create', { name: 'VIP', color: '#123456' }],
  ];
  for (const [name, input] of writes) await expect(call(name, input as never), name).rejects.toMatchObject(gone);
  expect(await call('contact.get', { id })).toMatchObject({ name: 'Ann' });
  expect(await call('host.info', {})).toMatchObject({ contacts: 1 });
  expect(await notices()).toEqual(['gone']);
});

test('a folder that was moved away and came back is written again, and the notice goes', async () => {
  const elsewhere = join(folder.path, 'elsewhere');
  renameSync(dataDir, elsewhere);
  await expect.poll(notices, { timeout: 60_000 }).toEqual(['gone']);
  await expect(call('contact.create', { name: 'Ann' })).rejects.toMatchObject(gone);
  renameSync(elsewhere, dataDir);
  await expect.poll(notices, { timeout: 60_000 }).toEqual([]);
  await call('contact.create', { name: 'Ann' });
  expect(await call('contact.count', {})).toBe(1);
});

test('another folder of the same name is not taken for the book’s, and what another process says there stays', async () => {
  rmSync(dataDir, { recursive: true });
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'fieldbook.db'), '');
  await expect(call('contact.create', { name: 'Ann' })).rejects.toMatchObject(gone);
  const theirs = { pid: process.pid + 1, url: null, token: 'theirs' };
  writeControl(dataDir, theirs);
  await call('settings.update', { apiEnabled: false }).catch(() => undefined);
  removeControl(dataDir);
  expect(readControl(dataDir)).toEqual(theirs);
});
