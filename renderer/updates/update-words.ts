import type { UpdateStatus } from '../../shared/operations/updates.ts';

/** In one line what looking for a newer version came to. */
export function lookedWords({ state, lookedAt }: UpdateStatus): string {
  if (state === 'looking') return 'Checking for updates…';
  if (lookedAt === null) return 'Not checked yet.';
  const when = new Date(lookedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return state === 'newest' ? `This is the newest version. Checked ${when}.` : `Last checked ${when}.`;
}
