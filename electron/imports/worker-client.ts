import { on, once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError, fromWire, type WireError } from '../../shared/errors.ts';
import type { Batch, Failure, Inspection, ReadTask, WorkerTask } from './file-row.ts';

/** What the worker says. */
export type WorkerMessage =
  | { kind: 'inspection'; inspection: Inspection }
  | { kind: 'batch'; batch: Batch }
  | { kind: 'end' }
  | { kind: 'failed'; error: WireError };

/** Looks at a file in a thread of its own. */
export async function inspectFile(workerUrl: URL, file: string): Promise<Inspection> {
  const worker = startWorker(workerUrl, { kind: 'inspect', file });
  try {
    const [message] = (await once(worker, 'message')) as [WorkerMessage];
    if (message.kind === 'failed') throw fromWire(message.error);
    if (message.kind !== 'inspection') throw new AppError('internal', 'The file could not be looked at');
    return message.inspection;
  } finally {
    await worker.terminate();
  }
}

/**
 * Reads a file in a thread of its own, batch by batch. `take` works on a batch and answers with the rows that failed,
 * which the thread writes to the file of failures; the thread is at most two batches ahead.
 * Throws what made the whole file unreadable, the signal's reason when it is aborted, and whatever `take` throws.
 */
export async function readInWorker(
  workerUrl: URL,
  task: Omit<ReadTask, 'kind'>,
  signal: AbortSignal,
  take: (batch: Batch) => Promise<Failure[]>,
): Promise<void> {
  signal.throwIfAborted();
  const worker = startWorker(workerUrl, { kind: 'read', ...task });
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'], signal }) as AsyncIterable<[WorkerMessage]>) {
      if (message.kind === 'end') return;
      if (message.kind === 'failed') throw fromWire(message.error);
      if (message.kind === 'batch') worker.postMessage(await take(message.batch));
    }
    throw new AppError('internal', 'The file could not be read to its end');
  } finally {
    await worker.terminate();
  }
}

function startWorker(workerUrl: URL, workerData: WorkerTask): Worker {
  // None of the flags that this process was started with are for the thread.
  return new Worker(workerUrl, { workerData, execArgv: [] });
}
