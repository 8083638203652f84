import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toAppError } from '../shared/errors.ts';
import { readControl } from './control-file.ts';
import { defaultDataDir } from './data-dir.ts';
import type { Host } from './host.ts';
import { openHost } from './open-host.ts';
import { DamagedBook, recoverHint } from './recovery/damaged-book.ts';
import { version } from './version.ts';

/*
 * The Node shell: the same host without a window. Prints `ready {…}` when the API listens; SIGTERM and SIGINT close it.
 * With `--window` it also prints the address of a window for the browser. A damaged book is not opened unless `--recover`
 * says that what can be saved of it, or its newest backup, is to take its place.
 */

const root = join(import.meta.dirname, '..');
const closeWithinMs = 1900;
const parentCheckedEveryMs = 200;

async function serve(): Promise<void> {
  const { values } = parseArgs({
    options: { 'data-dir': { type: 'string' }, port: { type: 'string' }, window: { type: 'boolean' }, recover: { type: 'boolean' } },
  });
  const dataDir = values['data-dir'] ?? defaultDataDir();
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    throw new Error('--port must be a whole number from 0 to 65535');
  }
  const rendererDir = join(root, 'dist', 'renderer');
  const host = await open(dataDir, port, existsSync(rendererDir) ? rendererDir : undefined, values.recover === true);
  stopOnSignals(host);
  const { url, error } = host.api();
  if (url === null) {
    await host.close();
    throw new Error(error ?? 'The API does not listen');
  }
  process.stdout.write(`ready ${JSON.stringify({ url, pid: process.pid, dataDir })}\n`);
  if (values.window) process.stdout.write(`window ${host.windowUrl()}\n`);
}

async function open(dataDir: string, port: number | undefined, rendererDir: string | undefined, recover: boolean): Promise<Host> {
  try {
    return await openHost({
      dataDir,
      migrationsDir: join(root, 'drizzle'),
      changelogFile: join(root, 'CHANGELOG.md'),
      version,
      importWorker: new URL('./imports/import-worker.ts', import.meta.url),
      syncWorker: new URL('./sync/worker.ts', import.meta.url),
      windowsOverHttp: true,
      ...(port === undefined ? {} : { port }),
      ...(rendererDir === undefined ? {} : { rendererDir }),
      ...(recover ? { choose: (plan) => plan.better } : {}),
    });
  } catch (error) {
    if (error instanceof DamagedBook) throw new Error(`${error.message}\n${recoverHint(dataDir)}`, { cause: error });
    if (toAppError(error).kind !== 'conflict') throw error;
    const owner = readControl(dataDir)?.pid;
    throw new Error(`The profile ${dataDir} is in use by ${owner === undefined ? 'another process' : `process ${owner}`}`, {
      cause: error,
    });
  }
}

function stopOnSignals(host: Host): void {
  const parent = process.ppid;
  const isOfNpm = process.env['npm_lifecycle_event'] !== undefined;
  // A signal to npm ends npm and its shell, but does not get here: the end of the parent says the same.
  // With the API switched off, this timer is also what keeps the process going.
  const watch = setInterval(() => {
    if (isOfNpm && process.ppid !== parent) stop();
  }, parentCheckedEveryMs);
  const stop = () => {
    clearInterval(watch);
    setTimeout(() => process.exit(0), closeWithinMs).unref();
    void host.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

serve().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
