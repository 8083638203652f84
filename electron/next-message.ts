import { on } from 'node:events';
import type { Worker } from 'node:worker_threads';

/**
 * What a thread says next. Throws its error when it fails, the signal's reason when that is aborted, and an Error when the
 * thread ends without a word: nobody may wait for an answer that cannot come.
 */
export async function nextMessage(worker: Worker, signal?: AbortSignal): Promise<unknown> {
  for await (const [message] of on(worker, 'message', { close: ['exit'], ...(signal ? { signal } : {}) })) return message;
  throw new Error('The thread ended without an answer');
}
