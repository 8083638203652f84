import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError, fromWire, type WireError } from '../../shared/errors.ts';
import { nextMessage } from '../next-message.ts';
import type { Batch, Failure, InspectTask, Inspection, ReadTask, WorkerTask } from './file-row.ts';

/** What the worker says. */
export type WorkerMessage =
  | { kind: 'inspection'; inspection: Inspection }
  | { kind: 'batch'; batch: Batch }
  | { kind: 'end' }
  | { kind: 'failed'; error: WireError };

/** Reads files in a thread of its own, which waits a while for the next file before it ends. */
export interface FileReader {
  inspect(file: string): Promise<Inspection>;
  /**
   * Reads a file batch by batch. `take` works on a batch and answers with the rows that failed, which the thread writes
   * to the file of failures; the thread is at most two batches ahead. Throws what made the whole file unreadable, the
   * signal's reason when it is aborted, and whatever `take` throws.
   */
  read(task: Omit<ReadTask, 'kind'>, signal: AbortSignal, take: (batch: Batch) => Promise<Failure[]>): Promise<void>;
  close(): Promise<void>;
}

const idleMs = 60_000;

export function createFileReader(workerUrl: URL): FileReader {
  let idle: { worker: Worker; timer: NodeJS.Timeout } | undefined;

  function startWorker(): Worker {
    // None of the flags that this process was started with are for the thread.
    const worker = new Worker(workerUrl, { execArgv: [] });
    // Without a listener an error between two tasks would end this process.
    worker.on('error', () => undefined);
    // One that ended while nobody used it is not given to the next task.
    worker.on('exit', () => {
      if (idle?.worker !== worker) return;
      clearTimeout(idle.timer);
      idle = undefined;
    });
    return worker;
  }

  function takeWorker(): Worker {
    if (!idle) return startWorker();
    const { worker, timer } = idle;
    idle = undefined;
    clearTimeout(timer);
    worker.ref();
    return worker;
  }

  async function giveBack(worker: Worker): Promise<void> {
    if (idle) {
      await worker.terminate();
      return;
    }
    worker.unref();
    const timer = setTimeout(() => {
      idle = undefined;
      void worker.terminate();
    }, idleMs).unref();
    idle = { worker, timer };
  }

  /** A thread that was interrupted in its work is of no more use. */
  async function withWorker<T>(task: WorkerTask, work: (worker: Worker) => Promise<T>): Promise<T> {
    const worker = takeWorker();
    try {
      worker.postMessage(task);
      const result = await work(worker);
      await giveBack(worker);
      return result;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  return {
    inspect(file) {
      const task: InspectTask = { kind: 'inspect', file };
      return withWorker(task, async (worker) => {
        const message = (await nextMessage(worker)) as WorkerMessage;
        if (message.kind === 'failed') throw fromWire(message.error);
        if (message.kind !== 'inspection') throw new AppError('internal', 'The file could not be read');
        return message.inspection;
      });
    },
    async read(task, signal, take) {
      signal.throwIfAborted();
      await withWorker({ kind: 'read', ...task }, async (worker) => {
        for await (const [message] of on(worker, 'message', { close: ['exit'], signal }) as AsyncIterable<[WorkerMessage]>) {
          if (message.kind === 'end') return;
          if (message.kind === 'failed') throw fromWire(message.error);
          if (message.kind === 'batch') worker.postMessage(await take(message.batch));
        }
        throw new AppError('internal', 'The file could not be read to its end');
      });
    },
    async close() {
      if (!idle) return;
      clearTimeout(idle.timer);
      await idle.worker.terminate();
      idle = undefined;
    },
  };
}
