import type { ImportReport } from '../../shared/operations/imports.ts';
import type { Store } from '../store/open.ts';

/** What is kept of an import; what a dry run would do with each row is in a file of its own. */
export type StoredReport = Omit<ImportReport, 'rows'>;

export interface StoredImport {
  report: StoredReport;
  /** The group of its changes in the journal, once there is one. */
  groupId: string | null;
}

/** The imports of the book, in its database: their state changes with the contacts, in one transaction. */
export interface JobStore {
  add(report: StoredReport): void;
  find(id: string): StoredImport | undefined;
  save(report: StoredReport, groupId: string | null): void;
  /** The real ones, newest first. */
  list(): StoredImport[];
  running(): StoredImport[];
  /** Forgets files that were only looked at, begun before a time. */
  forgetDrafts(before: string): void;
}

interface Row {
  report: string;
  groupId: string | null;
}

const columns = 'report, group_id as groupId';

export function createJobStore(store: Store): JobStore {
  const parsed = ({ report, groupId }: Row): StoredImport => ({ report: JSON.parse(report) as StoredReport, groupId });
  const all = (condition: string) =>
    (store.statement(`select ${columns} from import_job where ${condition} order by started_at desc, rowid desc`).all() as Row[]).map(parsed);
  const isDraft = `(report ->> 'status' = 'staged' or report ->> 'dryRun')`;
  return {
    add(report) {
      store
        .statement('insert into import_job (id, name, format, started_at, report) values (?, ?, ?, ?, ?)')
        .run(report.id, report.name, report.format, report.startedAt, JSON.stringify(report));
    },
    find(id) {
      const row = store.statement(`select ${columns} from import_job where id = ?`).get(id) as Row | undefined;
      return row && parsed(row);
    },
    save(report, groupId) {
      store
        .statement('update import_job set report = ?, started_at = ?, group_id = ? where id = ?')
        .run(JSON.stringify(report), report.startedAt, groupId, report.id);
    },
    list: () => all(`not ${isDraft}`),
    running: () => all(`report ->> 'status' = 'running'`),
    forgetDrafts(before) {
      store.statement(`delete from import_job where started_at < ? and ${isDraft}`).run(before);
    },
  };
}
