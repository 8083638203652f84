import { join } from 'node:path';
import { createHost, type Host } from '../../electron/host.ts';
import { version } from '../../electron/version.ts';
import type { CallName, Input, Output } from '../../shared/operations/index.ts';

const root = join(import.meta.dirname, '../..');
export const owner = { kind: 'owner', actor: 'ui' } as const;

/** A host in this process, for measuring operations without any transport. `port` 0 makes it listen as well. */
export async function openHost(dataDir: string, port?: number): Promise<{
  host: Host;
  call: <N extends CallName>(name: N, input: Input<N>) => Promise<Output<N>>;
  close: () => Promise<void>;
}> {
  const host = await createHost({
    dataDir,
    migrationsDir: join(root, 'drizzle'),
    version,
    importWorker: new URL('../../electron/imports/import-worker.ts', import.meta.url),
    syncWorker: new URL('../../electron/sync/worker.ts', import.meta.url),
    ...(port === undefined ? { api: false } : { port }),
  });
  return {
    host,
    call: async <N extends CallName>(name: N, input: Input<N>) => (await host.dispatch(name, input, owner)) as Output<N>,
    close: () => host.close(),
  };
}
