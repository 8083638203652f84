import type { Log } from '../log.ts';
import { toAppError } from '../../shared/errors.ts';
import type { Notices } from '../recovery/notices.ts';
import type { Backups } from './backups.ts';

const everyMs = 3600_000;

export interface DailyDeps {
  backups: Pick<Backups, 'makeDaily'>;
  notices: Pick<Notices, 'show' | 'withdraw'>;
  log: Pick<Log, 'error'>;
  /** How long after the start, so that it does not slow that down. */
  firstAfterMs?: number;
}

/** Makes the backup of the day, soon after the start and then whenever a day has begun. One that fails is told. */
export function createDailyBackups({ backups, notices, log, firstAfterMs = 20_000 }: DailyDeps): { close(): void } {
  let isClosed = false;
  const run = (): void => {
    backups.makeDaily().then(
      () => notices.withdraw('backupFailed'),
      (error: unknown) => {
        if (isClosed) return;
        log.error({ err: error }, 'the daily backup failed');
        const { kind, message } = toAppError(error);
        notices.show({
          id: 'backupFailed',
          kind: 'backupFailed',
          title: 'Today’s backup could not be made',
          message: kind === 'internal' ? 'The log of Fieldbook says why.' : message,
          hasReport: false,
        });
      },
    );
  };
  const first = setTimeout(run, firstAfterMs).unref();
  const timer = setInterval(run, everyMs).unref();
  return {
    close() {
      isClosed = true;
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
