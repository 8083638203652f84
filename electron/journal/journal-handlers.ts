import { AppError } from '../../shared/errors.ts';
import type { UndoResult } from '../../shared/operations/book.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Group, GroupState, Journal } from './journal.ts';
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

  /**
   * Takes `reverted` back while `step` has its new place on the stack. Where that fails before anything was written, the step
   * goes back to where it was; what was written in part is a step of its own, which doing it again takes back.
   */
  async function move(step: Group, state: GroupState, reverted: Group, actor: string, label: string): Promise<UndoResult> {
    const before = journal.lastInverseOf(reverted.id)?.no;
    journal.setState(step, state);
    try {
      return await undo.revert(reverted, actor, 'aside', label);
    } catch (error) {
      const isUntouched = journal.lastInverseOf(reverted.id)?.no === before && journal.group(step.id)?.state === state;
      if (isUntouched) putBack(step);
      throw error;
    }
  }

  /** A disk that does not even take that must not hide why the step failed. */
  function putBack(step: Group): void {
    try {
      journal.setState(step, step.state);
    } catch {
      // The step stays where it is, and can be done again from there.
    }
  }

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
      return move(group, 'undone', group, caller.actor, `Undone: ${group.label}`);
    },

    async 'undo.redo'(_input, { caller }) {
      const group = journal.top('undone');
      const inverse = group && journal.lastInverseOf(group.id);
      if (!group || !inverse) return nothing('Nothing to redo');
      return move(group, 'done', inverse, caller.actor, `Redone: ${group.label}`);
    },
  };
}
