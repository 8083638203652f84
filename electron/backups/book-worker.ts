import { parentPort, workerData } from 'node:worker_threads';
import { toAppError, toWire } from '../../shared/errors.ts';
import type { TaskAnswer, TaskCall } from './run-task.ts';
import { tasks } from './tasks.ts';

const { name, input } = workerData as TaskCall;
parentPort?.postMessage(answer());

function answer(): TaskAnswer {
  try {
    return { ok: true, value: (tasks[name] as (input: unknown) => unknown)(input) };
  } catch (error) {
    return { ok: false, error: toWire(toAppError(error)), detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
