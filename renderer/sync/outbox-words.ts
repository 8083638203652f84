import type { OutboxItem } from '../../shared/operations/sync.ts';
import { clockTime } from '../contacts/contact-words.ts';
import { fieldWord } from './conflict-words.ts';

const mostFields = 6;

/** What will be sent of a contact: 'Create on the server', 'Change E-mail, Notes and 2 more'. */
export function outboxWords({ kind, fields }: Pick<OutboxItem, 'kind' | 'fields'>): string {
  switch (kind) {
    case 'create':
      return 'Create on the server';
    case 'restore':
      return 'Create on the server again';
    case 'delete':
      return 'Delete on the server';
    case 'update':
      return fields.length === 0 ? 'Compare with the server' : `Change ${listed(fields.map(fieldWord))}`;
  }
}

function listed(words: readonly string[]): string {
  const shown = words.slice(0, words.length > mostFields ? mostFields - 1 : mostFields);
  const more = words.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more.toLocaleString()} more`;
}

/** Why a contact is still in the outbox; null where it simply goes with the next sync. */
export function delayWords({ state, nextAt, lastMessage }: OutboxItem): string | null {
  switch (state) {
    case 'waiting':
      return null;
    case 'held':
      return 'Waits for your answer to a conflict';
    case 'parked':
      return lastMessage ?? 'Refused by the server';
    case 'retrying': {
      const when = nextAt === null ? 'with the next sync' : `at ${clockTime(nextAt)}`;
      return `Tried again ${when}${lastMessage === null ? '' : `: ${lastMessage}`}`;
    }
  }
}
