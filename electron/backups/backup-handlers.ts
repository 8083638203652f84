import { AppError } from '../../shared/errors.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Notices } from '../recovery/notices.ts';
import type { Backups } from './backups.ts';

export interface BackupHandlerDeps {
  backups: Backups;
  notices: Notices;
  repair: () => void;
}

type Names =
  | 'backup.list' | 'backup.make' | 'backup.restore' | 'profile.export' | 'profile.restore'
  | 'notice.list' | 'notice.dismiss' | 'notice.report' | 'book.repair';

/** Backups, the whole book as a file, and what is told about the safety of the data. */
export function backupHandlers({ backups, notices, repair }: BackupHandlerDeps): HandlersOf<Names> {
  const all = <T>(items: T[]) => ({ items, total: items.length });
  return {
    'backup.list': async () => all(await backups.list()),
    'backup.make': () => backups.make('manual'),
    'backup.restore': ({ id }) => backups.restore(id),
    'profile.export': () => backups.exportProfile(),
    'profile.restore'(_input, { file }) {
      if (!file) throw new AppError('invalid', 'A file is needed');
      return backups.restoreProfile(file);
    },
    'notice.list': () => all(notices.list()),
    'notice.dismiss'({ id }) {
      notices.dismiss(id);
      return null;
    },
    'notice.report': ({ id }) => ({ text: notices.report(id) }),
    'book.repair'() {
      if (!notices.list().some(({ kind }) => kind === 'damaged')) throw new AppError('conflict', 'The book is not damaged.');
      repair();
      return null;
    },
  };
}
