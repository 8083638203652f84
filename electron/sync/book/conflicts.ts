import type { ConflictChoice, ConflictKind } from '../../../shared/operations/sync.ts';
import type { Store } from '../../store/open.ts';
import { selectList } from '../../store/rows.ts';
import { syncConflict } from '../../store/sync-schema.ts';

export interface Conflict {
  id: string;
  contactId: string | null;
  kind: ConflictKind;
  field: string | null;
  base: unknown;
  mine: unknown;
  theirs: unknown;
  otherId: string | null;
  createdAt: string;
  resolvedAt: string | null;
  choice: ConflictChoice | null;
}

export type NewConflict = Pick<Conflict, 'contactId' | 'kind'> & Partial<Pick<Conflict, 'field' | 'base' | 'mine' | 'theirs' | 'otherId'>>;

export interface Conflicts {
  /** Notes a conflict; an older one of the same field gives way. Answers with its id. */
  add(conflict: NewConflict): string;
  get(id: string): Conflict | undefined;
  open(): Conflict[];
  openIds(): string[];
  ofKind(kind: ConflictKind): Conflict[];
  openOf(contactId: string, kind: ConflictKind): Conflict | undefined;
  /** Whether the same is asked already. */
  isAsked(conflict: Pick<Conflict, 'contactId' | 'kind' | 'field'>): boolean;
  resolve(id: string, choice: ConflictChoice | null): void;
  /** Asks again what was answered. */
  reopen(id: string): void;
  setMine(id: string, mine: unknown): void;
  /** Brings open conflicts of fields up to what the server holds by now: it is that which an answer replaces. */
  refresh(contactId: string, theirs: (field: string) => unknown): void;
  count(): number;
}

type Row = typeof syncConflict.$inferSelect;

export function createConflicts(store: Store, now: () => string, newId: () => string): Conflicts {
  const select = `select ${selectList(syncConflict)} from sync_conflict`;
  const text = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value));
  const parse = (value: string | null): unknown => (value === null ? null : JSON.parse(value));
  const read = (row: Row): Conflict => ({
    ...row,
    kind: row.kind as ConflictKind,
    choice: row.choice as ConflictChoice | null,
    base: parse(row.base),
    mine: parse(row.mine),
    theirs: parse(row.theirs),
  });
  const all = (where: string, ...values: string[]) => (store.statement(`${select} where ${where}`).all(...values) as Row[]).map(read);

  return {
    add({ contactId, kind, field = null, base, mine, theirs, otherId = null }) {
      const id = newId();
      const at = now();
      if (field !== null) {
        store
          .statement('update sync_conflict set resolved_at = ? where contact_id = ? and field = ? and resolved_at is null')
          .run(at, contactId, field);
      }
      store
        .statement(
          `insert into sync_conflict (id, contact_id, kind, field, base, mine, theirs, other_id, created_at)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(id, contactId, kind, field, text(base), text(mine), text(theirs), otherId, at);
      return id;
    },
    get: (id) => all('id = ?', id)[0],
    open: () => all('resolved_at is null order by created_at, id'),
    openIds: () => store.statement('select id from sync_conflict where resolved_at is null order by created_at, id').pluck().all() as string[],
    ofKind: (kind) => all('kind = ? order by created_at desc', kind),
    openOf: (contactId, kind) => all('contact_id = ? and kind = ? and resolved_at is null', contactId, kind)[0],
    isAsked: ({ contactId, kind, field }) =>
      store
        .statement('select 1 from sync_conflict where contact_id is ? and kind = ? and field is ? and resolved_at is null')
        .get(contactId, kind, field) !== undefined,
    resolve(id, choice) {
      store.statement('update sync_conflict set resolved_at = ?, choice = ? where id = ?').run(now(), choice, id);
    },
    reopen(id) {
      store.statement('update sync_conflict set resolved_at = null, choice = null where id = ?').run(id);
    },
    setMine(id, mine) {
      store.statement('update sync_conflict set mine = ? where id = ?').run(text(mine), id);
    },
    refresh(contactId, theirs) {
      const asked = store.statement('select id, field, theirs from sync_conflict where contact_id = ? and field is not null and resolved_at is null');
      for (const { id, field, theirs: known } of asked.all(contactId) as Pick<Row, 'id' | 'field' | 'theirs'>[]) {
        const now = text(theirs(field ?? ''));
        if (now !== known) store.statement('update sync_conflict set theirs = ? where id = ?').run(now, id);
      }
    },
    count: () => store.statement('select count(*) from sync_conflict where resolved_at is null').pluck().get() as number,
  };
}
