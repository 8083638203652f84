import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildIfStale } from './build-if-stale.ts';
import { openBrowser } from './open-browser.ts';
import { findRuntime } from './runtime.ts';

/*
 * `npm start`: builds what is stale and opens the window. Without Electron's runtime the headless host serves the
 * same window to the installed browser.
 */

const root = join(import.meta.dirname, '..', '..');

buildIfStale(root);
const runtime = await findRuntime(root);
if (runtime !== null) runDesktop(runtime);
else runInBrowser();

function runDesktop(executable: string): void {
  const child = spawn(executable, ['.', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  child.once('exit', (code) => process.exit(code ?? 1));
}

function runInBrowser(): void {
  console.log('Electron’s runtime is not installed and cannot be fetched here: opening Fieldbook in the browser instead.');
  const child = spawn(process.execPath, [join(root, 'electron', 'headless.ts'), '--window', ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const address = /^window (.+)$/.exec(line)?.[1];
    if (address) void show(address);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
}

async function show(address: string): Promise<void> {
  const opened = await openBrowser(address);
  console.log(opened ? 'Fieldbook is open in the browser. Ctrl+C here closes it.' : `Open this address once, in a browser on this machine: ${address}`);
}
