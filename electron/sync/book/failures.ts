import type { Failure } from '../ports.ts';
import { backoffMs, isRefusal, refusalMs } from './backoff.ts';
import type { Outbox } from './outbox.ts';

export interface FailuresDeps {
  outbox: Outbox;
  now: () => string;
  random: () => number;
}

/** Counts a failure of a contact that waits: it is sent again later, or parked. */
export function createFailures({ outbox, now, random }: FailuresDeps): (contactId: string, failure: Failure) => void {
  return (contactId, { kind, status, message, field }) => {
    const row = outbox.of(contactId);
    if (!row) return;
    // A failure of another sort starts counting anew.
    const isSame = row.attempts > 0 && isRefusal(row.lastStatus) === isRefusal(status);
    const attempts = isSame ? row.attempts + 1 : 1;
    const wait = kind === 'transient' ? backoffMs(attempts, random) : kind === 'refused' ? refusalMs(attempts, random) : null;
    outbox.fail(contactId, {
      attempts,
      nextAt: new Date(Date.parse(now()) + (wait ?? 0)).toISOString(),
      firstFailedAt: (isSame ? row.firstFailedAt : null) ?? now(),
      lastStatus: status,
      lastMessage: message,
      lastField: field ?? null,
    });
    if (wait === null) outbox.park(contactId, reasonOf(status));
  };
}

/** Why a contact was parked, in words, by the server's status. */
function reasonOf(status: number | null): string {
  if (status === 403) return 'You may not change contacts on the server';
  if (status === 413) return 'It is too large for the server';
  return 'The server refused it';
}
