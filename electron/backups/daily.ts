import type { Log } from '../log.ts';
import { toAppError } from '../../shared/errors.ts';
import type { Notices } from '../recovery/notices.ts';
import type { Backups } from './backups.ts';

const firstAfterMs = 20_000;
const everyMs = 3600_000;

/** Makes the backup of the day, soon after the start and then whenever a day has begun. One that fails is told. */
export function createDailyBackups(backups: Backups, notices: Notices, log: Log): { close(): void } {
  const run = (): void => {
    backups.makeDaily().then(
      () => notices.withdraw('backupFailed'),
      (error: unknown) => {
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
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
