import type { z } from 'zod';
import { AppError, invalid, type Issue } from '../shared/errors.ts';
import { pathParameters, type Download } from '../shared/operation.ts';
import {
  operationOf, operations, type DownloadName, type OperationName, type Output, type Parsed,
} from '../shared/operations/index.ts';
import { allows, type Caller } from '../shared/permissions.ts';

/** What a handler knows besides its input. */
export interface Context {
  caller: Caller;
  /** The file that came with an `up` operation. */
  file: AsyncIterable<Uint8Array> | undefined;
}

type Answer<N extends OperationName> = N extends DownloadName ? Download : Output<N>;

export type Handler<N extends OperationName> = (input: Parsed<N>, context: Context) => Answer<N> | Promise<Answer<N>>;
export type Handlers = { [N in OperationName]: Handler<N> };
/** The handlers of one area: `satisfies HandlersOf<'tag.list' | …>`. */
export type HandlersOf<N extends OperationName> = Pick<Handlers, N>;

/**
 * Runs one operation for one caller: permission, validation, handler. Every transport ends here.
 * Throws AppError: 403 without the permission, 400 naming each refused field, 406 for a malformed id in the path.
 */
export type Dispatch = (
  name: OperationName,
  input: unknown,
  caller: Caller,
  file?: AsyncIterable<Uint8Array>,
) => unknown;

export function createDispatch(handlers: Handlers): Dispatch {
  const idsInPath = new Map(
    (Object.keys(operations) as OperationName[]).map((name) => [name, pathParameters(operationOf(name).rest)]),
  );
  return (name, input, caller, file) => {
    const operation = operationOf(name);
    if (!allows(caller, operation.access)) {
      throw caller.kind === 'anonymous'
        ? new AppError('unauthorized', 'Unauthorized')
        : new AppError('forbidden', 'Forbidden resource');
    }
    const parsed = operation.input.safeParse(input);
    if (!parsed.success) throw refusal(parsed.error.issues, input, idsInPath.get(name) ?? []);
    const handler = handlers[name] as (input: unknown, context: Context) => unknown;
    return handler(parsed.data, { caller, file });
  };
}

function refusal(zodIssues: readonly z.core.$ZodIssue[], input: unknown, idsInPath: readonly string[]): AppError {
  const first = zodIssues[0];
  if (first && idsInPath.includes(String(first.path[0])) && first.path.length === 1) {
    return new AppError('malformedId', 'Validation failed (valid uuid is expected)');
  }
  return invalid(zodIssues.flatMap((issue) => toIssues(issue, pathIn(input, issue.path))));
}

/** A path as the caller wrote it: without the index where one value was given and stands for a list of one. */
function pathIn(input: unknown, path: readonly PropertyKey[]): string[] {
  let value = input;
  const written: string[] = [];
  for (const key of path) {
    const isObject = typeof value === 'object' && value !== null;
    if (typeof key === 'number' && value !== undefined && !(isObject && Object.hasOwn(value as object, key))) continue;
    written.push(String(key));
    value = isObject ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return written;
}

/** Zod's findings in the words of Ever Gauzy: '<field> <problem>'. */
function toIssues(issue: z.core.$ZodIssue, path: string[]): Issue[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => named([...path, key], 'is not known here'));
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input') {
    const inner = issue.errors[0]?.[0];
    return [named(path, inner?.message ?? 'is not valid')];
  }
  return [named(path, issue.message)];
}

function named(path: string[], problem: string): Issue {
  const field = path.join('.');
  return { field, message: field === '' ? `The input ${problem}` : `${field} ${problem}` };
}
