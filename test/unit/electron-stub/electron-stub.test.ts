import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type {} from '../../electron-stub/recording.ts';

// What the fixture app's preload and main offer to these tests.
declare global {
  interface Window {
    api: {
      state: { nested: { list: number[] } };
      echo: (value: unknown) => Promise<{ value: unknown; origin: string; isMainFrame: boolean }>;
      fail: () => Promise<never>;
      wait: (value: string) => Promise<string>;
      release: () => Promise<void>;
      missing: () => Promise<never>;
      save: () => Promise<string | null>;
      opened: () => number;
      require: (name: string) => string[];
      onMenu: (listener: (action: string) => void) => () => void;
      count: (upTo: number) => Promise<number[]>;
    };
    actions: string[];
    inlineScriptRan?: true;
    pageScriptRan?: true;
    leakedAtStart: string[];
  }
  var received: object[];
}

const standIn = join(import.meta.dirname, '../../electron-stub');
const executable = join(standIn, 'electron');
const fixture = join(import.meta.dirname, 'fixture-app');

let userData: string;
let app: ElectronApplication;
let appProcess: ChildProcess;
let page: Page;

const launch = (folder: string): Promise<ElectronApplication> => {
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = standIn;
  return _electron.launch({ args: [fixture, `--user-data-dir=${folder}`] });
};

const fixturePage = async (launched: ElectronApplication): Promise<Page> => {
  const first = await launched.firstWindow();
  await first.getByRole('heading', { name: 'Fixture' }).waitFor();
  return first;
};

/** A process and all that it has started, directly or not. */
const familyOf = (pid: number | undefined): number[] => {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = /^PPid:\t(\d+)/m.exec(statusOf(Number(entry)))?.[1];
    parents.set(Number(entry), Number(parent));
  }
  const family = new Set(pid === undefined ? [] : [pid]);
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.add(child);
  }
  return [...family];
};

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return 'State:\tX';
  }
};

/** Those of the processes that still run; one that waits to be reaped does not. */
const stillRunning = (pids: number[]): number[] => pids.filter((pid) => !/^State:\t[XZ]/m.test(statusOf(pid)));

const received = (): Promise<object[]> => app.evaluate(() => globalThis.received);

async function start(): Promise<void> {
  userData = mkdtempSync(join(tmpdir(), 'electron-stub-'));
  app = await launch(userData);
  appProcess = app.process();
  page = await fixturePage(app);
}

async function stop(): Promise<void> {
  const family = familyOf(appProcess.pid);
  await app.close();
  await vi.waitFor(() => expect(stillRunning(family)).toEqual([]), 10_000);
  rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
}

describe('messages between page and main process', () => {
  beforeAll(start);
  afterAll(stop);

  test('an invoked handler gets and returns values of many types, and knows the page that asked', async () => {
    const answer = await page.evaluate(async () => {
      const bytes = new Uint8Array([0, 255, 7]);
      const sent = { at: new Date(5), big: 2n ** 70n, none: undefined, nan: NaN, map: new Map([['é', bytes]]) };
      const { value, origin, isMainFrame } = await window.api.echo(sent);
      const { at, big, none, nan, map } = value as typeof sent;
      return [at.getTime(), String(big), none, nan, [...(map.get('é') ?? [])], origin, isMainFrame];
    });
    expect(answer).toEqual([5, String(2n ** 70n), undefined, NaN, [0, 255, 7], 'app://bundle', true]);
  });

  test('an error of a handler reaches the caller with its message', async () => {
    await expect(page.evaluate(() => window.api.fail())).rejects.toThrow(
      "Error invoking remote method 'fail': TypeError: no such contact",
    );
  });

  test('a channel without a handler and a value that cannot be sent are refused', async () => {
    await expect(page.evaluate(() => window.api.missing())).rejects.toThrow("No handler registered for 'missing'");
    await expect(page.evaluate(() => window.api.echo(new Blob(['x'])))).rejects.toThrow('could not be cloned');
  });

  test('an answer that comes after a reload does not reach the new document', async () => {
    // The first call of its document, both times: what numbers the calls must not confuse them.
    await page.reload();
    await page.evaluate(() => void window.api.wait('for the former document'));
    await page.reload();
    const answer = await page.evaluate(async () => {
      const waiting = window.api.wait('for the new document');
      await window.api.release();
      return waiting;
    });
    expect(answer).toBe('for the new document');
  });

  test('a message port handed to the page carries messages in order', async () => {
    expect(await page.evaluate(() => window.api.count(4))).toEqual([1, 2, 3, 4]);
  });
});

describe('what the page can reach', () => {
  beforeAll(start);
  afterAll(stop);

  test('the exposed API is a frozen copy without a way to change what the preload holds', async () => {
    const result = await page.evaluate(() => {
      const exposed = [window.api, window.api.state, window.api.state.nested.list];
      const frozen = exposed.every((value) => Object.isFrozen(value));
      return { frozen, opened: [window.api.opened(), window.api.opened()], state: JSON.stringify(window.api.state) };
    });
    expect(result).toEqual({ frozen: true, opened: [1, 2], state: '{"opened":0,"nested":{"list":[1,2]}}' });
  });

  test('the page has neither require nor process nor the way to the main process', async () => {
    expect(await page.evaluate(() => window.leakedAtStart)).toEqual(Array(4).fill('undefined'));
  });

  test('the preload may require electron, and no module of Node', async () => {
    await expect(page.evaluate(() => window.api.require('node:fs'))).rejects.toThrow('module not found: node:fs');
  });

  test('the Content-Security-Policy of the protocol handler is enforced', async () => {
    const ran = await page.evaluate(() => [window.pageScriptRan, window.inlineScriptRan]);
    expect(ran).toEqual([true, undefined]);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('h1')!).color)).toBe('rgb(1, 2, 3)');
  });

  test('a request to the app’s own scheme carries method and body, and an unknown file is not found', async () => {
    const answers = await page.evaluate(async () => {
      const posted = await fetch('/body', { method: 'POST', body: 'Zoë' });
      return [await posted.text(), (await fetch('/no/such')).status];
    });
    expect(answers).toEqual(['POST Zoë', 404]);
  });

  test('a permission the app denies is denied to the page', async () => {
    const query = (): Promise<string> =>
      navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state);
    expect(await page.evaluate(query)).toBe('denied');
  });
});

describe('leaving the page', () => {
  beforeAll(start);
  afterAll(stop);

  test('a window the page asks for is not opened; the app hears its address', async () => {
    expect(await page.evaluate(() => window.open('https://example.org/script'))).toBeNull();
    await page.click('#popup');
    await expect
      .poll(() => app.evaluate(() => electronStub.opened))
      .toEqual(['https://example.org/script', 'https://example.org/popup']);
    expect(app.windows()).toHaveLength(1);
  });

  test('a navigation the app prevents leaves the page where it is', async () => {
    const before = page.url();
    await page.click('#outside', { noWaitAfter: true });
    await expect.poll(received).toContainEqual({ navigation: 'https://example.org/outside' });
    expect(page.url()).toBe(before);
    expect(await page.evaluate(() => window.pageScriptRan)).toBe(true);
  });

  test('a mailto link is announced as a navigation', async () => {
    await page.click('#mail', { noWaitAfter: true });
    await expect.poll(received).toContainEqual({ navigation: 'mailto:zoe@example.org' });
  });

  test('a download is announced and can be prevented', async () => {
    await page.click('#download', { noWaitAfter: true });
    await expect.poll(received).toContainEqual({ download: 'contacts.css' });
  });
});

describe('dialogs, menus and windows', () => {
  beforeAll(start);
  afterAll(stop);

  test('a dialog is dismissed, or answered as the test says, and recorded', async () => {
    expect(await page.evaluate(() => window.api.save())).toBeNull();
    await app.evaluate(({ dialog }) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: 'contacts.csv' });
    });
    expect(await page.evaluate(() => window.api.save())).toBe('contacts.csv');
    expect(await app.evaluate(() => electronStub.dialogs.map(({ kind }) => kind))).toEqual(['save']);
  });

  test('a menu item is clicked by the test or by its keys, until the page stops listening', async () => {
    await page.evaluate(() => {
      window.actions = [];
      const stop = window.api.onMenu((action) => {
        window.actions.push(action);
        if (window.actions.length === 2) stop();
      });
    });
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new')?.click());
    await expect.poll(() => page.evaluate(() => window.actions)).toEqual(['new']);
    await page.keyboard.press('ControlOrMeta+n');
    await expect.poll(() => page.evaluate(() => window.actions)).toEqual(['new', 'new']);
    await page.keyboard.press('ControlOrMeta+n');
    await page.evaluate(() => window.api.echo('after the third'));
    expect(await page.evaluate(() => window.actions)).toEqual(['new', 'new']);
  });

  test('a window has the size it was given, a title, and a screenshot', async () => {
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([700, 500]);
    const window = await app.browserWindow(page);
    await expect
      .poll(() => window.evaluate((w) => [w.isVisible(), w.isFocused(), w.getTitle()]))
      .toEqual([true, true, 'Fixture page']);
    await window.evaluate((w) => w.setBounds({ width: 640, height: 400 }));
    await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([640, 400]);
    const image = await page.screenshot();
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([640, 400]);
    await window.evaluate((w) => w.webContents.setZoomFactor(2));
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(320);
  });

  test('a minimized or maximized window remembers where it was', async () => {
    const window = await app.browserWindow(page);
    const states = await window.evaluate((w) => {
      const normal = w.getBounds();
      w.maximize();
      const maximized = [w.isMaximized(), w.getBounds().width > normal.width];
      w.minimize();
      const minimized = [w.isMinimized(), w.isVisible()];
      w.restore();
      return { maximized, minimized, restored: JSON.stringify(w.getBounds()) === JSON.stringify(normal) };
    });
    expect(states).toEqual({ maximized: [true, true], minimized: [true, false], restored: true });
  });

  test('two windows have messages of their own, and closing one leaves the other', async () => {
    const opened = app.waitForEvent('window');
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('window')?.click());
    const second = await opened;
    await second.getByRole('heading', { name: 'Fixture' }).waitFor();
    for (const each of [page, second]) {
      await each.evaluate(() => {
        window.actions = [];
        window.api.onMenu((action) => window.actions.push(action));
      });
    }
    await (await app.browserWindow(second)).evaluate((w) => w.webContents.send('menu', 'second only'));
    await expect.poll(() => second.evaluate(() => window.actions)).toEqual(['second only']);
    expect(await page.evaluate(() => window.actions)).toEqual([]);

    await second.close();
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await page.evaluate(async () => (await window.api.echo(1)).value)).toBe(1);
  });

  test('the appearance of the desktop reaches the page', async () => {
    const isDark = (): Promise<boolean> => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    expect(await isDark()).toBe(false);
    await app.evaluate(() => electronStub.setDesktopDark(true));
    await expect.poll(isDark).toBe(true);
  });

  test('a registered global shortcut can be pressed', async () => {
    const result = await app.evaluate(({ globalShortcut }) => {
      let presses = 0;
      globalShortcut.register('CmdOrCtrl+Shift+F', () => presses++);
      const pressed = ['Shift+CommandOrControl+F', 'F9'].map((keys) => electronStub.pressGlobalShortcut(keys));
      return { presses, pressed };
    });
    expect(result).toEqual({ presses: 1, pressed: [true, false] });
  });

  test('a secret is stored encrypted; a locked keychain refuses for a while, a missing one is told', async () => {
    const result = await app.evaluate(async ({ safeStorage }) => {
      const outcome = (work: Promise<{ result: string; shouldReEncrypt: boolean }>) => work.catch((error: Error) => error.message);
      const sealed = await safeStorage.encryptStringAsync('token');
      const open = await outcome(safeStorage.decryptStringAsync(sealed));
      electronStub.keychain = 'locked';
      const locked = await outcome(safeStorage.decryptStringAsync(sealed));
      electronStub.keychain = 'none';
      const gone = await outcome(safeStorage.decryptStringAsync(sealed));
      const backend = safeStorage.getSelectedStorageBackend();
      const obfuscated = await safeStorage.encryptStringAsync('token');
      electronStub.keychain = 'open';
      const later = await outcome(safeStorage.decryptStringAsync(obfuscated));
      const prefixes = [sealed, obfuscated].map((bytes) => bytes.toString('latin1', 0, 3));
      return { readable: sealed.includes('token'), open, locked, gone, backend, later, prefixes };
    });
    expect(result).toEqual({
      readable: false,
      open: { result: 'token', shouldReEncrypt: false },
      locked: 'safeStorage.decryptStringAsync is temporarily unavailable. Please try again.',
      gone: 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.',
      backend: 'basic_text',
      later: { result: 'token', shouldReEncrypt: true },
      prefixes: ['v11', 'v10'],
    });
  });

  test('a page is printed to a PDF document', async () => {
    const window = await app.browserWindow(page);
    const start = await window.evaluate(async (w) => (await w.webContents.printToPDF({})).toString('latin1', 0, 5));
    expect(start).toBe('%PDF-');
  });
});

describe('the life of the process', () => {
  beforeEach(start);
  afterEach(stop);

  test('a crashed page is announced and comes back with a reload', async () => {
    const window = await app.browserWindow(page);
    const reason = await window.evaluate((w) => new Promise((resolve) => {
      w.webContents.once('render-process-gone', (_event: unknown, details: { reason: string }) =>
        resolve(details.reason));
      w.webContents.forcefullyCrashRenderer();
    }));
    expect(reason).toBe('crashed');
    const answer = await window.evaluate(async (w) => {
      const loaded = new Promise<void>((resolve) => {
        w.webContents.once('did-finish-load', () => resolve());
      });
      w.webContents.reload();
      await loaded;
      return w.webContents.executeJavaScript("window.api.echo('back').then(({ value }) => value)") as Promise<string>;
    });
    expect(answer).toBe('back');
  });

  test('a second instance hands its arguments to the first and ends', async () => {
    const args = [fixture, `--user-data-dir=${userData}`, 'fieldbook://contact/7'];
    const second = spawn(executable, args, { stdio: 'ignore' });
    const exitCode = await new Promise((resolve) => second.once('exit', resolve));
    expect(exitCode).toBe(0);
    await expect.poll(received).toContainEqual({
      argv: args,
      workingDirectory: process.cwd(),
      data: { greeting: 'hello' },
    });
  });

  test('closing the last window ends the app, with every process it had', async () => {
    const family = familyOf(appProcess.pid);
    const ended = new Promise((resolve) => appProcess.once('exit', resolve));
    await (await app.browserWindow(page)).evaluate((w) => setTimeout(() => w.close()));
    expect(await ended).toBe(0);
    await expect.poll(() => stillRunning(family), { timeout: 10_000 }).toEqual([]);
  });

  test('a window that prevents its closing keeps the app from quitting', async () => {
    const stillOpen = await app.evaluate(({ app: electronApp, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.once('close', (event) => event.preventDefault());
      electronApp.quit();
      return BrowserWindow.getAllWindows().length;
    });
    expect(stillOpen).toBe(1);
    expect(await page.evaluate(async () => (await window.api.echo('still here')).value)).toBe('still here');
  });

  test('a killed app leaves no browser behind and can start again at once with the same profile', async () => {
    const family = familyOf(appProcess.pid);
    expect(family.length).toBeGreaterThan(3);
    appProcess.kill('SIGKILL');
    const again = await launch(userData);
    try {
      expect(await (await fixturePage(again)).evaluate(() => window.pageScriptRan)).toBe(true);
    } finally {
      await again.close();
    }
    await expect.poll(() => stillRunning(family), { timeout: 10_000 }).toEqual([]);
  });

  test('an app whose parent is killed ends by itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'electron-stub-orphan-'));
    const args = JSON.stringify([fixture, `--user-data-dir=${folder}`]);
    const script = `require('node:child_process').spawn(${JSON.stringify(executable)}, ${args}, { stdio: 'inherit' });`;
    const parent = spawn(process.execPath, ['--eval', script], { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise<void>((resolve) => {
      parent.stderr.on('data', (text: Buffer) => {
        if (text.includes('DevTools listening')) resolve();
      });
    });
    const family = familyOf(parent.pid);
    expect(family.length).toBeGreaterThan(3);
    parent.kill('SIGKILL');
    await expect.poll(() => stillRunning(family), { timeout: 20_000 }).toEqual([]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('what a page stores is there after a restart', async () => {
    await page.evaluate(() => localStorage.setItem('kept', 'yes'));
    await app.close();
    app = await launch(userData);
    page = await fixturePage(app);
    expect(await page.evaluate(() => localStorage.getItem('kept'))).toBe('yes');
  });
});
