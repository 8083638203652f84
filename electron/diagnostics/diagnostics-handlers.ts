import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { arch, homedir, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { HostInfo, Settings } from '../../shared/operations/book.ts';
import type { HandlersOf } from '../dispatch.ts';
import { buildDiagnostics } from './bundle.ts';

/** How much of the end of the log goes into a bundle. */
const logTailBytes = 128 * 1024;

export interface DiagnosticsDeps {
  dataDir: string;
  now: () => string;
  settings: () => Settings;
  info: () => HostInfo;
  /** Makes what was logged until now readable in the file. */
  flushLog: () => Promise<void>;
}

export function diagnosticsHandlers(deps: DiagnosticsDeps): HandlersOf<'host.diagnostics'> {
  return {
    async 'host.diagnostics'() {
      await deps.flushLog();
      const { dataDir } = deps;
      const info = deps.info();
      const createdAt = deps.now();
      const text = buildDiagnostics({
        createdAt,
        versions: {
          fieldbook: info.version,
          sqlite: info.sqliteVersion,
          node: process.versions.node,
          ...(process.versions['electron'] ? { electron: process.versions['electron'] } : {}),
          ...(process.versions['chrome'] ? { chrome: process.versions['chrome'] } : {}),
          system: `${platform()} ${release()} ${arch()}`,
        },
        settings: deps.settings(),
        info,
        sizes: {
          database: sizeOf(join(dataDir, 'fieldbook.db')),
          writeAheadLog: sizeOf(join(dataDir, 'fieldbook.db-wal')),
          memory: process.memoryUsage().rss,
          memoryOfComputer: totalmem(),
        },
        logLines: lastLines(join(dataDir, 'logs', 'fieldbook.log')),
        homeDir: homedir(),
      });
      return {
        mediaType: 'application/json; charset=utf-8',
        fileName: `fieldbook-diagnostics-${createdAt.slice(0, 10)}.json`,
        chunks: [text],
      };
    },
  };
}

function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}

/** The last whole lines of a file; none when it cannot be read. */
function lastLines(file: string): string[] {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(descriptor);
    const start = Math.max(0, size - logTailBytes);
    const bytes = Buffer.alloc(size - start);
    const read = readSync(descriptor, bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8', 0, read).split('\n').filter(Boolean);
    return start > 0 ? lines.slice(1) : lines;
  } finally {
    closeSync(descriptor);
  }
}
