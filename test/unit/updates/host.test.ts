import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Host } from '../../../electron/host.ts';
import { owner, temporaryFolder } from '../support/book.ts';
import { openTestHost } from '../support/host.ts';

let folder: ReturnType<typeof temporaryFolder>;
let host: Host | undefined;
let fetched: string[];
beforeEach(() => {
  folder = temporaryFolder();
  fetched = [];
  writeFileSync(join(folder.path, 'CHANGELOG.md'), '## 0.2.0 - 2026-12-01\n### New\n- Tea\n\n## 0.1.0 - 2026-11-23\n### New\n- Coffee\n');
});
afterEach(async () => {
  await host?.close();
  folder.remove();
});

function fetch(channel: string): Promise<string> {
  fetched.push(channel);
  return Promise.resolve('0.3.0');
}

async function start(version: string) {
  await host?.close();
  host = await openTestHost(join(folder.path, 'book'), {
    version, api: false, changelogFile: join(folder.path, 'CHANGELOG.md'), updater: { fetch, install: () => undefined },
  });
  const { dispatch } = host;
  return { call: async (name: Parameters<typeof dispatch>[0], input = {}) => dispatch(name, input, owner) };
}

test('what is new is told after an update until it was seen, and never to somebody who just came', async () => {
  const first = await start('0.1.0');
  expect(await first.call('news.get')).toMatchObject({ isUnseen: false, releases: [{ version: '0.1.0' }] });
  const updated = await start('0.2.0');
  expect(await updated.call('news.get')).toMatchObject({ isUnseen: true, releases: [{ version: '0.2.0', groups: [{ items: ['Tea'] }] }] });
  const again = await start('0.2.0');
  expect(await again.call('news.get')).toMatchObject({ isUnseen: true });
  await again.call('news.seen');
  expect(await again.call('news.get')).toMatchObject({ isUnseen: false, releases: [{ version: '0.2.0' }] });
  expect(await (await start('0.2.0')).call('news.get')).toMatchObject({ isUnseen: false });
});

test('updates are off in a new book; a channel is followed as soon as it is chosen, and remembered', async () => {
  const { call } = await start('0.1.0');
  expect(await call('settings.get')).toMatchObject({ updates: 'off' });
  expect(fetched).toEqual([]);
  await expect(call('settings.update', { updates: 'nightly' })).rejects.toMatchObject({ message: 'updates must be among: off, stable, beta' });
  await call('settings.update', { updates: 'beta' });
  await expect.poll(() => call('update.status')).toMatchObject({ state: 'ready', version: '0.3.0' });
  expect(fetched).toEqual(['beta']);
  expect(await (await start('0.1.0')).call('settings.get')).toMatchObject({ updates: 'beta' });
});
