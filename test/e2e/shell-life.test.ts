import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostInfo } from '../../shared/operations/book.ts';
import { call, createDesktopApp, freePort, inPage, type DesktopApp } from './desktop-app.ts';

/* What the shell does when something goes wrong, and when it is started twice. */

let desktop: DesktopApp;
let folder: string;
beforeEach(() => {
  desktop = createDesktopApp();
  folder = mkdtempSync(join(tmpdir(), 'fieldbook e2e-'));
});
afterEach(async () => {
  await desktop.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers message boxes with the given buttons, in order and then with the first; and save dialogs with `file`. */
async function answerDialogs(app: ElectronApplication, answers: number[], file = ''): Promise<void> {
  await app.evaluate(({ dialog }, [buttons, filePath]) => {
    const messages: string[] = [];
    Object.assign(globalThis, { messages });
    dialog.showMessageBox = (async (...args: unknown[]) => {
      messages.push((args.at(-1) as Electron.MessageBoxOptions).message);
      return { response: buttons.shift() ?? 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
    dialog.showSaveDialog = (async () => ({ canceled: filePath === '', filePath })) as typeof dialog.showSaveDialog;
  }, [answers, file] as const);
}

const messages = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => (globalThis as unknown as { messages: string[] }).messages);

/** Crashes the first window's page and waits until the book is on a new one. */
async function crash(app: ElectronApplication): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('did-finish-load', () => resolve());
        contents?.forcefullyCrashRenderer();
      }),
  );
  await expect.poll(() => inPage(app, 'document.body.innerText')).toContain('All contacts');
}

const ask = (app: ElectronApplication, operation: string): Promise<unknown> =>
  inPage(app, `window.fieldbook.call('${operation}', {}).then((envelope) => envelope.value)`);

test('a crashed window comes back by itself, with what was typed', async () => {
  const page = await desktop.launch();
  const app = desktop.electron();
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Rosa half typ');
  await expect.poll(() => call(page, 'draft.list', {})).toMatchObject([{ key: expect.stringMatching(/^new:/) }]);

  await crash(app);
  expect(JSON.stringify(await ask(app, 'draft.list'))).toContain('Rosa half typ');
  await expect.poll(() => inPage(app, `[...document.querySelectorAll('button')].some((button) => button.textContent.includes('1 unsaved contact'))`)).toBe(true);
  expect(await ask(app, 'host.info')).toMatchObject({ safeMode: false });
});

test('a window that crashes again and again ends up in safe mode: API off, said clearly, diagnostics offered', async () => {
  const page = await desktop.launch();
  const app = desktop.electron();
  await call(page, 'contact.create', { name: 'Rosa Lund', primaryEmail: 'rosa@nordlicht.example' });
  await call(page, 'settings.update', { apiPort: await freePort() });
  const { apiUrl } = await call(page, 'host.info', {}) as { apiUrl: string };
  const file = join(folder, 'diagnostics.json');
  // Save the diagnostics, then go on.
  await answerDialogs(app, [2, 0], file);

  for (let times = 0; times < 3; times += 1) await crash(app);
  expect(await ask(app, 'host.info')).toMatchObject({ safeMode: true, apiUrl: null, contacts: 1 } satisfies Partial<HostInfo>);
  await expect(fetch(`${apiUrl}/api/health`)).rejects.toThrow();
  await expect.poll(() => inPage(app, 'document.body.innerText')).toContain('Fieldbook stopped working several times in a row');

  await expect.poll(() => messages(app)).toEqual(['Fieldbook is in safe mode', 'Fieldbook is in safe mode']);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toMatch(/Rosa|nordlicht/);
  expect(JSON.parse(text)).toMatchObject({ state: { safeMode: true }, counts: { contacts: 1 } });
  expect(text).toContain('a window crashed');

  await desktop.quit();
  const again = await desktop.launch();
  expect(await call(again, 'host.info', {})).toMatchObject({ safeMode: false, apiUrl });
});

test('an error nobody caught is told, once, and the book goes on', async () => {
  const page = await desktop.launch();
  const app = desktop.electron();
  await answerDialogs(app, []);
  await app.evaluate(() => {
    setTimeout(() => {
      throw new Error('a fault of the main process');
    });
    void Promise.reject(new Error('a promise nobody awaited'));
  });
  await expect.poll(async () => (await messages(app))[0]).toBe('Fieldbook ran into a problem');
  await call(page, 'contact.create', { name: 'Still Works' });
  await page.getByText('Still Works').first().waitFor();
  await desktop.quit();
  const logs = join(desktop.dataDir, 'logs');
  const log = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8')).join('');
  expect(log).toContain('a fault of the main process');
  expect(log).toContain('a promise nobody awaited');
});

test('diagnostics can be saved from the settings, and not saving them is fine too', async () => {
  const page = await desktop.launch();
  const file = join(folder, 'from settings.json');
  const save = async () => page.getByRole('button', { name: 'Save diagnostics…' }).click();
  await page.getByText('Settings', { exact: true }).first().click();
  await answerDialogs(desktop.electron(), []);
  await save();
  await answerDialogs(desktop.electron(), [], file);
  await save();
  await expect.poll(() => readdirSync(folder)).toEqual(['from settings.json']);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ versions: { fieldbook: expect.any(String) as string } });
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('a program that is told to quit again and again still closes its book first', async () => {
  await desktop.launch();
  const app = desktop.electron();
  const report = join(folder, 'report.txt');
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ app: program }, [note, file]) => {
    const { existsSync, writeFileSync } = process.getBuiltinModule('node:fs');
    program.once('quit', () => writeFileSync(file, existsSync(note) ? 'unfinished' : 'finished'));
    setInterval(() => program.quit(), 1);
  }, [join(desktop.dataDir, 'unfinished-starts.json'), report] as const);
  await ended;
  expect(readFileSync(report, 'utf8')).toBe('finished');
});

test('a second start ends at once and brings the first window to the front', async () => {
  await desktop.launch();
  const app = desktop.electron();
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.minimize();
  });
  const executable = createRequire(import.meta.url)('electron') as string;
  const second = spawn(executable, desktop.args, { env: desktop.env, stdio: 'ignore' });
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isMinimized())))
    .toEqual([false]);
});

test('a window asks before it closes over text that could not be saved, and no longer once it is', async () => {
  const page = await desktop.launch();
  const app = desktop.electron();
  const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await answerDialogs(app, []);
  const book = join(desktop.dataDir, 'fieldbook.db');
  renameSync(book, join(folder, 'away.db'));
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Rosa half typ');
  await page.getByText('In this window only, trying again').waitFor();
  await close();
  await expect.poll(() => messages(app)).toEqual(['What you typed could not be saved yet']);
  expect(await windows()).toBe(1);

  renameSync(join(folder, 'away.db'), book);
  await page.getByText('Draft kept').waitFor();
  const ended = app.waitForEvent('close');
  await close();
  await ended;
  const again = await desktop.launch();
  expect(await call(again, 'draft.list', {})).toMatchObject([{ values: { mine: { name: 'Rosa half typ' } } }]);
});
