import type { Store } from '../../store/open.ts';
import type { Attempt } from '../ports.ts';
import { snapshotText, type Snapshot } from '../snapshot.ts';

/** A request whose fate nobody knows, as it was written down before it left. */
export interface OpenAttempt {
  id: string;
  method: Attempt['method'];
  /** What the server holds once the request has been carried out; null for a deletion. */
  expected: Snapshot | null;
  sentRev: number;
  startedAt: string;
}

export interface Attempts {
  open(contactId: string): OpenAttempt | undefined;
  isOpen(contactId: string): boolean;
  save(contactId: string, attempt: Omit<OpenAttempt, 'startedAt'> & { body: string | null }): void;
  /** It is known what became of it. */
  close(contactId: string): void;
  /** It did not happen: what was sent is kept for who looks into it. */
  refuse(contactId: string): void;
}

export function createAttempts(store: Store, now: () => string): Attempts {
  const isOpen = store.db.prepare('select 1 from sync_attempt where contact_id = ? and outcome is null').pluck();
  return {
    isOpen: (contactId) => isOpen.get(contactId) !== undefined,
    open(contactId) {
      const row = store
        .statement(
          `select id, method, expected, sent_rev as sentRev, started_at as startedAt from sync_attempt
           where contact_id = ? and outcome is null`,
        )
        .get(contactId) as (Omit<OpenAttempt, 'expected'> & { expected: string | null }) | undefined;
      return row && { ...row, expected: row.expected === null ? null : (JSON.parse(row.expected) as Snapshot) };
    },
    save(contactId, { id, method, body, expected, sentRev }) {
      store
        .statement(
          `insert or replace into sync_attempt (contact_id, id, method, payload, expected, sent_rev, started_at)
           values (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(contactId, id, method, body, expected && snapshotText(expected), sentRev, now());
    },
    close(contactId) {
      store.statement('delete from sync_attempt where contact_id = ?').run(contactId);
    },
    refuse(contactId) {
      store.statement(`update sync_attempt set outcome = 'refused' where contact_id = ?`).run(contactId);
    },
  };
}
