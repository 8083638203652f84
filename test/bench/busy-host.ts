import { createReadStream } from 'node:fs';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import type { OperationName } from '../../shared/operations/index.ts';
import { openHost, owner } from './open-host.ts';

/*
 * A host that answers another thread as it would a window, and says how long that thread waited:
 * `node busy-host.ts DIR saturated`: measures from the first SIGUSR2 to the second, again and again;
 * `node busy-host.ts DIR importing FILE`: measures while it imports the file.
 * Prints `ready {…}` and then one line of JSON for each measurement.
 */

const pauseMs = 10;
const calls: [OperationName, unknown][] = [
  ['contact.page', { limit: 50 }],
  ['contact.search', { q: 'ma' }],
  ['contact.page', { limit: 50, query: 'an' }],
];

if (isMainThread) await serve();
else probe();

async function serve(): Promise<void> {
  const [dataDir = '', mode = '', file = ''] = process.argv.slice(2);
  const { host, call, close } = await openHost(dataDir, 0);
  const worker = new Worker(new URL(import.meta.url));
  let times: number[] | undefined;
  worker.on('message', (message: { call: [OperationName, unknown] } | { took: number }) => {
    if ('took' in message) {
      times?.push(message.took);
      return;
    }
    const [name, input] = message.call;
    void Promise.resolve(host.dispatch(name, input, owner)).then((answer) => worker.postMessage(answer));
  });
  const finish = () => {
    process.stdout.write(`${JSON.stringify({ times })}\n`);
    times = undefined;
  };

  process.on('SIGUSR2', () => {
    if (times) finish();
    else times = [];
  });
  process.once('SIGTERM', () => {
    void worker.terminate().then(close).then(() => process.exit(0));
  });
  process.stdout.write(`ready ${JSON.stringify({ url: host.api().url })}\n`);
  if (mode !== 'importing') return;

  times = [];
  const started = await host.dispatch('import.start', { format: 'csv', match: 'none' }, owner, createReadStream(file));
  const { id } = started as { id: string };
  let report = await call('import.get', { id });
  while (report.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    report = await call('import.get', { id, limit: 1 });
  }
  if (report.status !== 'done') throw new Error(`the import ${report.status}: ${report.message}`);
  finish();
}

/** Asks, waits for the answer, pauses, asks the next, for as long as the host lives. */
function probe(): void {
  let next = 0;
  let posted = 0;
  const ask = () => {
    posted = performance.now();
    parentPort?.postMessage({ call: calls[next] });
    next = (next + 1) % calls.length;
  };
  parentPort?.on('message', () => {
    parentPort?.postMessage({ took: performance.now() - posted });
    setTimeout(ask, pauseMs);
  });
  ask();
}
