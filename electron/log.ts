import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
}

/** A log beyond this, in bytes, is put aside at the next start, in place of the one that was put aside before. */
const longest = 10_000_000;
const [info, error] = [30, 50] as const;

/**
 * The log of a profile, in `logs/` of its folder. It tells what happened, never to whom: fields that could hold a
 * contact, a query or a token are cut out whoever passes them.
 */
export function openLog(dataDir: string): Logs {
  const dir = join(dataDir, 'logs');
  const file = join(dir, 'fieldbook.log');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > longest) renameSync(file, join(dir, 'fieldbook.previous.log'));
  const lines = openLogFile(file, (line) => line.startsWith(`{"level":${error}`));
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
    logRequest: ({ requestId, method, route, status, ms }) => {
      lines.write(`${JSON.stringify({ level: info, time: time(), requestId, method, route, status, ms })}\n`);
    },
  };
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
