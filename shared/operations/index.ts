import type { z } from 'zod';
import type { Operation } from '../operation.ts';
import { backupOperations } from './backups.ts';
import { bookOperations } from './book.ts';
import { contactOperations } from './contacts.ts';
import { importOperations } from './imports.ts';
import { listOperations } from './lists.ts';
import { syncOperations } from './sync.ts';
import { updateOperations } from './updates.ts';

/**
 * THE table. The bridge of the window, the REST routes, `/rpc`, the OpenAPI document and the contract tests
 * are loops over it; nothing of it is written a second time.
 */
export const operations = {
  ...contactOperations,
  ...listOperations,
  ...bookOperations,
  ...backupOperations,
  ...importOperations,
  ...syncOperations,
  ...updateOperations,
};

export type Operations = typeof operations;
export type OperationName = keyof Operations;
/** Names of the operations that answer with a value (`call`), that take a file (`upload`), that answer with one (`download`). */
export type UploadName = { [N in OperationName]: Operations[N] extends { stream: 'up' } ? N : never }[OperationName];
export type DownloadName = { [N in OperationName]: Operations[N] extends { stream: 'down' } ? N : never }[OperationName];
export type CallName = Exclude<OperationName, UploadName | DownloadName>;

/** What a caller passes, what a handler gets after validation, and what is answered. */
export type Input<N extends OperationName> = z.input<Operations[N]['input']>;
export type Parsed<N extends OperationName> = z.output<Operations[N]['input']>;
export type Output<N extends OperationName> = z.output<Operations[N]['output']>;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

/** The same entry without its exact types, for code that treats all operations alike. */
export function operationOf(name: OperationName): Operation {
  return operations[name];
}
