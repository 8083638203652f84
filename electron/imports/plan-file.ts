import { existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { SetField } from '../../shared/contact.ts';
import type { ImportRow } from '../../shared/operations/imports.ts';
import type { ContactRecord } from '../contacts/record.ts';
import { foldEmail } from './match-row.ts';
import type { TargetKey } from './target.ts';

/** A contact as a dry run left it. */
export interface PlannedContact {
  record: ContactRecord;
  sets: Record<SetField, string[]>;
  imageDigest: string | null;
}

/** What a dry run found out, on disk: a row each, and the contacts as they would be. Nothing in it must outlive a crash. */
export interface PlanFile {
  addRow(row: ImportRow): void;
  putContact(contact: PlannedContact): void;
  has(id: string): boolean;
  byUid(uid: string): PlannedContact[];
  byKey(key: TargetKey, value: string): PlannedContact[];
  close(): void;
}

/** Makes the file of a dry run, in place of an older one. */
export function openPlanFile(file: string): PlanFile {
  rmSync(file, { force: true });
  const db = new Database(file);
  // One transaction from beginning to end, and no journal: a plan that was cut off is made again.
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -8192');
  db.exec(`
    create table row (no integer primary key, value text not null);
    create table contact (id text primary key, uid text, email text, phone text, name text, value text not null) without rowid;
    create index contact_uid on contact (uid);
    create index contact_email on contact (email);
    create index contact_phone on contact (phone);
    create index contact_name on contact (name);
  `);
  db.exec('begin');
  const insertRow = db.prepare('insert into row (value) values (?)');
  const put = db.prepare('insert or replace into contact (id, uid, email, phone, name, value) values (?, ?, ?, ?, ?, ?)');
  const find = (column: string) => db.prepare(`select value from contact where ${column} = ?`).pluck();
  const known = db.prepare('select 1 from contact where id = ?').pluck();
  const byUid = db.prepare('select value from contact where id = lower(?) or uid = ?').pluck();
  const byKey = { email: find('email'), phone: find('phone'), name: find('name') };
  const parsed = (values: unknown[]) => (values as string[]).map((value) => JSON.parse(value) as PlannedContact);
  return {
    addRow: (row) => insertRow.run(JSON.stringify(row)),
    putContact(contact) {
      const { id, sourceUid, primaryEmail, phoneKey, sortName } = contact.record;
      put.run(id, sourceUid, primaryEmail === null ? null : foldEmail(primaryEmail), phoneKey, sortName, JSON.stringify(contact));
    },
    has: (id) => known.get(id) !== undefined,
    byUid: (uid) => parsed(byUid.all(uid, uid)),
    byKey: (key, value) => parsed(byKey[key].all(key === 'email' ? foldEmail(value) : value)),
    close() {
      db.exec('commit');
      db.close();
    },
  };
}

/** Some rows of the plan of a dry run that has ended; none where there is no such file any more. */
export function readPlannedRows(file: string, offset: number, limit: number): ImportRow[] {
  if (!existsSync(file)) return [];
  const db = new Database(file, { readonly: true });
  try {
    const rows = db.prepare('select value from row where no > ? order by no limit ?').pluck().all(offset, limit) as string[];
    return rows.map((value) => JSON.parse(value) as ImportRow);
  } finally {
    db.close();
  }
}
