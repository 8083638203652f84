import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { Bridge } from '../../shared/bridge.ts';

declare global {
  interface Window {
    fieldbook: Bridge;
  }
}

/** The built application with a book of its own, which outlives a restart. */
export interface DesktopApp {
  /** Starts it, or starts it again; resolves with its first window once the book is on it. */
  launch(): Promise<Page>;
  /** The running application. Throws before `launch`. */
  electron(): ElectronApplication;
  /** The arguments that it is started with, for a second instance. */
  args: string[];
  env: Record<string, string>;
  /** The folder of its book. */
  dataDir: string;
  quit(): Promise<void>;
  /** Ends the application and removes its book. */
  remove(): Promise<void>;
}

export function createDesktopApp(): DesktopApp {
  const folder = mkdtempSync(join(tmpdir(), 'fieldbook e2e-'));
  const args = ['.', `--user-data-dir=${join(folder, 'chromium')}`];
  const dataDir = join(folder, 'book');
  const env = { ...(process.env as Record<string, string>), FIELDBOOK_DATA_DIR: dataDir };
  let running: ElectronApplication | undefined;

  async function quit(): Promise<void> {
    await running?.close();
    running = undefined;
  }

  return {
    args,
    env,
    dataDir,
    async launch() {
      running = await _electron.launch({ args, env });
      const page = await running.firstWindow();
      await page.getByText('All contacts').first().waitFor();
      return page;
    },
    electron() {
      if (!running) throw new Error('launch() comes first');
      return running;
    },
    quit,
    async remove() {
      await quit();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** An operation, asked from inside the page as the page asks it. Throws what the host refused it with. */
export function call(page: Page, name: string, input: unknown): Promise<never> {
  return page.evaluate(async ([operation, value]) => {
    const envelope = await window.fieldbook.call(operation as 'contact.count', value as object);
    if (!envelope.ok) throw new Error(`${envelope.error.kind}: ${envelope.error.message}`);
    return envelope.value as never;
  }, [name, input] as const);
}

/** Runs code in the first window's page from the main process, where a page that crashed is out of Playwright's reach. */
export function inPage(app: ElectronApplication, code: string): Promise<unknown> {
  return app.evaluate(
    ({ BrowserWindow }, script) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script) as Promise<unknown>,
    code,
  );
}

/** A port of 127.0.0.1 that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
