import { AppError } from '../../shared/errors.ts';
import type { UndoResult } from '../../shared/operations/book.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Group, Journal } from './journal.ts';
import type { Undo } from './undo.ts';

type Names = 'change.list' | 'undo.peek' | 'undo.undo' | 'undo.redo';

const defaultLimit = 100;

/**
 * The undo stack is the journal itself: `done` groups from the newest down are what undo takes back, and what it
 * took back stands as `undone` until it is done again or a new step is made.
 */
export function journalHandlers(journal: Journal, undo: Undo): HandlersOf<Names> {
  const brief = (group: Group | undefined) => (group ? { group: group.id, label: group.label } : null);
  const nothing = (label: string): UndoResult => ({ group: null, label, contacts: 0, kept: [] });

  return {
    'change.list': ({ since = 0, limit = defaultLimit }) => journal.changes(since, limit),

    'undo.peek': () => ({ undo: brief(journal.top('done')), redo: brief(journal.top('undone')) }),

    async 'undo.undo'({ group: id }, { caller }) {
      const group = id === undefined ? journal.top('done') : journal.group(id);
      if (!group) {
        if (id !== undefined) throw new AppError('notFound', 'There is no such step to undo');
        return nothing('Nothing to undo');
      }
      // Taken off the stack first: a second Ctrl+Z while this one runs means the step before.
      journal.setState(group, 'undone');
      return undo.revert(group, caller.actor, 'aside', `Undid: ${group.label}`);
    },

    async 'undo.redo'(_input, { caller }) {
      const group = journal.top('undone');
      const inverse = group && journal.lastInverseOf(group.id);
      if (!group || !inverse) return nothing('Nothing to redo');
      journal.setState(group, 'done');
      return undo.revert(inverse, caller.actor, 'aside', `Did again: ${group.label}`);
    },
  };
}
