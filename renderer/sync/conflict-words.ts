import type { ConflictChoice, ConflictKind, SyncConflict } from '../../shared/operations/sync.ts';
import { budgetTypeLabels, contactTypeLabels, fieldLabels, inviteStatusLabels } from '../contact-form/field-labels.ts';

const labels: Readonly<Record<string, string>> = {
  ...fieldLabels, imageUrl: 'Picture address', imageId: 'Picture', extra: 'Further details',
};

/** A field as the form names it: 'contact.city' is 'City'. */
export function fieldWord(field: string): string {
  const bare = field.replace(/^contact\./, '');
  return labels[bare] ?? bare;
}

const valueLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  contactType: contactTypeLabels, budgetType: budgetTypeLabels, inviteStatus: inviteStatusLabels,
};

/** A value of a field as a person reads it; null for none. */
export function valueWords(field: string | null, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (field === 'imageId') return 'A picture';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return value.toLocaleString();
  if (typeof value === 'string') return valueLabels[field ?? '']?.[value] ?? value;
  if (Array.isArray(value)) return value.map(String).join(', ') || null;
  return JSON.stringify(value, null, 2);
}

const kindWords: Readonly<Record<Exclude<ConflictKind, 'field' | 'overwritten'>, string>> = {
  editedHereDeletedThere: 'Edited here, deleted on the server',
  deletedHereEditedThere: 'Deleted here, edited on the server',
  removed: 'Deleted on the server right after it was sent',
  possibleDuplicate: 'Possible duplicate',
  massDelete: 'Many contacts are gone from the server',
};

/** What a conflict is about, in a few words: the field, or what happened to the contact. */
export function subjectWords({ kind, field }: Pick<SyncConflict, 'kind' | 'field'>): string {
  if (kind === 'field') return fieldWord(field ?? '');
  if (kind === 'overwritten') return `${fieldWord(field ?? '')}, overwritten`;
  return kindWords[kind];
}

/** The whole story of a conflict, in one or two sentences. */
export function storyWords({ kind, name, otherName, mine }: SyncConflict): string {
  const who = name ?? 'This contact';
  switch (kind) {
    case 'field':
      return 'You and somebody on the server changed this to different things. The server’s value is in the book now; yours is kept here.';
    case 'overwritten':
      return 'Your value was on the server, and was replaced there right after. The other person may not have seen it.';
    case 'editedHereDeletedThere':
      return `You changed ${who} while somebody deleted it on the server. It is still in your book, and nothing is sent until you answer.`;
    case 'deletedHereEditedThere':
      return `You deleted ${who} while somebody changed it on the server. It is back in your book, as it is there.`;
    case 'removed':
      return `${who} was sent to the server, and was deleted there minutes later. It is in your trash now.`;
    case 'possibleDuplicate':
      return `You made ${who}, and ${otherName ?? 'a contact of the server'} on the server looks like the same one. Yours is not sent until you answer.`;
    case 'massDelete': {
      const many = typeof mine === 'number' ? mine.toLocaleString() : 'Many';
      return `${many} contacts that were on the server are not there any more. That may be meant, or a mistake there. Nothing was deleted in your book.`;
    }
  }
}

interface ChoiceWords {
  /** What the button says. */
  label: string;
  /** What it will do, as a sentence. */
  effect: string;
  /** What was done, at the start of a notice. */
  done: string;
}

const answers: Readonly<Record<Exclude<ConflictKind, 'field' | 'overwritten'>, Partial<Record<ConflictChoice, ChoiceWords>>>> = {
  editedHereDeletedThere: {
    mine: { label: 'Keep the contact', effect: 'It is created on the server again, with your changes.', done: 'Kept' },
    theirs: { label: 'Delete it here too', effect: 'It goes to the trash, where you can restore it for 90 days.', done: 'Moved to the trash' },
  },
  deletedHereEditedThere: {
    mine: { label: 'Delete it after all', effect: 'It goes to the trash here and is deleted on the server.', done: 'Deleted' },
    theirs: { label: 'Keep the contact', effect: 'It stays in both, as it is on the server.', done: 'Kept' },
  },
  removed: {
    mine: { label: 'Create it again', effect: 'It comes back from the trash and is created on the server again.', done: 'Restored' },
    theirs: { label: 'Leave it deleted', effect: 'It stays in your trash.', done: 'Left deleted' },
  },
  possibleDuplicate: {
    mine: { label: 'Join them, mine first', effect: 'What you have goes onto the server’s contact; your double goes to the trash.', done: 'Joined' },
    theirs: { label: 'Keep the server’s only', effect: 'Yours goes to the trash, where you can restore it for 90 days.', done: 'Kept the server’s' },
    both: { label: 'They are different', effect: 'Both stay, and yours is sent.', done: 'Kept both' },
  },
  massDelete: {
    mine: { label: 'Keep all here', effect: 'They are created on the server again.', done: 'Kept here' },
    theirs: { label: 'Delete them here too', effect: 'Each goes to the trash after the server was asked for it once more.', done: 'Will be deleted' },
  },
};

/** How an answer to a conflict is named, and what it does. */
export function choiceWords({ kind, field }: Pick<SyncConflict, 'kind' | 'field'>, choice: ConflictChoice): ChoiceWords {
  if (kind !== 'field' && kind !== 'overwritten') return answers[kind][choice] ?? { label: choice, effect: '', done: 'Answered' };
  const what = fieldWord(field ?? '').toLocaleLowerCase();
  switch (choice) {
    case 'mine':
      return { label: 'Use mine', effect: 'Your value goes into the book and to the server.', done: `Kept your ${what}` };
    case 'theirs':
      return { label: 'Use theirs', effect: 'It stays as it is on the server.', done: `Kept the server’s ${what}` };
    case 'both':
      return {
        label: 'Keep both',
        effect: field === 'notes' ? 'Theirs first, yours below.' : 'Theirs stays first, yours becomes a further number.',
        done: `Kept both, ${what}`,
      };
  }
}
