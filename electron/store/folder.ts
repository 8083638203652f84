import { accessSync, constants, mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/**
 * Makes a profile's folder where it is not there, and tries whether files can be written in it.
 * Throws AppError `unavailable` with the reason when they cannot, `diskFull` when there is no room for any.
 */
export function prepareFolder(dataDir: string): void {
  const probe = join(dataDir, `.probe-${process.pid}`);
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK);
    tryWriting(probe);
  } catch (error) {
    throw folderRefusal(dataDir, error);
  }
}

function tryWriting(probe: string): void {
  try {
    writeFileSync(probe, 'x');
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Node's own `recursive` never comes back under /proc, where a folder is there but none can be made in it. */
function makeFolder(folder: string): void {
  const isThere = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
}

/** What a person is told when a folder cannot be written; an error that is about something else stays as it is. */
export function folderRefusal(dataDir: string, error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EROFS':
      return new AppError('unavailable', `${dataDir} is on a disk that can only be read, so nothing could be saved.`);
    case 'EACCES':
    case 'EPERM':
      return new AppError('unavailable', `Fieldbook may not write in ${dataDir}: change the permissions of this folder.`);
    case 'ENOENT':
      return new AppError('unavailable', `No folder can be made at '${dataDir}'.`);
    case 'ENOTDIR':
    case 'EEXIST':
      return new AppError('unavailable', `${dataDir} is not a folder.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('diskFull', `The disk of ${dataDir} is full. Free some space and start Fieldbook again.`);
    default:
      return error;
  }
}

/** Bytes that this user can still write in a folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
