import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Starts within this time that never came to a clean end are a crash loop, in milliseconds. */
const together = 60_000;
const loop = 3;
const fileName = 'unfinished-starts.json';

/**
 * Whether this start follows a crash loop: three starts within the last minute that never came to an end.
 * `starts` are their times, `at` is now, both in milliseconds of the wall clock; times to come, from a clock that was
 * set back since, do not count.
 */
export function followsCrashLoop(starts: readonly number[], at: number): boolean {
  return starts.filter((start) => start <= at && at - start < together).length >= loop;
}

/** Writes down that a start was begun, and answers whether it had better be one in safe mode. */
export function noteStart(dataDir: string, at: number): boolean {
  const starts = readStarts(join(dataDir, fileName));
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(join(dataDir, fileName), JSON.stringify([...starts, at].slice(-loop)), { mode: 0o600 });
  } catch {
    // A folder that cannot be written to is told of, in plain words, when the book is opened.
  }
  return followsCrashLoop(starts, at);
}

/** Forgets the unfinished starts: this run has come to an end, whether good or told to the person. */
export function noteEnd(dataDir: string): void {
  try {
    rmSync(join(dataDir, fileName), { force: true });
  } catch {
    // As above.
  }
}

function readStarts(file: string): number[] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(value) ? value.filter((start) => typeof start === 'number') : [];
  } catch {
    return [];
  }
}
