import type { LeaveReport } from '../../shared/operations/sync.ts';
import type { LocalSide } from './local-side.ts';
import type { SyncService } from './service.ts';

export interface LeaveCheckDeps {
  book: LocalSide;
  service: Pick<SyncService, 'run' | 'status'>;
  now: () => string;
  /** Whether the database is sound, found out beside the work of the windows; the finding in words. */
  verify: () => Promise<{ ok: boolean; text: string }>;
}

/** Whether one can leave the network now. Syncs once, so that the answer is of this moment. */
export type LeaveCheck = () => Promise<LeaveReport>;

export function createLeaveCheck({ book, service, now, verify }: LeaveCheckDeps): LeaveCheck {
  return async () => {
    const database = { name: 'database' as const, ...(await verify()) };
    const account = book.linkedAccount();
    if (!account) {
      const linked = { name: 'linked' as const, ok: false, text: 'The book is not linked to a server: everything is on this computer only.' };
      return { ready: false, checks: [linked, database] };
    }
    const run = await service.run();
    const { waiting, conflicts, parked } = book.counts();
    const pictures = book.picturesWaiting();
    const checks: LeaveReport['checks'] = [
      { name: 'linked', ok: true, text: `Linked to ${account.organizationName} on ${account.url}.` },
      { name: 'reachable', ok: run.ok, text: run.ok ? 'The server answers.' : (run.error ?? 'The server could not be reached.') },
      { name: 'sent', ok: waiting === 0, text: waiting === 0 ? 'Every change is on the server.' : `${contacts(waiting)} wait to be sent.` },
      { name: 'conflicts', ok: conflicts === 0, text: conflicts === 0 ? 'No conflicts.' : `${conflicts} conflicts wait for your answer.` },
      { name: 'refused', ok: parked === 0, text: parked === 0 ? 'Nothing was refused.' : `${contacts(parked)} were refused by the server.` },
      { name: 'pictures', ok: pictures === 0, text: pictures === 0 ? 'All pictures are here and there.' : `${pictures} pictures wait to be sent.` },
      database,
      { name: 'fresh', ok: run.ok, text: run.ok ? `All is as on the server at ${now()}.` : `Last seen whole: ${account.progress.lastSuccessAt ?? 'never'}.` },
    ];
    return { ready: checks.every(({ ok }) => ok), checks };
  };
}

const contacts = (count: number) => (count === 1 ? '1 contact' : `${count.toLocaleString('en')} contacts`);
