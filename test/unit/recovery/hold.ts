import { join } from 'node:path';
import { createHost } from '../../../electron/host.ts';

/* Holds the profile named by the argument until the process is ended. */
await createHost({
  dataDir: process.argv[2] ?? '',
  migrationsDir: join(import.meta.dirname, '../../../drizzle'),
  version: '0.0.0',
  port: 0,
  importWorker: new URL('../../../electron/imports/import-worker.ts', import.meta.url),
  syncWorker: new URL('../../../electron/sync/worker.ts', import.meta.url),
});
process.stdout.write('held\n');
