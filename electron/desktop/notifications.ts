import type { SyncStatus } from '../../shared/operations/sync.ts';

/** What the desktop tells a person who may not be looking. */
export interface Notice {
  title: string;
  body: string;
}

type Counts = Pick<SyncStatus, 'conflicts' | 'parked'>;

/**
 * The notices about a change of the sync status: only when more conflicts wait for an answer, or the server refused more
 * contacts than before. What works, and what puts itself right, is not worth interrupting anybody.
 */
export function noticesOf(before: Counts, after: Counts): Notice[] {
  const notices: Notice[] = [];
  if (after.conflicts > before.conflicts) {
    notices.push({
      title: after.conflicts === 1 ? 'A contact needs your decision' : `${after.conflicts} contacts need your decision`,
      body: 'Changed here and on the server. Both versions are kept until you choose.',
    });
  }
  if (after.parked > before.parked) {
    notices.push({
      title: after.parked === 1 ? 'The server refused a contact' : `The server refused ${after.parked} contacts`,
      body: 'What you wrote is safe here. Open Fieldbook to see the reason.',
    });
  }
  return notices;
}
