import { AppError } from '../../shared/errors.ts';
import type { Change, ChangeKind } from '../../shared/operations/book.ts';
import type { JournalEntry } from '../../shared/operations/contacts.ts';
import type { Store } from '../store/open.ts';

/**
 * Where a step of work stands for undo: `done` can be undone, `undone` can be done again, `aside` is neither:
 * programs' and the sync's steps, and undoing itself.
 */
export type GroupState = 'done' | 'undone' | 'aside';

export interface Group {
  no: number;
  id: string;
  at: string;
  actor: string;
  label: string;
  state: GroupState;
  inverseOf: string | null;
}

/** One row to append. `old` and `new` are values, kept as JSON. */
export interface Entry {
  kind: ChangeKind;
  field: string | null;
  old: unknown;
  new: unknown;
}

export interface StoredEntry extends Entry {
  seq: number;
  contactId: string;
}

export interface Journal {
  openGroup(group: Omit<Group, 'no'>): Group;
  /** Appends one contact's entries; the last stands for the change in the feed. Returns its sequence number. */
  append(group: Group, at: string, contactId: string, entries: readonly Entry[]): number;
  /** Appends what is no contact's change: it is in no history and no feed, but among the group's entries. */
  note(group: Group, at: string, entry: Entry): void;
  group(id: string): Group | undefined;
  /** The next group to undo (the newest done) or to redo (the one undone last, which is the oldest undone). */
  top(state: 'done' | 'undone'): Group | undefined;
  /** The newest group that took this one back or did it again. */
  lastInverseOf(id: string): Group | undefined;
  setState(group: Group, state: GroupState): void;
  /** A new step of a person ends the chance to redo older ones. */
  forgetUndone(): void;
  /** Entries of a group, newest first, of at most `limit`, below a sequence number. */
  entriesBefore(group: Group, seq: number, limit: number): StoredEntry[];
  /** Whether a contact was edited after an entry by anything but these groups and what was itself taken back. */
  isEditedSince(entry: StoredEntry, groups: readonly Group[]): boolean;
  history(contactId: string, limit: number): { items: JournalEntry[]; total: number };
  /** Throws `gone` when something after `since` has been pruned. */
  changes(since: number, limit: number): { items: Change[]; next: number };
  head(): number;
  /** Takes the values out of a contact's entries: what was erased must not live on in its history. */
  erase(contactId: string): void;
  /** Removes whole groups older than `before` beyond the newest `keep`; at most `limit` rows. Returns how many went. */
  prune(before: string, keep: number, limit: number): number;
}

/** Whose entries are no contact's. */
const nobody = '';
const groupColumns = 'no, id, at, actor, label, state, inverse_of as inverseOf';

export function createJournal(store: Store): Journal {
  const text = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value));
  const parse = (value: string | null): unknown => (value === null ? null : JSON.parse(value));
  const insertEntry = store.db.prepare(
    `insert into journal (group_no, at, actor, contact_id, kind, field, old, new, last)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertGroup = store.db.prepare(
    'insert into journal_group (id, at, actor, label, inverse_of, state) values (?, ?, ?, ?, ?, ?)',
  );
  const head = store.db.prepare('select max(seq) from journal').pluck();
  const pruned = store.db.prepare(`select value from setting where key = 'journal.pruned'`).pluck();
  const feed = store.db.prepare(
    `select j.seq, j.at, j.contact_id as contactId, j.kind, j.actor, c.name
     from journal j left join contact c on c.id = j.contact_id
     where j.seq > ? and j.last = 1 order by j.seq limit ?`,
  );

  return {
    openGroup(group) {
      const { lastInsertRowid } = insertGroup.run(group.id, group.at, group.actor, group.label, group.inverseOf, group.state);
      return { no: Number(lastInsertRowid), ...group };
    },
    append(group, at, contactId, entries) {
      let seq = 0;
      for (const [index, entry] of entries.entries()) {
        const last = index === entries.length - 1 ? 1 : 0;
        const { lastInsertRowid } = insertEntry.run(
          group.no, at, group.actor, contactId, entry.kind, entry.field, text(entry.old), text(entry.new), last,
        );
        seq = Number(lastInsertRowid);
      }
      return seq;
    },
    note(group, at, { kind, field, old, new: value }) {
      insertEntry.run(group.no, at, group.actor, nobody, kind, field, text(old), text(value), 0);
    },
    group: (id) => store.statement(`select ${groupColumns} from journal_group where id = ?`).get(id) as Group | undefined,
    top: (state) =>
      store
        .statement(`select ${groupColumns} from journal_group where state = ? order by no ${state === 'done' ? 'desc' : 'asc'} limit 1`)
        .get(state) as Group | undefined,
    lastInverseOf: (id) =>
      store
        .statement(`select ${groupColumns} from journal_group where inverse_of = ? order by no desc limit 1`)
        .get(id) as Group | undefined,
    setState(group, state) {
      store.statement('update journal_group set state = ? where no = ?').run(state, group.no);
    },
    forgetUndone() {
      store.statement(`update journal_group set state = 'aside' where state = 'undone'`).run();
    },
    entriesBefore(group, seq, limit) {
      const rows = store
        .statement(
          `select seq, contact_id as contactId, kind, field, old, new from journal
           where group_no = ? and seq < ? order by seq desc limit ?`,
        )
        .all(group.no, seq, limit) as (StoredEntry & { old: string | null; new: string | null })[];
      return rows.map((row) => ({ ...row, old: parse(row.old), new: parse(row.new) }));
    },
    isEditedSince({ contactId, seq }, groups) {
      const numbers = store
        .statement(`select distinct group_no from journal where contact_id = ? and seq > ? and kind = 'updated' and group_no in (
             select no from journal_group g where inverse_of is null and not exists (select 1 from journal_group i where i.inverse_of = g.id))`)
        .pluck()
        .all(contactId, seq) as number[];
      return numbers.some((no) => groups.every((group) => group.no !== no));
    },
    history(contactId, limit) {
      const rows = store
        .statement(
          `select j.seq, j.at, j.actor, g.id as "group", j.kind, j.field, j.old, j.new
           from journal j join journal_group g on g.no = j.group_no
           where j.contact_id = ? order by j.seq desc limit ?`,
        )
        .all(contactId, limit) as (JournalEntry & { kind: string; old: string | null; new: string | null })[];
      const total = store.statement('select count(*) from journal where contact_id = ?').pluck().get(contactId) as number;
      const items = rows.map((row) => ({ ...row, old: parse(row.old), new: parse(row.new) }));
      return { items, total };
    },
    changes(since, limit) {
      const floor = Number(pruned.get() ?? 0);
      if (since < floor) {
        throw new AppError('gone', `Changes up to ${floor} are no longer kept: read the contacts again and go on from there`);
      }
      const items = feed.all(since, limit) as Change[];
      return { items, next: items.at(-1)?.seq ?? Math.max(since, 0) };
    },
    head: () => (head.get() as number | null) ?? 0,
    erase(contactId) {
      store.statement('update journal set old = null, new = null where contact_id = ?').run(contactId);
    },
    prune(before, keep, limit) {
      const oldestKept = store
        .statement('select no from journal_group order by no desc limit 1 offset ?')
        .pluck()
        .get(keep - 1) as number | undefined;
      if (oldestKept === undefined) return 0;
      const rows = store
        .statement(
          `select j.seq from journal j where j.group_no < ? and j.at < ? order by j.seq limit ?`,
        )
        .pluck()
        .all(oldestKept, before, limit) as number[];
      const last = rows.at(-1);
      if (last === undefined) return 0;
      store.transaction(() => {
        store.statement('delete from journal where seq <= ? and group_no < ? and at < ?').run(last, oldestKept, before);
        store.statement(
          `delete from journal_group where no < ? and at < ? and not exists (select 1 from journal where group_no = journal_group.no)`,
        ).run(oldestKept, before);
        store.statement(`insert or replace into setting (key, value) values ('journal.pruned', ?)`).run(String(last));
      });
      return rows.length;
    },
  };
}
