import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toAppError } from '../../shared/errors.ts';
import type { Download } from '../../shared/operation.ts';
import type { CallName, DownloadName, Input, Output, UploadName } from '../../shared/operations/index.ts';
import { readControl } from '../control-file.ts';
import type { Host } from '../host.ts';
import { DamagedBook, recoverHint } from '../recovery/damaged-book.ts';
import { version } from '../version.ts';
import { findRunningHost, runningHost } from './running-host.ts';

/** The operations of a profile's book, for a command of the person it belongs to. */
export interface OpenBook {
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>;
  upload<N extends UploadName>(name: N, input: Input<N>, file: AsyncIterable<Uint8Array>): Promise<Output<N>>;
  download<N extends DownloadName>(name: N, input: Input<N>): Promise<Download['chunks']>;
  close(): Promise<void>;
}

export interface OpenBookOptions {
  /** A folder without a book gets one. Without it such a folder is refused, as its name is most likely mistyped. */
  mayCreate?: boolean;
}

const root = join(import.meta.dirname, '..', '..');

/**
 * Talks to the host that has the profile's book open, or opens it. Throws when another process has the profile but offers no
 * way in, and where there is no book unless one may be made.
 */
export async function openBook(dataDir: string, { mayCreate = false }: OpenBookOptions = {}): Promise<OpenBook> {
  const running = await findRunningHost(dataDir);
  if (running) return running;
  if (!mayCreate) refuseWithoutBook(dataDir);
  // Loaded only now: beside a running host none of it is needed.
  const { createHost } = await import('../host.ts');
  try {
    return ownBook(
      await createHost({
        dataDir,
        migrationsDir: join(root, 'drizzle'),
        version,
        importWorker: new URL('../imports/import-worker.ts', import.meta.url),
        syncWorker: new URL('../sync/worker.ts', import.meta.url),
        api: false,
      }),
    );
  } catch (error) {
    if (error instanceof DamagedBook) throw new Error(`${error.message}\n${recoverHint(dataDir)}`, { cause: error });
    if (toAppError(error).kind !== 'conflict') throw error;
    const control = readControl(dataDir);
    if (!control) throw new Error(`The profile ${dataDir} is in use by another process`, { cause: error });
    if (control.url === null) {
      throw new Error(`Fieldbook is running (process ${control.pid}) with its API off: switch it on or quit Fieldbook`, {
        cause: error,
      });
    }
    return runningHost(control, control.url);
  }
}

/** Throws unless there is a book in the folder, whole, damaged or only as backups, or was one. */
export function refuseWithoutBook(dataDir: string): void {
  const traces = ['fieldbook.db', 'fieldbook.lock', 'backups', 'quarantine'];
  if (!traces.some((name) => existsSync(join(dataDir, name)))) throw new Error(`There is no address book in ${dataDir}`);
}

function ownBook(host: Host): OpenBook {
  const caller = { kind: 'owner', actor: 'ui' } as const;
  return {
    call: async (name, input) => (await host.dispatch(name, input, caller)) as never,
    upload: async (name, input, file) => (await host.dispatch(name, input, caller, file)) as never,
    download: async (name, input) => ((await host.dispatch(name, input, caller)) as Download).chunks,
    close: () => host.close(),
  };
}
