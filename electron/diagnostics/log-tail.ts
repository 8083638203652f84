import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { logFiles } from '../log.ts';

/** How much of the end of the log goes into a bundle. */
const tailBytes = 128 * 1024;

/** The last whole lines of a profile's log, oldest first, also those that were put aside; none of what cannot be read. */
export function lastLogLines(dataDir: string, bytes = tailBytes): string[] {
  const { previous, file } = logFiles(dataDir);
  const newest = tailOf(file, bytes);
  const older = tailOf(previous, bytes - newest.size);
  return [...older.lines, ...newest.lines];
}

function tailOf(file: string, most: number): { lines: string[]; size: number } {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return { lines: [], size: 0 };
  }
  try {
    const { size } = fstatSync(descriptor);
    const start = Math.max(0, size - most);
    const bytes = Buffer.alloc(size - start);
    const read = readSync(descriptor, bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8', 0, read).split('\n').filter(Boolean);
    return { lines: start > 0 ? lines.slice(1) : lines, size: read };
  } catch {
    return { lines: [], size: 0 };
  } finally {
    closeSync(descriptor);
  }
}
