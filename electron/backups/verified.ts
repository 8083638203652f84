import type { Backups } from './backups.ts';

/** A copy of the book, checked to its last byte, is both the proof that the book is sound and something to go back to. */
export async function verified(backups: Pick<Backups, 'make'>): Promise<{ ok: boolean; text: string }> {
  try {
    await backups.make('daily');
    return { ok: true, text: 'The database is sound, and backed up.' };
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}
