import type { Change } from './operations/book.ts';
import type { ImportReport } from './operations/imports.ts';
import type { SyncStatus } from './operations/sync.ts';

/** What the host announces to its windows, after the commit. */
export type HostEvent =
  | { type: 'change'; change: Change }
  /** So much changed at once that a window had better read again what it shows. */
  | { type: 'bulk' }
  | { type: 'import'; report: ImportReport }
  | { type: 'sync'; status: SyncStatus }
  /** A list or setting changed: read it again. */
  | { type: 'lists' | 'settings' | 'tokens' | 'drafts' | 'backups' | 'notices' | 'updates' };
