import { statSync } from 'node:fs';
import { arch, homedir, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { HostInfo, Settings } from '../../shared/operations/book.ts';
import type { HandlersOf } from '../dispatch.ts';
import { buildDiagnostics } from './bundle.ts';
import { lastLogLines } from './log-tail.ts';

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
        logLines: lastLogLines(dataDir),
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
