import { join } from 'node:path';
import { createHost } from '../../../electron/host.ts';

/** Imports its standard input into the profile named by its argument, and tells the id when some of it is written. */
const root = join(import.meta.dirname, '../../..');
const host = await createHost({
  dataDir: process.argv[2] ?? '',
  migrationsDir: join(root, 'drizzle'),
  version: 'test',
  importWorker: new URL('../../../electron/imports/import-worker.ts', import.meta.url),
  syncWorker: new URL('../../../electron/sync/worker.ts', import.meta.url),
  api: false,
});
const owner = { kind: 'owner', actor: 'ui' } as const;
const { id } = (await host.dispatch('import.stage', { name: 'list.csv' }, owner, process.stdin)) as { id: string };
host.events.subscribe((event) => {
  if (event.type === 'change') process.stdout.write(`${id}\n`);
});
await host.dispatch('import.run', { id }, owner);
