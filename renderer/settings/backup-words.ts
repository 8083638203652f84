import type { Backup, BackupKind } from '../../shared/operations/backups.ts';
import { countContacts } from '../app/book-actions.ts';

/** Why a backup is there. */
export const kindWords: Readonly<Record<BackupKind, string>> = {
  daily: 'automatic',
  manual: 'manual',
  update: 'before an update of Fieldbook',
  replaced: 'the book before another was restored',
  salvaged: 'read from a damaged file',
};

/** What is in a backup: '1,234 contacts, 3.4 MB'. */
export function contentWords({ contacts, bytes }: Pick<Backup, 'contacts' | 'bytes'>): string {
  const size = (bytes / 1_000_000).toLocaleString(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${contacts === null ? 'cannot be read' : countContacts(contacts)}, ${size} MB`;
}
