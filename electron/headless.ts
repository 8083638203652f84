import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toAppError } from '../shared/errors.ts';
import { asksForHelp, noMore, portNumber, readArguments, reportFailure } from './cli/arguments.ts';
import { findRunningHost } from './cli/running-host.ts';
import { readControl } from './control-file.ts';
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

const usage = `Usage: npm run serve -- [--data-dir DIR] [--port N] [--window] [--recover]
Runs Fieldbook without a window; prints 'ready {…}' when it listens. --port goes before the settings, 0 picks a free port.
--window prints the address of a window for the browser; --recover opens a damaged book with what can be saved of it.`;

async function serve(args: string[]): Promise<void> {
  const { values, words, dataDir } = readArguments(args, { port: { type: 'string' }, window: { type: 'boolean' }, recover: { type: 'boolean' } });
  noMore(words);
  const port = values.port === undefined ? undefined : portNumber(values.port);
  // Asked first: it also answers where nothing can be written, as on a full disk.
  const running = await findRunningHost(dataDir);
  if (running) throw inUse(dataDir, running.pid);
  const rendererDir = join(root, 'dist', 'renderer');
  const host = await open(dataDir, port, existsSync(rendererDir) ? rendererDir : undefined, values.recover === true);
  stopOnSignals(host);
  const { url, error } = host.api();
  if (url === null) {
    await host.close();
    throw new Error(error ?? 'The API is not listening');
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
    throw inUse(dataDir, readControl(dataDir)?.pid, error);
  }
}

function inUse(dataDir: string, owner: number | undefined, cause?: unknown): Error {
  return new Error(`The profile ${dataDir} is in use by ${owner === undefined ? 'another process' : `process ${owner}`}`, { cause });
}

function stopOnSignals(host: Host): void {
  const parent = process.ppid;
  const isOfNpm = process.env['npm_lifecycle_event'] !== undefined;
  // A signal to npm ends npm and its shell, but does not get here: the end of the parent says the same.
  const watch = setInterval(() => {
    if (isOfNpm && process.ppid !== parent) stop();
  }, parentCheckedEveryMs);
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    clearInterval(watch);
    setTimeout(() => process.exit(0), closeWithinMs).unref();
    host.close().then(() => process.exit(0), (error: unknown) => process.exit(reportFailure(usage, error)));
  };
  // Not once: a second signal must not end the process in the middle of closing.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

const args = process.argv.slice(2);
if (asksForHelp(args)) process.stdout.write(`${usage}\n`);
else serve(args).catch((error: unknown) => process.exit(reportFailure(usage, error)));
