import type { SyncProgress, SyncState, SyncStatus } from '../../shared/operations/sync.ts';
import type { LinkedAccount, SyncCounts } from './local-side.ts';
import type { Remembered } from './memory.ts';

/** All that is known of sync at a moment. */
export interface Standing {
  account: LinkedAccount | null;
  counts: SyncCounts;
  last: Remembered['last'];
  isRunning: boolean;
  /** By a person. */
  isPaused: boolean;
  safeMode: boolean;
  progress: SyncProgress | undefined;
  keptIn: string;
  nextAt: string | null;
}

export const safeModeWords = 'Fieldbook is in safe mode: restart it to sync again.';

/** The one status that windows, programs and commands see. */
export function statusOf(standing: Standing): SyncStatus {
  const { account, counts, last, progress, keptIn, nextAt } = standing;
  const state = stateOf(standing);
  return {
    state,
    account: account && {
      url: account.url,
      server: account.dialect.server,
      organizationId: account.organizationId,
      organizationName: account.organizationName,
      userName: account.userName,
      linkedAt: account.linkedAt,
      keptIn,
    },
    ...counts,
    lastSuccessAt: account?.progress.lastSuccessAt ?? null,
    ...(last?.error === undefined || account === null ? {} : { lastError: last.error }),
    ...(state === 'paused' ? { pauseReason: pauseReason(standing) } : {}),
    ...(state === 'syncing' && progress ? { progress } : {}),
    nextAt,
  };
}

function stateOf({ account, counts: { conflicts, parked }, last, isRunning, isPaused, safeMode }: Standing): SyncState {
  if (account === null) return 'unlinked';
  if (isRunning) return 'syncing';
  if (last?.outcome === 'signedOut') return 'signedOut';
  if (safeMode || isPaused || last?.outcome === 'paused' || last?.outcome === 'cancelled') return 'paused';
  if (last?.outcome === 'offline') return 'offline';
  return conflicts + parked > 0 ? 'attention' : 'synced';
}

function pauseReason({ last, isPaused, safeMode }: Standing): string {
  if (safeMode) return safeModeWords;
  return isPaused ? 'by you' : (last?.error ?? 'the last cycle was stopped');
}
