import { Worker } from 'node:worker_threads';
import { fromWire, type WireError } from '../../shared/errors.ts';
import { nextMessage } from '../next-message.ts';
import type { Tasks } from './tasks.ts';

export interface TaskCall {
  name: keyof Tasks;
  input: unknown;
}

export type TaskAnswer = { ok: true; value: unknown } | { ok: false; error: WireError; detail: string };

/** How tasks are run; tests run them in their own thread. An aborted signal ends a task at once. */
export type RunTask = <N extends keyof Tasks>(
  name: N,
  input: Parameters<Tasks[N]>[0],
  signal?: AbortSignal,
) => Promise<ReturnType<Tasks[N]>>;

/** Runs tasks on whole files in a thread of their own, each in a new one: they are rare. `workerUrl` is a source or a built file. */
export function createRunTask(workerUrl: URL): RunTask {
  return async (name, input, signal) => {
    const call: TaskCall = { name, input };
    const worker = new Worker(workerUrl, { workerData: call, execArgv: [] });
    try {
      const answer = (await nextMessage(worker, signal)) as TaskAnswer;
      if (answer.ok) return answer.value as never;
      throw Object.assign(fromWire(answer.error), { cause: answer.detail });
    } finally {
      await worker.terminate();
    }
  };
}

/** Where Fieldbook runs from its sources. */
export const sourceWorker = new URL('book-worker.ts', import.meta.url);
