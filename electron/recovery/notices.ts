import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Notice } from '../../shared/operations/backups.ts';
import { quarantineDir } from '../backups/replace.ts';
import type { Store } from '../store/open.ts';
import { reportName } from './recover.ts';

/** What the person should know about the safety of the data, until it is dismissed. */
export interface Notices {
  list(): Notice[];
  /** Shows a notice, in place of one with the same id. */
  show(notice: Notice): void;
  /** Takes a notice back that is true no more. */
  withdraw(id: string): void;
  /** Does not show it again, also after the next start. Throws AppError `notFound`. */
  dismiss(id: string): void;
  /** Throws AppError `notFound`. */
  report(id: string): string;
}

export const damagedNotice: Notice = {
  id: 'damaged',
  kind: 'damaged',
  title: 'The address book is damaged',
  message: 'Nothing is saved until it is repaired. Fieldbook then keeps the damaged file and goes on with what can be read of it, or with the newest backup.',
  hasReport: false,
};

const dismissedKey = 'notices.dismissed';
const recoveredPrefix = 'recovered:';

/** `started` is what the start had to say; repairs are known by the reports in the quarantine. */
export function createNotices(store: Store, dataDir: string, started: readonly Notice[], announce: () => void): Notices {
  const shown = new Map<string, Notice>();
  const dismissed = new Set(readDismissed(store));
  for (const notice of [...started, ...recoveries(dataDir)]) shown.set(notice.id, notice);

  return {
    list: () => [...shown.values()].filter(({ id }) => !dismissed.has(id)),
    show(notice) {
      shown.set(notice.id, notice);
      announce();
    },
    withdraw(id) {
      if (shown.delete(id)) announce();
    },
    dismiss(id) {
      const notice = shown.get(id);
      if (!notice) throw new AppError('notFound', 'There is no such notice.');
      if (lasts(notice)) {
        dismissed.add(id);
        store
          .statement('insert or replace into setting (key, value) values (?, ?)')
          .run(dismissedKey, JSON.stringify([...dismissed]));
      } else {
        shown.delete(id);
      }
      announce();
    },
    report(id) {
      if (!id.startsWith(recoveredPrefix) || !shown.has(id)) throw new AppError('notFound', 'There is no such report.');
      return readFileSync(reportFile(dataDir, id.slice(recoveredPrefix.length)), 'utf8');
    },
  };
}

/** Whether a notice would come again by itself at every start. */
function lasts({ kind }: Notice): boolean {
  return kind === 'recovered' || kind === 'syncedFolder';
}

function readDismissed(store: Store): string[] {
  const kept = store.statement('select value from setting where key = ?').pluck().get(dismissedKey);
  return typeof kept === 'string' ? (JSON.parse(kept) as string[]) : [];
}

function recoveries(dataDir: string): Notice[] {
  const folder = quarantineDir(dataDir);
  if (!existsSync(folder)) return [];
  const stamps = readdirSync(folder).filter((stamp) => existsSync(reportFile(dataDir, stamp)));
  return stamps.toSorted().reverse().map((stamp) => ({
    id: `${recoveredPrefix}${stamp}`,
    kind: 'recovered',
    title: 'The address book was repaired',
    message: readFileSync(reportFile(dataDir, stamp), 'utf8').split('\n')[2] ?? '',
    hasReport: true,
  }));
}

function reportFile(dataDir: string, stamp: string): string {
  return join(quarantineDir(dataDir), stamp, reportName);
}
