import { fstatSync, statSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';

/**
 * Whether a file that is open still stands at its path. A folder can be deleted or moved away around an open database, and
 * writing then goes on into a file that nobody will find. Two questions to the system, of some microseconds.
 */
export function isInPlace(descriptor: number, path: string): boolean {
  const open = fstatSync(descriptor);
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    return there !== undefined && there.ino === open.ino && there.dev === open.dev;
  } catch {
    // A disk that does not answer at this moment says nothing about the file; writing to it will tell.
    return true;
  }
}

/** What is answered instead of an acknowledgement that would not be true. */
export function bookIsGone(dataDir: string): AppError {
  return new AppError(
    'unavailable',
    `The folder of the address book is gone: ${dataDir} was moved, renamed or deleted. Nothing is saved until it is there again.`,
  );
}
