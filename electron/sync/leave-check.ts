import type { LeaveReport } from '../../shared/operations/sync.ts';
import { counted } from '../../shared/sync-words.ts';
import type { LocalSide } from './local-side.ts';
import type { SyncService } from './service.ts';

export interface LeaveCheckDeps {
  book: LocalSide;
  service: Pick<SyncService, 'run' | 'status'>;
  /** Whether the database is sound, found out beside the work of the windows; the finding in words. */
  verify: () => Promise<{ ok: boolean; text: string }>;
}

/** Whether one can leave the network now. Syncs once, so that the answer is of this moment. */
export type LeaveCheck = () => Promise<LeaveReport>;

export function createLeaveCheck({ book, service, verify }: LeaveCheckDeps): LeaveCheck {
  const checkDatabase = async () => ({ name: 'database' as const, ...(await verify()) });
  return async () => {
    const account = book.linkedAccount();
    if (!account) {
      const linked = { name: 'linked' as const, ok: false, text: 'The book is not linked to a server: everything is on this computer only.' };
      return { ready: false, checks: [linked, await checkDatabase()] };
    }
    const run = await service.run();
    // Only now: what has just come belongs to what one takes along.
    const database = await checkDatabase();
    const { waiting, conflicts, parked } = book.counts();
    const pictures = book.picturesWaiting();
    const checks: LeaveReport['checks'] = [
      { name: 'linked', ok: true, text: `Linked to ${account.organizationName} on ${account.url}.` },
      { name: 'reachable', ok: run.ok, text: run.ok ? 'The server answers.' : (run.error ?? 'The server could not be reached.') },
      { name: 'sent', ok: waiting === 0, text: waiting === 0 ? 'Every change is on the server.' : `${contacts(waiting)} still to be sent.` },
      { name: 'conflicts', ok: conflicts === 0, text: conflicts === 0 ? 'No conflicts.' : `${counted(conflicts, 'conflict')} still to be answered.` },
      { name: 'refused', ok: parked === 0, text: parked === 0 ? 'Nothing was refused.' : `${contacts(parked)} refused by the server.` },
      { name: 'pictures', ok: pictures === 0, text: pictures === 0 ? 'All pictures are here and there.' : `${counted(pictures, 'picture')} still to be sent.` },
      database,
      { name: 'fresh', ok: run.ok, text: run.ok ? 'The book is as the server is now.' : lastWords(account.progress.lastSuccessAt) },
    ];
    return { ready: checks.every(({ ok }) => ok), checks };
  };
}

const contacts = (count: number): string => counted(count, 'contact');

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function lastWords(at: string | null): string {
  return at === null ? 'The book was never synced to the end.' : `The book is as the server was on ${dayAndTime.format(new Date(at))}.`;
}
