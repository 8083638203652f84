import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { AppError } from '../../shared/errors.ts';
import type { OperationName } from '../../shared/operations/index.ts';

/** Files that a window sends piece by piece; each piece is answered when there is room for the next. */
export interface Uploads {
  open(name: OperationName, input: unknown): number;
  piece(id: unknown, piece: unknown): Promise<void>;
  /** Ends the file and answers with the operation's result; `complete` is false when the window gave up. */
  end(id: unknown, complete: boolean): Promise<unknown>;
}

interface Running {
  file: PassThrough;
  result: Promise<unknown>;
}

export function createUploads(
  run: (name: OperationName, input: unknown, file: AsyncIterable<Uint8Array>) => unknown,
): Uploads {
  const uploads = new Map<number, Running>();
  let last = 0;

  function find(id: unknown): Running {
    const upload = uploads.get(Number(id));
    if (!upload) throw new AppError('notFound', 'There is no such upload');
    return upload;
  }

  return {
    open(name, input) {
      const file = new PassThrough();
      file.on('error', () => undefined); // an upload that was given up ends with an error, which `end` answers
      const result = (async () => run(name, input, file))();
      // Handled in `end`; until then a refusal must not count as unhandled.
      result.catch(() => file.resume());
      last += 1;
      uploads.set(last, { file, result });
      return last;
    },
    async piece(id, piece) {
      const { file, result } = find(id);
      if (!(piece instanceof Uint8Array)) throw new AppError('invalid', 'A piece of a file must be bytes');
      if (!file.write(piece)) await Promise.race([once(file, 'drain'), result]);
    },
    async end(id, complete) {
      const { file, result } = find(id);
      uploads.delete(Number(id));
      if (complete) file.end();
      else file.destroy(new AppError('invalid', 'The upload was given up'));
      return result;
    },
  };
}
