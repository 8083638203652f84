import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readControl } from '../../electron/control-file.ts';
import { chromiumLaunch } from '../chromium.ts';
import { firstDay } from './journey.ts';

/* The headless shell with its window in a browser: what `npm start` opens where Electron’s runtime is missing. */

const root = join(import.meta.dirname, '..', '..');
let folder: string;
let host: ChildProcess;
let address: string;
let browser: Browser;

beforeEach(async () => {
  expect(existsSync(join(root, 'dist', 'renderer', 'index.html')), 'npm run build comes first').toBe(true);
  folder = mkdtempSync(join(tmpdir(), 'fieldbook e2e-'));
  await startHost('0');
  browser = await chromium.launch(chromiumLaunch());
});
afterEach(async () => {
  await browser.close();
  await stopHost();
  rmSync(folder, { recursive: true, force: true });
});

async function startHost(port: string): Promise<void> {
  host = spawn(process.execPath, [join(root, 'electron', 'headless.ts'), '--data-dir', folder, '--port', port, '--window'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  address = await new Promise((resolve) => {
    createInterface({ input: host.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line.startsWith('window ')) resolve(line.slice('window '.length));
    });
  });
}

async function stopHost(): Promise<void> {
  if (host.exitCode !== null) return;
  const exited = new Promise((resolve) => host.once('exit', resolve));
  host.kill('SIGTERM');
  await exited;
}

async function open(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.getByText('All contacts').first().waitFor();
  return page;
}

/** Waits until the window has fetched the parts that it does not show yet, as it does a second after its start. */
async function atRest(page: Page): Promise<void> {
  const scripts = () => page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length);
  let before = -1;
  await expect.poll(async () => {
    const now = await scripts();
    const isSame = now === before;
    before = now;
    return isSame;
  }, { interval: 2000 }).toBe(true);
}

test('a first day in the browser window', async () => {
  await firstDay(await open());
});

test('the code in the address works once, and does not stay in the address; the window survives a reload', async () => {
  const page = await open();
  expect(page.url()).not.toContain('code=');
  await page.reload();
  await page.getByText('All contacts').first().waitFor();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(address);
  await stranger.getByText(/needs the address that Fieldbook printed/).first().waitFor();
});

test('what a program changes appears in the window, and focus stays where it was', async () => {
  const page = await open();
  const control = readControl(folder);
  const headers = { authorization: `Bearer ${control?.token}`, 'content-type': 'application/json' };
  const created = await fetch(`${control?.url}/api/organization-contact`, { method: 'POST', headers, body: JSON.stringify({ name: 'Rosa' }) });
  const { id } = (await created.json()) as { id: string };
  await page.getByRole('row', { name: /Rosa/ }).waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('ro');
  await fetch(`${control?.url}/api/organization-contact/${id}`, { method: 'PUT', headers, body: JSON.stringify({ name: 'Rosalind' }) });
  await page.getByRole('row', { name: /Rosalind/ }).waitFor();
  await page.keyboard.type('s');
  expect(await page.getByRole('searchbox').or(page.getByRole('combobox', { name: /search/i })).or(page.getByRole('textbox', { name: /search/i })).first().inputValue()).toBe('ros');
});

test('a host that goes and comes back is seen at once, and its new address goes on in the old window with what was typed', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'New contact' }).first().click();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Rosa Lima');

  await atRest(page);
  await stopHost();
  await page.getByRole('alert').getByText(/is not answering this window/).waitFor();
  await page.getByText('Not connected').waitFor();
  await page.keyboard.press('Control+k'); // every part of the window is there, though nobody can send it now
  await page.getByPlaceholder('Find a command or a contact…').waitFor();
  await page.keyboard.press('Escape');
  await startHost(new URL(address).port);
  await page.getByRole('alert').getByText(/was restarted/).waitFor();
  expect(await name.inputValue()).toBe('Rosa Lima');

  await page.goto(address);
  await page.getByRole('alert').waitFor({ state: 'detached' });
  expect(page.url()).not.toContain('code=');
  expect(await name.inputValue()).toBe('Rosa Lima');
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('row', { name: /Rosa Lima/ }).waitFor();
});
