import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';

export type Log = Logger;

/**
 * The log of a profile, in `logs/` of its folder. It tells what happened, never to whom: fields that could hold a
 * contact, a query or a token are cut out whoever passes them.
 */
export function openLog(dataDir: string): Log {
  const dir = join(dataDir, 'logs');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return pino(
    {
      level: 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['body', 'query', 'input', 'contact', 'token', 'authorization', 'headers', '*.body', '*.token'], remove: true },
    },
    pino.destination({ dest: join(dir, 'fieldbook.log'), mode: 0o600, sync: false, minLength: 4096, periodicFlush: 1000 }),
  );
}
