import type { ImportReport } from '../../shared/operations/imports.ts';
import type { SyncStatus } from '../../shared/operations/sync.ts';

/** What goes on in the book that a restart would cut short. */
export interface Ongoing {
  sync: Pick<SyncStatus, 'state'>;
  imports: readonly Pick<ImportReport, 'status'>[];
}

/** Why Fieldbook must not be replaced by its newer version now, as a person is told; null when it may. */
export function installRefusal({ sync, imports }: Ongoing): string | null {
  if (imports.some(({ status }) => status === 'running')) return 'An import is running. Restart Fieldbook when it is done.';
  if (sync.state === 'syncing') return 'Fieldbook is syncing. Restart it when that is done.';
  return null;
}
