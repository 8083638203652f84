import { dirname } from 'node:path';
import type { Notice } from '../../shared/operations/backups.ts';
import { operationOf, operations, type OperationName } from '../../shared/operations/index.ts';
import type { Dispatch } from '../dispatch.ts';
import { bookIsGone } from '../store/in-place.ts';
import type { Store } from '../store/open.ts';

/** Sees to it that nothing is acknowledged that went into a file whose folder was moved or deleted meanwhile. */
export interface PlaceWatch {
  /** The operations; one that wrote something throws `unavailable` when the book is not at its place. */
  watch(dispatch: Dispatch): Dispatch;
  close(): void;
}

export const goneNotice: Notice = {
  id: 'gone',
  kind: 'gone',
  title: 'The folder of the address book is gone',
  message:
    'It was moved, renamed or deleted while Fieldbook was running, so nothing is saved. Put it back, or save what you see with an export, ' +
    'then close Fieldbook.',
  hasReport: false,
};

const lookedEveryMs = 1000;

/**
 * Transactions look by themselves (`store/open.ts`); this is for what is written without one, and tells the person, also
 * while nothing is written. `onChange` hears that the book is gone, and that it is back. Answers of plain reads are not touched.
 */
export function createPlaceWatch(
  store: Pick<Store, 'file' | 'changes' | 'isInPlace'>,
  onChange: (isGone: boolean) => void,
  everyMs = lookedEveryMs,
): PlaceWatch {
  const reads = new Set((Object.keys(operations) as OperationName[]).filter((name) => operationOf(name).rest?.method === 'GET'));
  let isGone = false;

  function look(): void {
    if (store.isInPlace() !== isGone) return;
    isGone = !isGone;
    onChange(isGone);
  }
  const timer = setInterval(look, everyMs).unref();

  return {
    watch: (dispatch) => (name, input, caller, file) => {
      if (reads.has(name)) return dispatch(name, input, caller, file);
      const before = store.changes();
      const confirmed = <T>(answer: T): T => {
        if (store.changes() === before || store.isInPlace()) return answer;
        look();
        throw bookIsGone(dirname(store.file));
      };
      const answer = dispatch(name, input, caller, file);
      return answer instanceof Promise ? answer.then(confirmed) : confirmed(answer);
    },
    close: () => clearInterval(timer),
  };
}
