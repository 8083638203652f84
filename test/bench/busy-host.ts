import { createReadStream } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { openHost, owner } from './open-host.ts';
import type { ProbeMessage } from './probe.ts';

/*
 * A host that answers another thread as it would a window, and says how long that thread waited:
 * `node busy-host.ts DIR saturated`: measures from the first SIGUSR2 to the second, again and again;
 * `node busy-host.ts DIR importing FILE`: measures while it imports the file.
 * Prints `ready {…}` when the thread has had its first answer, and then one line of JSON for each measurement.
 */

const [dataDir = '', mode = '', file = ''] = process.argv.slice(2);
const { host, call, close } = await openHost(dataDir, 0);
const worker = new Worker(new URL('./probe.ts', import.meta.url));
let times: number[] | undefined;

const answered = new Promise<void>((resolve) => {
  worker.on('message', (message: ProbeMessage) => {
    if ('took' in message) {
      times?.push(message.took);
      resolve();
      return;
    }
    const [name, input] = message.call;
    void Promise.resolve(host.dispatch(name, input, owner)).then((answer) => worker.postMessage(answer));
  });
});

process.on('SIGUSR2', () => {
  if (times) finish();
  else times = [];
});
process.once('SIGTERM', () => {
  void worker.terminate().then(close).then(() => process.exit(0));
});
await answered;
process.stdout.write(`ready ${JSON.stringify({ url: host.api().url })}\n`);
if (mode === 'importing') await measureImport();

function finish(): void {
  process.stdout.write(`${JSON.stringify({ times })}\n`);
  times = undefined;
}

async function measureImport(): Promise<void> {
  times = [];
  const started = await host.dispatch('import.start', { format: 'csv', match: 'none' }, owner, createReadStream(file));
  const { id } = started as { id: string };
  let report = await call('import.get', { id, limit: 1 });
  while (report.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    report = await call('import.get', { id, limit: 1 });
  }
  if (report.status !== 'done') throw new Error(`the import ${report.status}: ${report.message}`);
  finish();
}
