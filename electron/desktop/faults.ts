import type { Trouble } from './diagnostics.ts';

export interface FaultDeps {
  log: (error: unknown) => void;
  tell: (trouble: Trouble) => Promise<number>;
  restart: () => void;
}

const fault: Trouble = {
  message: 'Fieldbook ran into a problem',
  detail:
    'What you saved is safe. You can go on; if something no longer works, restart. '
    + 'A diagnostics file helps to find out why; it holds no contacts.',
  answers: ['Go on', 'Restart Fieldbook'],
};

/**
 * Takes an error that nobody caught: it is logged, and the person is told, once at a time, however many there are.
 * For `uncaughtException` and `unhandledRejection`, which must never end the program in the middle of something.
 */
export function createFaultHandler({ log, tell, restart }: FaultDeps): (error: unknown) => void {
  let isTelling = false;
  return (error) => {
    log(error);
    if (isTelling) return;
    isTelling = true;
    tell(fault)
      .then((answer) => (answer === 1 ? restart() : undefined), log)
      .finally(() => {
        isTelling = false;
      });
  };
}
