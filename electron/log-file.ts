import { appendFile } from 'node:fs/promises';

/** Where the log's lines go. Nothing here ever throws: a log that cannot be written must not stop what it tells of. */
export interface LogFile {
  write(line: string): void;
  /** Calls back when everything that was written before is in the file, or was given up. */
  flush(done: () => void): void;
}

const writtenAtOnce = 131_072;
const everyMs = 1000;

/**
 * Lines are gathered and written every second, sooner when they are many. What a full or broken disk does not take is
 * dropped, and the lines after it are tried again: the file goes on when there is room. A line that `isUrgent` does not wait.
 */
export function openLogFile(file: string, isUrgent: (line: string) => boolean): LogFile {
  let waiting = '';
  let isHurried = false;
  let writing: Promise<void> | undefined;
  setInterval(() => void drain(), everyMs).unref();

  /** Writes what waits, and what became much or urgent meanwhile; a few new lines wait for their second. */
  async function writeOut(): Promise<void> {
    do {
      const lines = waiting;
      waiting = '';
      isHurried = false;
      await appendFile(file, lines, { mode: 0o600 }).catch(() => undefined);
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
      isHurried ||= waiting.length >= writtenAtOnce || isUrgent(line);
      if (isHurried) writing ??= writeOut();
    },
    flush: (done) => void drainAndTell(done),
  };
}
