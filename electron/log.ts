import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { openLogFile } from './log-file.ts';

export type Log = Logger;

/** A log beyond this, in bytes, is put aside at the next start, in place of the one that was put aside before. */
const longest = 10_000_000;
const error = 50;

/**
 * The log of a profile, in `logs/` of its folder. It tells what happened, never to whom: fields that could hold a
 * contact, a query or a token are cut out whoever passes them.
 */
export function openLog(dataDir: string): Log {
  const dir = join(dataDir, 'logs');
  const file = join(dir, 'fieldbook.log');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > longest) renameSync(file, join(dir, 'fieldbook.previous.log'));
  return pino(
    {
      level: 'info',
      base: null,
      timestamp: createTimestamp(),
      redact: { paths: ['body', 'query', 'input', 'contact', 'token', 'authorization', 'headers', '*.body', '*.token'], remove: true },
    },
    openLogFile(file, (line) => line.startsWith(`{"level":${error}`)),
  );
}

/**
 * The log for lines whose fields are all fixed by the program and hold nobody's data, such as those of requests:
 * it spares the search for what must be cut out, which costs as much as the line.
 */
export function openPlainLog(log: Log): Log {
  return log.child({}, { redact: [] });
}

/** RFC 3339 time of a line; made once for all lines of a millisecond. */
function createTimestamp(): () => string {
  let at = 0;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== at) {
      at = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}
