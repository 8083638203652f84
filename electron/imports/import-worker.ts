import { on } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { toAppError, toWire } from '../../shared/errors.ts';
import { openFailuresFile } from './failures-file.ts';
import type { Failure, ReadTask, SourceRow, WorkerTask } from './file-row.ts';
import { inspect } from './inspect.ts';
import { readFile } from './read-file.ts';
import type { WorkerMessage } from './worker-client.ts';

const maxRows = 200;
/** Pictures are what makes rows heavy: a batch is full with this many bytes of them. */
const maxPhotoBytes = 2 * 1024 * 1024;
/** One batch is worked on while the next is parsed. */
const maxAhead = 2;

/** Tasks, and while a file is read the answers to its batches, in the order they were sent. */
type Inbox = AsyncIterator<unknown[]>;
type Send = (message: WorkerMessage) => void;

if (parentPort) {
  const port = parentPort;
  void serve(on(port, 'message')[Symbol.asyncIterator](), (message) => port.postMessage(message));
}

async function serve(inbox: Inbox, send: Send): Promise<void> {
  for (;;) {
    const task = await receive<WorkerTask>(inbox);
    try {
      if (task.kind === 'inspect') send({ kind: 'inspection', inspection: await inspect(task.file) });
      else {
        await read(task, inbox, send);
        send({ kind: 'end' });
      }
    } catch (error) {
      send({ kind: 'failed', error: toWire(toAppError(error)) });
    }
  }
}

/** Parses the file and hands its rows over; a batch that was taken is answered with the rows that failed. */
async function read(task: ReadTask, inbox: Inbox, send: Send): Promise<void> {
  const { rows, columns, share } = await readFile(task);
  const failures = openFailuresFile(task.failuresFile, columns);
  const sent: SourceRow[][] = [];
  let batch: SourceRow[] = [];
  let photoBytes = 0;

  async function taken(): Promise<void> {
    const failed = await receive<Failure[]>(inbox);
    const sources = new Map(sent.shift()?.map(({ row, source }) => [row.row, source]));
    for (const { row, reason } of failed) await failures.add(sources.get(row)?.() ?? [], reason);
  }
  async function handOver(): Promise<void> {
    if (batch.length === 0) return;
    if (sent.length === maxAhead) await taken();
    sent.push(batch);
    send({ kind: 'batch', batch: { rows: batch.map(({ row }) => row), share: share() } });
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

async function receive<T>(inbox: Inbox): Promise<T> {
  const { value } = (await inbox.next()) as { value: [T] };
  return value[0];
}
