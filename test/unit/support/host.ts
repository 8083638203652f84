import { createHost, type Host, type HostConfig } from '../../../electron/host.ts';
import { migrationsDir } from './book.ts';

/** The whole host on a folder, with the threads it needs, its API on a free port. */
export function openTestHost(dataDir: string, config: Partial<HostConfig> = {}): Promise<Host> {
  return createHost({
    dataDir, migrationsDir, version: '0.0.0', port: 0,
    importWorker: new URL('../../../electron/imports/import-worker.ts', import.meta.url),
    syncWorker: new URL('../../../electron/sync/worker.ts', import.meta.url),
    ...config,
  });
}
