import { fstatSync, statSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';

/**
 * Tells whether the file of a descriptor still stands at its path. A folder can be deleted or moved away around an open
 * database, and writing then goes on into a file that nobody will find. Each answer costs one question to the system, which
 * is little beside a transaction.
 */
export function watchPlace(descriptor: number, path: string): () => boolean {
  const { ino, dev } = fstatSync(descriptor);
  return () => {
    try {
      const there = statSync(path, { throwIfNoEntry: false });
      return there !== undefined && there.ino === ino && there.dev === dev;
    } catch {
      // A disk that does not answer at this moment says nothing about the file; writing to it will tell.
      return true;
    }
  };
}

/** What is answered instead of an acknowledgement that would not be true. */
export function bookIsGone(dataDir: string): AppError {
  return new AppError(
    'unavailable',
    `The folder of the address book is gone: ${dataDir} was moved, renamed or deleted. Nothing is saved until it is there again.`,
  );
}
