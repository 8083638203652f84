import { withFile } from '../backups/inspect.ts';

export interface Missing {
  total: number;
  /** The first of them, for the report. */
  names: string[];
}

const maxNames = 1000;

/** Contacts that a backup has and what was read of a damaged book has not. Some may have been erased since, on purpose. */
export function missingContacts(read: string, backup: string): Missing {
  return withFile(read, true, (db) => {
    db.prepare('attach ? as backup').run(backup);
    const where = 'from backup.contact as b where not exists (select 1 from main.contact as c where c.id = b.id)';
    const names = db.prepare(`select name ${where} order by sort_name, no limit ${maxNames}`).pluck().all() as string[];
    return { total: db.prepare(`select count(*) ${where}`).pluck().get() as number, names };
  });
}

/** Who the profile belongs to and how it is set, from a backup, where the damaged book did not give it away any more. */
export function fillSettings(read: string, backup: string): void {
  withFile(read, false, (db) => {
    db.prepare('attach ? as backup').run(backup);
    db.exec(`insert or ignore into main.setting select * from backup.setting where key in ('profile', 'settings')`);
  });
}
