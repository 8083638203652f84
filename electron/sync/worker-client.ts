import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import { connectThreads, type Link } from './thread-rpc.ts';
import type { HostSide, WorkerSide } from './worker.ts';

/** The sync thread, as the host sees it: begun when it is needed, ended when it has been idle a while. */
export interface SyncThread {
  /** Throws AppError `unavailable` when the thread ends meanwhile. */
  run<T>(work: (thread: Link<WorkerSide>['remote']) => Promise<T>): Promise<T>;
  /** Tells a running cycle to stop between two steps. */
  cancel(): void;
  close(): Promise<void>;
}

const idleMs = 60_000;

/**
 * `host` is what the thread may call. A thread that dies fails what it was doing and is begun anew next time; why it died is
 * reported.
 */
export function createSyncThread(workerUrl: URL, host: HostSide, report: (error: unknown) => void): SyncThread {
  let current: { worker: Worker; link: Link<WorkerSide>; busy: number; idle?: NodeJS.Timeout } | undefined;
  let closed = false;

  function begin() {
    // None of the flags that this process was started with are for the thread.
    const worker = new Worker(workerUrl, { execArgv: [] });
    const link = connectThreads<WorkerSide>(worker, host, report);
    const ended = () => {
      if (current?.worker === worker) current = undefined;
      link.fail(new AppError('unavailable', closed ? 'Fieldbook is being closed.' : 'Sync stopped unexpectedly; it resumes in a moment.'));
    };
    worker.on('error', report);
    worker.on('exit', ended);
    return { worker, link, busy: 0 };
  }

  return {
    async run(work) {
      if (closed) throw new AppError('unavailable', 'Fieldbook is being closed.');
      current ??= begin();
      const thread = current;
      clearTimeout(thread.idle);
      thread.busy += 1;
      thread.worker.ref();
      try {
        return await work(thread.link.remote);
      } finally {
        thread.busy -= 1;
        if (thread.busy === 0) {
          thread.worker.unref();
          thread.idle = setTimeout(() => {
            if (current === thread) current = undefined;
            void thread.worker.terminate();
          }, idleMs).unref();
        }
      }
    },
    cancel() {
      void current?.link.remote.cancel().catch(() => undefined);
    },
    async close() {
      closed = true;
      clearTimeout(current?.idle);
      await current?.worker.terminate();
    },
  };
}
