import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pino, { type Logger } from 'pino';
import { openLogFile } from './log-file.ts';

export type Log = Logger;

/** What the log says of a request: fields that the program has set, nobody's data. */
export interface RequestLine {
  requestId: string;
  method: string | undefined;
  /** The pattern of its route. */
  route: string;
  status: number;
  ms: number;
}

export interface Logs {
  log: Log;
  /** A line in the same log, written without the search for what must be cut out: that costs more than a request may. */
  logRequest: (line: RequestLine) => void;
  /** Resolves when all lines are in the file; after that nothing of the log keeps running. */
  close(): Promise<void>;
}

/** A log beyond this, in bytes, is put aside, in place of the one that was put aside before. */
const longestLog = 10_000_000;
const [info, error] = [30, 50] as const;

/**
 * The log of a profile, in `logs/` of its folder. It tells what happened, never to whom: fields that could hold a
 * contact, a query or a token are cut out whoever passes them.
 */
export function openLog(dataDir: string, longest = longestLog): Logs {
  const { previous, file } = logFiles(dataDir);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lines = openLogFile({ file, previous, longest, isUrgent: (line) => line.startsWith(`{"level":${error}`) });
  const time = createTimestamp();
  const log = pino(
    {
      level: 'info',
      base: null,
      timestamp: () => `,"time":"${time()}"`,
      redact: { paths: ['body', 'query', 'input', 'contact', 'token', 'authorization', 'headers', '*.body', '*.token'], remove: true },
    },
    lines,
  );
  return {
    log,
    close: () => lines.close(),
    logRequest: ({ requestId, method, route, status, ms }) => {
      lines.write(`${JSON.stringify({ level: info, time: time(), requestId, method, route, status, ms })}\n`);
    },
  };
}

/** The log of a profile, and the part of it that was put aside when it had grown long. */
export function logFiles(dataDir: string): { previous: string; file: string } {
  const dir = join(dataDir, 'logs');
  return { previous: join(dir, 'fieldbook.previous.log'), file: join(dir, 'fieldbook.log') };
}

/** RFC 3339 time of a line; made once for all lines of a millisecond. */
function createTimestamp(): () => string {
  let at = 0;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== at) {
      at = now;
      text = new Date(now).toISOString();
    }
    return text;
  };
}
