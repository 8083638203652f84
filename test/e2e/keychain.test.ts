import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBook } from '../../electron/cli/open-book.ts';
import type { SyncReport, SyncStatus } from '../../shared/operations/sync.ts';
import { temporaryFolder } from '../unit/support/book.ts';
import { startHeadless, type Headless } from '../unit/support/headless.ts';
import { call, createDesktopApp, type DesktopApp } from './desktop-app.ts';

/* The sign-in to a server, made in the window of the built application. */

let desktop: DesktopApp;
let office: Headless;
let folder: ReturnType<typeof temporaryFolder>;
let token: string;

beforeEach(async () => {
  folder = temporaryFolder();
  desktop = createDesktopApp();
  office = await startHeadless(folder.path);
  const book = await openBook(folder.path);
  ({ secret: token } = await book.call('token.create', { name: 'laptop', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'], rate: 0 }));
});

afterEach(async () => {
  await desktop.remove();
  office.process.kill('SIGTERM');
  await office.exited;
  folder.remove();
});

const status = (page: Page): Promise<SyncStatus> => call(page, 'sync.status', {});
const run = (page: Page): Promise<SyncReport> => call(page, 'sync.run', {});

test('is kept over a restart, sealed where this computer has a keychain, and what is said of it is true', async () => {
  const page = await desktop.launch();
  await call(page, 'sync.connect', { url: office.url, token });
  expect(await run(page)).toMatchObject({ ok: true });
  const isReadable = readFileSync(join(desktop.dataDir, 'sync-tokens.json'), 'utf8').includes(token);
  const { account } = await status(page);
  expect(account?.keptIn).toMatch(isReadable ? /only you can read; this computer has no keychain/ : /sealed/);

  await desktop.quit();
  const again = await desktop.launch();
  await call(again, 'contact.create', { name: 'After the restart' });
  expect(await run(again)).toMatchObject({ ok: true, waiting: 0 });
  expect(await status(again)).toMatchObject({ state: 'synced', account: { userName: 'laptop' } });
});
