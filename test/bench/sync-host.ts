import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { openHost, owner } from './open-host.ts';
import type { ProbeMessage } from './probe.ts';

/*
 * A host that links an empty book to a server and syncs, while another thread asks it as a window would:
 * `node sync-host.ts DIR URL ORGANIZATION WHAT`. WHAT is `times`, or `heap`: looking at the heap stops everything for some
 * 50 ms each time, so it is not done where times are taken. Prints `ready {…}`, then a line of JSON for each of: the first pull, a cycle with
 * nothing to do, and a cycle after a hundred edits.
 */

export interface Measured {
  report: { ok: boolean; pulled: number; requests: number; writes: number; error?: string | undefined };
  /** Milliseconds of the cycle. */
  took: number;
  /** Milliseconds that the other thread waited for each of its answers. */
  times: number[];
  /** Bytes of the heap in use, after collecting, from time to time; empty where times are taken. */
  heap: number[];
}

const edits = 100;
const heapEveryMs = 1000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const [dataDir = '', url = '', organizationId = '', what = ''] = process.argv.slice(2);
const { host, call, close } = await openHost(dataDir, 0);
let times: number[] = [];
const worker = new Worker(new URL('./probe.ts', import.meta.url));
worker.on('message', (message: ProbeMessage) => {
  if ('took' in message) {
    times.push(message.took);
    return;
  }
  const [name, input] = message.call;
  void Promise.resolve(host.dispatch(name, input, owner)).then((answer) => worker.postMessage(answer));
});
process.stdout.write(`ready ${JSON.stringify({ url: host.api().url })}\n`);

await call('sync.connect', { url, email: 'admin@example.com', password: 'secret', organizationId });
await measure();
await measure();
const { items } = await call('contact.page', { limit: edits });
for (const { id, name } of items) await call('contact.update', { id, name: `${name} edited` });
await measure();
await worker.terminate();
await close();

function heapInUse(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

async function measure(): Promise<void> {
  times = [];
  const heap: number[] = [];
  const sampling = what === 'heap' ? setInterval(() => heap.push(heapInUse()), heapEveryMs) : undefined;
  const begun = performance.now();
  const report = await call('sync.run', {});
  const took = performance.now() - begun;
  clearInterval(sampling);
  process.stdout.write(`${JSON.stringify({ report, took, times, heap } satisfies Measured)}\n`);
}
