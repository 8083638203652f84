import { parentPort } from 'node:worker_threads';
import type { OperationName } from '../../shared/operations/index.ts';

/*
 * The thread of busy-host.ts that stands for a window: asks, waits for the answer, tells how long it took, pauses and
 * asks the next, for as long as the host lives.
 */

export type ProbeMessage = { call: [OperationName, unknown] } | { took: number };

const pauseMs = 10;
const calls: [OperationName, unknown][] = [
  ['contact.page', { limit: 50 }],
  ['contact.search', { q: 'ma' }],
  ['contact.page', { limit: 50, query: 'an' }],
];

let next = 0;
let posted = 0;

function send(message: ProbeMessage): void {
  parentPort?.postMessage(message);
}

function ask(): void {
  const call = calls[next % calls.length] as [OperationName, unknown];
  next += 1;
  posted = performance.now();
  send({ call });
}

parentPort?.on('message', () => {
  send({ took: performance.now() - posted });
  setTimeout(ask, pauseMs);
});
ask();
