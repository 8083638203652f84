import { AppError } from '../../shared/errors.ts';
import type { Dispatch } from '../dispatch.ts';
import { isDamage } from '../store/check.ts';
import type { Store } from '../store/open.ts';

export interface DamageWatch {
  /** The operations, with what they find watched for signs of damage. */
  watch(dispatch: Dispatch): Dispatch;
  /** From now on nothing is written, so that the damage does not grow; what can be read still is. */
  found(messages: readonly string[]): void;
}

const explanation = 'The address book is damaged, so nothing is saved until it is repaired. What you typed stays here.';

/** `onFound` hears of the first sign of damage. */
export function createDamageWatch(store: Store, onFound: (messages: readonly string[]) => void): DamageWatch {
  let isDamaged = false;

  function found(messages: readonly string[]): void {
    if (isDamaged) return;
    isDamaged = true;
    if (store.db.open) store.db.pragma('query_only = ON');
    onFound(messages);
  }

  function explain(error: unknown): unknown {
    if (isDamage(error) && error instanceof Error) found([error.message]);
    else if (!isDamaged || !isReadOnly(error)) return error;
    return new AppError('unavailable', explanation);
  }

  return {
    found,
    watch: (dispatch) => (name, input, caller, file) => {
      try {
        const answer = dispatch(name, input, caller, file);
        if (!(answer instanceof Promise)) return answer;
        return answer.catch((error: unknown) => {
          throw explain(error);
        });
      } catch (error) {
        throw explain(error);
      }
    },
  };
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_READONLY');
}
