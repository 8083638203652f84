import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bridge } from '../../shared/bridge.ts';
import { firstDay } from './journey.ts';

/* The built application in its real shell: main, preload and page together. */

declare global {
  interface Window {
    fieldbook: Bridge;
  }
}

let folder: string;
let app: ElectronApplication | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldbook e2e-'));
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

async function launch(): Promise<Page> {
  app = await _electron.launch({ args: ['.', `--user-data-dir=${join(folder, 'chromium')}`], env: { ...(process.env as Record<string, string>), FIELDBOOK_DATA_DIR: join(folder, 'book') } });
  const page = await app.firstWindow();
  await page.getByText('All contacts').first().waitFor();
  return page;
}

/** An operation, asked from inside the page as the page asks it. */
function call(page: Page, name: string, input: object): Promise<never> {
  return page.evaluate(async ([operation, value]) => {
    const envelope = await window.fieldbook.call(operation as 'contact.count', value);
    if (!envelope.ok) throw new Error(envelope.error.message);
    return envelope.value as never;
  }, [name, input] as const);
}

test('a contact made in the window is there for a program over REST, and the other way round', async () => {
  const page = await launch();
  await call(page, 'settings.update', { apiPort: await freePort() });
  const { apiUrl } = await call(page, 'host.info', {}) as { apiUrl: string };
  const { secret } = await call(page, 'token.create', { name: 'e2e', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'] }) as { secret: string };
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };

  const created = await fetch(`${apiUrl}/api/organization-contact`, { method: 'POST', headers, body: JSON.stringify({ name: 'Rosa from REST' }) });
  expect(created.status).toBe(201);
  await page.getByText('Rosa from REST').first().waitFor();

  await call(page, 'contact.create', { name: 'Wim from the window' });
  const found = await fetch(`${apiUrl}/api/organization-contact/search?q=wim`, { headers });
  expect(((await found.json()) as { items: object[] }).items).toMatchObject([{ name: 'Wim from the window' }]);
});

test('a first day in the desktop window', async () => {
  await firstDay(await launch());
});

test('what was made is still there after a restart', async () => {
  await call(await launch(), 'contact.create', { name: 'Keep Me' });
  await app?.close();
  const page = await launch();
  await page.getByText('Keep Me').first().waitFor();
});

test('the page is shut in: no inline script, no eval, no Node, no new window, no way to another address', async () => {
  const page = await launch();
  const inlineScript = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.pwned = 1';
    document.head.append(script);
    return (window as { pwned?: number }).pwned;
  });
  // In a later turn: what the debugger evaluates at once is exempt from the policy.
  const evaluated = await page.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(() => {
          try {
            // oxlint-disable-next-line no-implied-eval -- it is the attack
            resolve(new Function('return "ran"')());
          } catch (error) {
            resolve((error as Error).name);
          }
        }, 0);
      }),
  );
  const world = await page.evaluate(() => [typeof (globalThis as { require?: unknown }).require, Object.isFrozen(window.fieldbook)]);
  expect([inlineScript, evaluated, world]).toEqual([undefined, 'EvalError', ['undefined', true]]);
  const address = page.url();
  await page.evaluate(() => {
    window.open('https://example.org/');
    location.href = 'https://example.org/';
  });
  await page.waitForTimeout(300);
  expect(page.url()).toBe(address);
  await expect.poll(() => app?.windows().length).toBe(1);
  await expect(call(page, 'no.such.operation', {})).rejects.toThrow(/no such operation/);
});

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
