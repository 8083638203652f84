import { addressFields, scalarFields, setFields, type SetField } from '../../shared/contact.ts';
import { AppError, invalidField } from '../../shared/errors.ts';
import type { Change, ChangeKind } from '../../shared/operations/book.ts';
import type { Entry, Group, GroupState, Journal } from '../journal/journal.ts';
import { joins, type Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import type { Slices } from '../store/slices.ts';
import { columnKeys, insertStatement, selectList, updateStatement } from '../store/rows.ts';
import { contact } from '../store/schema.ts';
import { readField, type Edits } from './edits.ts';
import { assign, blankRecord } from './new-record.ts';
import { derivedColumns, parseExtra, type ContactRecord, type DerivedColumns } from './record.ts';
import { linkTokens, searchTokens, type Links } from './search-tokens.ts';

/** A step of work: who does it and what undo calls it. Changes of one step have one group in the journal. */
export interface Step {
  actor: string;
  label: string;
  state: GroupState;
  /** Goes on with this group; without it the first change opens a new one, which is noted here once it is on disk. */
  group?: Group | undefined;
  /** The group that this step undoes or does again. */
  inverseOf?: string;
  /** A long job done in slices: they need not be on disk one by one, as long as an ordinary transaction follows the last. */
  sliced?: boolean;
  /** The changes come from the server: they are not queued to be sent there. */
  fromServer?: boolean;
}

/** What follows from a new contact's values, worked out by a thread with time for it. */
export interface Prepared {
  derived: DerivedColumns;
  /** As `searchTokens` makes them of the contact without any links. */
  tokens: string;
}

/** What can be done to contacts inside a step. Each call writes row, rev, search index and journal. */
export interface Edit {
  find(id: string): ContactRecord | undefined;
  /** Needs a name in the edits. Throws `conflict` when the id is taken. */
  create(edits: Edits, id?: string, prepared?: Prepared): ContactRecord;
  /** Writes what differs; without a difference the record is answered as it is, with its old rev. */
  update(record: ContactRecord, edits: Edits): ContactRecord;
  /** To the trash with a time, out of it with null. */
  setDeleted(record: ContactRecord, deleted: boolean): ContactRecord;
  /** Erases a record of the trash and its values in the journal. */
  purge(record: ContactRecord): void;
  /** The ids in a set of a contact. */
  idsOf(record: ContactRecord, set: SetField): string[];
  /** Of these ids, the ones that exist: a tag may be gone when an old set is brought back. */
  known(set: SetField, ids: readonly string[]): string[];
  /** Writes into the step's journal what was done beside its contacts: it is in no history and no feed, and undone with the step. */
  note(entry: Entry): void;
  /** The group of this step, once something was changed. */
  group(): Group | undefined;
}

export interface ContactWriter {
  /** Runs the work in one transaction and announces its changes after the commit. */
  run<T>(step: Step, work: (edit: Edit) => T): T;
  /** Does the work on each item, all as one step, in as many transactions as there are slices. */
  each<T>(step: Step, items: readonly T[], work: (edit: Edit, item: T) => void): Promise<void>;
}

export interface WriterDeps {
  store: Store;
  journal: Journal;
  lists: Lists;
  counts: Counts;
  slices: Slices;
  now: () => string;
  newId: () => string;
  /** Country of phones without a country code. */
  region: () => string;
  announce: (change: Change) => void;
  /** Told after each commit of changes. */
  onCommit?: () => void;
  /** Notes, in the same transaction, that a contact is to be sent to the server; nothing happens in a book without one. */
  queue?: (record: ContactRecord, kind: ChangeKind, at: string) => void;
}

/** How many contacts are live and in the trash, kept exactly so that no list has to count. */
export interface Counts {
  live(): number;
  trashed(): number;
  /** Inside a transaction. */
  add(live: number, trashed: number): void;
  /** How many live contacts carry each tag, by the tag's number. */
  tagUses(): ReadonlyMap<number, number>;
  /** After the commit. */
  moveTags(moves: readonly (readonly [tagNo: number, by: number])[]): void;
  /** Grows with every change of any contact: says when something counted before may be wrong. */
  version(): number;
}

const allColumns = columnKeys(contact);
const insertColumns = allColumns.filter((key) => key !== 'no');
const updateColumns = insertColumns.filter((key) => !['id', 'createdAt', 'addressId'].includes(key));

export const selectContact = `select ${selectList(contact)} from contact`;

export function createContactWriter(deps: WriterDeps): ContactWriter {
  const { store, journal, lists, counts, slices, now, newId, region } = deps;
  const { db } = store;
  const byId = db.prepare(`${selectContact} where id = ?`);
  const insert = db.prepare(insertStatement(contact, insertColumns));
  const update = db.prepare(updateStatement(contact, updateColumns));
  const remove = db.prepare('delete from contact where no = ?');
  const index = db.prepare('insert or replace into contact_search (rowid, tokens) values (?, ?)');
  const unindex = db.prepare('delete from contact_search where rowid = ?');
  const links = {
    tags: linkStatements(db, 'tags'),
    members: linkStatements(db, 'members'),
    projects: linkStatements(db, 'projects'),
  };

  const linkedNos = (record: ContactRecord, set: SetField) => links[set].read.all(record.no) as number[];

  function resolve(set: SetField, ids: readonly string[]): number[] {
    const nos = ids.map((id) => {
      const no = lists[set].noOf(id);
      if (no === undefined) throw invalidField(set, `has an unknown id: ${id}`);
      return no;
    });
    return [...new Set(nos)].sort((a, b) => a - b);
  }

  const idsFrom = (set: SetField, nos: readonly number[]) => nos.flatMap((no) => lists[set].byNo(no)?.id ?? []).sort();

  function reindex(record: ContactRecord, extra: Record<string, unknown> | null, known: Partial<Links> = {}): void {
    const all: Links = {
      tags: known.tags ?? linkedNos(record, 'tags'),
      members: known.members ?? linkedNos(record, 'members'),
      projects: known.projects ?? linkedNos(record, 'projects'),
    };
    index.run(record.no, searchTokens(record, extra, all, region()));
  }

  const writer: ContactWriter = {
    run(step, work) {
      let group = step.group;
      const changes: Change[] = [];
      let live = 0;
      let trashed = 0;
      const tagMoves: [tagNo: number, by: number][] = [];
      const moveTags = (nos: readonly number[], by: number) => {
        for (const no of nos) tagMoves.push([no, by]);
      };

      function openGroup(at: string): Group {
        if (step.state === 'done') journal.forgetUndone();
        const { actor, label, state } = step;
        return journal.openGroup({ id: newId(), at, actor, label, state, inverseOf: step.inverseOf ?? null });
      }

      function record(at: string, contactRecord: ContactRecord, kind: ChangeKind, entries: readonly Entry[]): void {
        group ??= openGroup(at);
        const seq = journal.append(group, at, contactRecord.id, entries);
        if (!step.fromServer) deps.queue?.(contactRecord, kind, at);
        const name = kind === 'purged' ? null : contactRecord.name;
        changes.push({ seq, at, contactId: contactRecord.id, kind, actor: step.actor, name });
      }

      const edit: Edit = {
        find: (id) => byId.get(id) as ContactRecord | undefined,
        idsOf: (of, set) => idsFrom(set, linkedNos(of, set)),
        known: (set, ids) => ids.filter((id) => lists[set].noOf(id) !== undefined),
        group: () => group,
        note(entry) {
          const at = now();
          group ??= openGroup(at);
          journal.note(group, at, entry);
        },

        create(edits, id = newId(), prepared?) {
          const at = now();
          const extra = edits.extra ?? null;
          const base = blankRecord(id, newId(), at);
          assign(base, edits);
          if (base.isArchived === 1) base.archivedAt = at;
          Object.assign(base, prepared?.derived ?? derivedColumns(base, extra, region()));
          const sets = Object.fromEntries(
            setFields.map((set) => [set, resolve(set, edits.sets?.[set] ?? [])]),
          ) as Record<SetField, number[]>;
          try {
            base.no = Number(insert.run(base).lastInsertRowid);
          } catch (error) {
            if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_UNIQUE') {
              throw new AppError('conflict', 'A contact with this id already exists');
            }
            throw error;
          }
          for (const set of setFields) for (const no of sets[set]) links[set].add.run(base.no, no);
          if (prepared) index.run(base.no, prepared.tokens + linkTokens(sets));
          else reindex(base, extra, sets);
          live += 1;
          moveTags(sets.tags, 1);
          record(at, base, 'created', [{ kind: 'created', field: null, old: null, new: written(edits) }]);
          return base;
        },

        update(current, edits) {
          const at = now();
          const next = { ...current };
          const entries: Entry[] = [];
          const note = (field: string, old: unknown, value: unknown) => {
            entries.push({ kind: 'updated', field, old, new: value });
          };
          assign(next, edits);
          for (const field of scalarFields) {
            if (next[field] !== current[field]) note(field, readField(current, field), readField(next, field));
          }
          for (const field of addressFields) {
            if (next[field] !== current[field]) note(`contact.${field}`, current[field], next[field]);
          }
          if (next.imageId !== current.imageId) note('imageId', current.imageId, next.imageId);
          if (next.extra !== current.extra) note('extra', parseExtra(current), parseExtra(next));
          const newLinks: Partial<Record<SetField, number[]>> = {};
          for (const set of setFields) {
            const ids = edits.sets?.[set];
            if (!ids) continue;
            const old = linkedNos(current, set);
            const wanted = resolve(set, ids);
            if (wanted.join() === old.join()) continue;
            for (const no of old) if (!wanted.includes(no)) links[set].remove.run(current.no, no);
            for (const no of wanted) if (!old.includes(no)) links[set].add.run(current.no, no);
            note(set, idsFrom(set, old), idsFrom(set, wanted));
            if (set === 'tags' && current.deletedAt === null) {
              moveTags(old, -1);
              moveTags(wanted, 1);
            }
            newLinks[set] = wanted;
          }
          if (entries.length === 0) return current;
          if (next.isArchived !== current.isArchived) next.archivedAt = next.isArchived === 1 ? at : null;
          const extra = parseExtra(next);
          Object.assign(next, derivedColumns(next, extra, region()), { rev: current.rev + 1, updatedAt: at });
          update.run(next);
          if (next.deletedAt === null) reindex(next, extra, newLinks);
          record(at, next, 'updated', entries);
          return next;
        },

        setDeleted(current, deleted) {
          if (deleted === (current.deletedAt !== null)) return current;
          const at = now();
          const next = { ...current, deletedAt: deleted ? at : null, rev: current.rev + 1, updatedAt: at };
          update.run(next);
          if (deleted) unindex.run(next.no);
          else reindex(next, parseExtra(next));
          live += deleted ? -1 : 1;
          trashed += deleted ? 1 : -1;
          moveTags(linkedNos(next, 'tags'), deleted ? -1 : 1);
          const kind = deleted ? 'deleted' : 'restored';
          record(at, next, kind, [{ kind, field: 'deletedAt', old: current.deletedAt, new: next.deletedAt }]);
          return next;
        },

        purge(current) {
          if (current.deletedAt === null) throw new AppError('conflict', `${current.name} is not in the trash`);
          remove.run(current.no);
          trashed -= 1;
          journal.erase(current.id);
          record(now(), current, 'purged', [{ kind: 'purged', field: null, old: null, new: null }]);
        },
      };

      let result: ReturnType<typeof work>;
      try {
        result = store.transaction(
          () => {
            const done = work(edit);
            if (changes.length > 0) counts.add(live, trashed);
            return done;
          },
          step.sliced ? 'later' : 'now',
        );
      } catch (error) {
        // The work may have made or deleted a tag, which then did not happen.
        lists.refresh();
        throw error;
      }
      step.group = group;
      counts.moveTags(tagMoves);
      for (const change of changes) deps.announce(change);
      if (changes.length > 0) deps.onCommit?.();
      return result;
    },

    each: (step, items, work) =>
      slices.each(items, (part) => {
        writer.run(step, (edit) => {
          for (const item of part()) work(edit, item);
        });
      }),
  };
  return writer;
}

function linkStatements(db: Store['db'], set: SetField) {
  const { table, other } = joins[set];
  return {
    read: db.prepare(`select ${other} from ${table} where contact_no = ? order by ${other}`).pluck(),
    add: db.prepare(`insert or ignore into ${table} (contact_no, ${other}) values (?, ?)`),
    remove: db.prepare(`delete from ${table} where contact_no = ? and ${other} = ?`),
  };
}

/** The values a contact was created with, for its history: what was said, not what was left out. */
function written({ scalars, address, sets, extra, imageId }: Edits): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  const say = (field: string, value: unknown) => {
    if (value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)) said[field] = value;
  };
  for (const [field, value] of Object.entries(scalars ?? {})) say(field, value);
  for (const [field, value] of Object.entries(address ?? {})) say(`contact.${field}`, value);
  for (const [set, ids] of Object.entries(sets ?? {})) say(set, ids);
  say('extra', extra);
  say('imageId', imageId);
  return said;
}
