import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { toAppError, toWire } from '../../shared/errors.ts';
import { openFailuresFile } from './failures-file.ts';
import { inspect } from './inspect.ts';
import { readFile } from './read-file.ts';
import type { Failure, FileRow, ReadTask, SourceRow, WorkerTask } from './file-row.ts';
import type { WorkerMessage } from './worker-client.ts';

const maxRows = 200;
/** Pictures are what makes rows heavy: a batch is full with this many bytes of them. */
const maxPhotoBytes = 2 * 1024 * 1024;
/** One batch is worked on while the next is parsed. */
const maxAhead = 2;

if (parentPort) void serve(parentPort, workerData as WorkerTask);

async function serve(port: NonNullable<typeof parentPort>, task: WorkerTask): Promise<void> {
  const send = (message: WorkerMessage) => port.postMessage(message);
  try {
    if (task.kind === 'inspect') send({ kind: 'inspection', inspection: await inspect(task.file) });
    else {
      await read(port, task, send);
      send({ kind: 'end' });
    }
  } catch (error) {
    send({ kind: 'failed', error: toWire(toAppError(error)) });
  }
  port.close();
}

/** Parses the file and hands its rows over; a batch that was taken comes back with the rows that failed. */
async function read(port: NonNullable<typeof parentPort>, task: ReadTask, send: (message: WorkerMessage) => void): Promise<void> {
  const { rows, columns, share } = readFile(task);
  const failures = openFailuresFile(task.failuresFile, columns);
  const answers = on(port, 'message') as AsyncIterableIterator<[Failure[]]>;
  const sent: SourceRow[][] = [];
  let batch: SourceRow[] = [];
  let photoBytes = 0;

  async function taken(): Promise<void> {
    const answer = await answers.next();
    const [failed] = answer.value as [Failure[]];
    const sources = new Map(sent.shift()?.map(({ row, source }) => [row.row, source]));
    for (const { row, reason } of failed) await failures.add(sources.get(row)?.() ?? [], reason);
  }
  async function handOver(): Promise<void> {
    if (batch.length === 0) return;
    if (sent.length === maxAhead) await taken();
    sent.push(batch);
    send({ kind: 'batch', batch: { rows: batch.map(({ row }): FileRow => row), share: share() } });
    batch = [];
    photoBytes = 0;
  }

  for await (const row of rows) {
    batch.push(row);
    photoBytes += row.row.photo?.bytes.length ?? 0;
    if (batch.length === maxRows || photoBytes >= maxPhotoBytes) await handOver();
  }
  await handOver();
  while (sent.length > 0) await taken();
  await failures.close();
}
