import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { defaultDataDir } from '../data-dir.ts';
import { runCommand } from './arguments.ts';
import { startBrowserHost } from './browser-host.ts';
import { buildIfStale } from './build-if-stale.ts';
import { findRunningHost } from './running-host.ts';
import { findRuntime } from './runtime.ts';
import { showWindow } from './show-window.ts';
import { readStartArguments, startSwitches, type StartArguments } from './start-arguments.ts';

/*
 * `npm start`: builds what is stale and opens the window. Without Electron's runtime the headless host serves the
 * same window to the installed browser.
 */

const usage = `Usage: npm start [-- --data-dir DIR] [--port N] [FILE ...]
Opens Fieldbook: its own window, or where Electron's runtime cannot be had one in the browser. --port goes before the settings.`;

const root = join(import.meta.dirname, '..', '..');

runCommand(usage, async (args) => {
  const wanted = readStartArguments(args);
  buildIfStale(root);
  const runtime = await findRuntime(root);
  return runtime === null ? runInBrowser(wanted) : runDesktop(runtime, wanted);
});

function runDesktop(executable: string, wanted: StartArguments): Promise<number> {
  const child = spawn(executable, ['.', ...startSwitches(wanted)], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function runInBrowser(wanted: StartArguments): Promise<number> {
  console.log('Electron’s runtime is not installed and cannot be fetched here: opening Fieldbook in the browser instead.');
  const running = await findRunningHost(wanted.dataDir ?? defaultDataDir());
  if (running) {
    const { url } = await running.call('host.window', {});
    if (url === null) throw new Error(`Fieldbook is already running (process ${running.pid}), without a page for the browser: end it first`);
    await showWindow(url, `Fieldbook is already running (process ${running.pid}) and is open in the browser.`);
    return 0;
  }
  const host = startBrowserHost(root, startSwitches(wanted));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => host.process.kill(signal));
  const ended = new Promise<number>((resolve) => host.process.once('exit', (code) => resolve(code ?? 1)));
  const address = await host.window;
  if (address !== null) await showWindow(address, 'Fieldbook is open in the browser. Ctrl+C here closes it.');
  return ended;
}
