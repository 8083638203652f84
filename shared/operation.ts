import type { z } from 'zod';
import type { Access } from './permissions.ts';

/** How an operation is reached over REST. Path parameters, query and JSON body are merged into its one input object. */
export interface RestBinding {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api`, with `:name` for the input's keys that travel in the path. */
  path: string;
  /** The status of success. */
  status: number;
  /** `If-Match` becomes the input's `ifMatch`. */
  ifMatch?: boolean;
  /**
   * The answer is what the book holds and nothing else. Without relations it carries a strong ETag of its `rev`, and may be
   * remembered until something is written.
   */
  revisioned?: boolean;
}

/** One thing that can be asked of the book, whoever asks: window, command, token. */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** One line of documentation. */
  summary: string;
  access: Access;
  input: I;
  output: O;
  rest?: RestBinding;
  /**
   * `up`: the caller sends a file with the input. `down`: the answer is a stream, not a value.
   * Such operations travel as `upload` and `download` over every transport.
   */
  stream?: 'up' | 'down';
  /** What a file over REST may be: its media types, each with the value that the input's `field` then gets. */
  accepts?: { field: string; types: Readonly<Record<string, string>> };
  /** What a streamed answer over REST may be: media types. Without any it is JSON. */
  produces?: readonly string[];
  /** How large a file from the window may be, in bytes, where the limit for uploads does not hold: a whole book. */
  maxFileBytes?: number;
  /** Room for its input in one call from a window, in characters, where it takes more than others: a picture. */
  inputRoom?: number;
}

/** Keeps the exact types of an operation's schemas. */
export function operation<I extends z.ZodType, O extends z.ZodType, const X extends Partial<Operation>>(
  definition: Operation<I, O> & X,
): Operation<I, O> & X {
  return definition;
}

/** The input's keys that travel in the path of its REST route. */
export function pathParameters(binding: RestBinding | undefined): string[] {
  return [...(binding?.path.matchAll(/:(\w+)/g) ?? [])].map((match) => match[1] ?? '');
}

/** What a streamed answer is: a file of a type, in chunks, with a name to save it under. */
export interface Download {
  mediaType: string;
  fileName?: string;
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}
