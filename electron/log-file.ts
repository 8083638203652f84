import { statSync } from 'node:fs';
import { appendFile, rename } from 'node:fs/promises';

/** Where the log's lines go. Nothing here ever throws: a log that cannot be written must not stop what it tells of. */
export interface LogFile {
  write(line: string): void;
  /** Calls back when everything that was written before is in the file, or was given up. */
  flush(done: () => void): void;
  /** Flushes and keeps nothing going; what is written afterwards goes to the file at once. */
  close(): Promise<void>;
}

export interface LogFileOptions {
  file: string;
  /** Where a file that has grown long is put aside, in place of the one before. */
  previous: string;
  /** In bytes; beyond it a file is put aside. */
  longest: number;
  /** A line that does not wait for its second. */
  isUrgent: (line: string) => boolean;
}

const writtenAtOnce = 131_072;
const everyMs = 1000;

/**
 * Lines are gathered and written every second, sooner when they are many. What a full or broken disk does not take is
 * dropped, and the lines after it are tried again: the file goes on when there is room.
 */
export function openLogFile({ file, previous, longest, isUrgent }: LogFileOptions): LogFile {
  let waiting = '';
  let isHurried = false;
  let isClosed = false;
  let writing: Promise<void> | undefined;
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const timer = setInterval(() => void drain(), everyMs).unref();

  async function append(lines: string): Promise<void> {
    try {
      if (size > longest) {
        // Whatever comes of it: a file that cannot be put aside is not tried again before it has grown as much once more.
        size = 0;
        await rename(file, previous);
      }
    } catch {
      // It goes on growing.
    }
    await appendFile(file, lines, { mode: 0o600 }).then(
      () => {
        size += Buffer.byteLength(lines);
      },
      () => undefined,
    );
  }

  /** Writes what waits, and what became much or urgent meanwhile; a few new lines wait for their second. */
  async function writeOut(): Promise<void> {
    do {
      const lines = waiting;
      waiting = '';
      isHurried = false;
      await append(lines);
    } while (isHurried);
    writing = undefined;
  }

  async function drain(): Promise<void> {
    while (writing || waiting !== '') await (writing ??= writeOut());
  }

  async function drainAndTell(done: () => void): Promise<void> {
    await drain();
    done();
  }

  return {
    write(line) {
      waiting += line;
      isHurried ||= isClosed || waiting.length >= writtenAtOnce || isUrgent(line);
      if (isHurried) writing ??= writeOut();
    },
    flush: (done) => void drainAndTell(done),
    async close() {
      isClosed = true;
      clearInterval(timer);
      await drain();
    },
  };
}
