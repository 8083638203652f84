import { addressFields, type SetField } from '../../shared/contact.ts';
import { filterColumns, type containsColumns, type FilterColumn, type Where } from '../../shared/query.ts';
import { fold } from '../../shared/text.ts';
import { joins, type Lists } from '../lists/lists.ts';
import { getTableColumns } from '../store/drizzle.ts';
import { contact } from '../store/schema.ts';
import { columnValue } from './edits.ts';
import { sortLength, type Profile } from './record.ts';

/** A condition in SQL with the values of its `?`. */
export interface Condition {
  sql: string;
  values: (string | number)[];
  /** What matches is among the contacts that have one of these. */
  linked?: Linked | undefined;
}

export interface Linked {
  set: SetField;
  nos: readonly number[];
}

export interface WhereCondition extends Condition {
  /** False where every contact has to be looked at to know which ones match. */
  isIndexed: boolean;
  /** Names the contacts by their ids: there are no more than groups of filters. */
  isById: boolean;
}

const columns = getTableColumns(contact);
const columnOf = (key: keyof typeof columns) => columns[key].name;
/** A list filtered by these alone is read off an index. */
const indexed = new Set<string>(['id', 'contactType', 'budget', 'createdAt', 'updatedAt'] satisfies FilterColumn[]);
const aboutTheBook = new Set<string>(['tenantId', 'organizationId', 'tenant', 'organization', 'createdByUserId'] satisfies (keyof Where)[]);

/** Contains-search in any case: a name also without its diacritics, as it is sorted. */
const contains: Record<(typeof containsColumns)[number], (text: string) => Condition> = {
  name(text) {
    const needle = fold(text);
    const inWhole = `instr(folded(name), ?) > 0`;
    // What is sorted by has no outer blanks and may be cut off.
    return needle === needle.trim()
      ? { sql: `(instr(sort_name, ?) > 0 or (length(sort_name) >= ${sortLength / 2} and ${inWhole}))`, values: [needle, needle] }
      : { sql: inWhole, values: [needle] };
  },
  primaryEmail: (text) => containsInAnyCase('primary_email', text),
  primaryPhone: (text) => containsInAnyCase('primary_phone', text),
};

/** SQLite's own `lower` knows the letters of ASCII only, but is faster. */
function containsInAnyCase(column: string, text: string): Condition {
  const needle = text.toLowerCase();
  const lower = /^\p{ASCII}*$/u.test(needle) ? 'lower' : 'lowered';
  return { sql: `instr(${lower}(${column}), ?) > 0`, values: [needle] };
}

/**
 * Ever Gauzy's `where` as SQL: the groups are alternatives, all filters of a group must hold.
 * `name`, `primaryEmail` and `primaryPhone` are searched for in any case in a single group and compared for equality
 * when there are several. Another organization or tenant finds nothing.
 */
export function whereCondition(groups: readonly Where[], lists: Lists, profile: Profile): WhereCondition {
  const conditions = groups.map((group) => groupCondition(group, groups.length === 1, lists, profile));
  if (conditions.length === 0) return { sql: '1', values: [], isIndexed: true, isById: false };
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' or '),
    values: conditions.flatMap(({ values }) => values),
    isIndexed: conditions.every(({ isIndexed }) => isIndexed),
    isById: conditions.every(({ isById }) => isById),
    linked: conditions.length === 1 ? conditions[0]?.linked : undefined,
  };
}

function groupCondition(group: Where, search: boolean, lists: Lists, profile: Profile): WhereCondition {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...bound: (string | number)[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  if (![group.organizationId, group.organization?.id].every((id) => id === undefined || id === profile.organizationId)) add('0');
  if (![group.tenantId, group.tenant?.id].every((id) => id === undefined || id === profile.tenantId)) add('0');
  if (group.createdByUserId !== undefined && group.createdByUserId !== profile.userId) add('0');
  for (const column of Object.keys(filterColumns) as FilterColumn[]) {
    const value = group[column];
    if (value === undefined) continue;
    if (search && column in contains) {
      const condition = contains[column as keyof typeof contains](String(value));
      add(condition.sql, ...condition.values);
    } else {
      add(`${columnOf(column)} = ?`, columnValue(value) ?? '');
    }
  }
  for (const field of addressFields) {
    const value = group.contact?.[field];
    if (value !== undefined) add(`${columnOf(field)} = ?`, value);
  }
  let linked: Linked | undefined;
  for (const set of ['tags', 'members', 'projects'] as const) {
    const ids = group[set];
    if (ids === undefined) continue;
    const nos = ids.flatMap((id) => lists[set].noOf(id) ?? []);
    linked ??= { set, nos };
    const { table, other } = joins[set];
    add(
      `exists (select 1 from ${table} where contact_no = contact.no and ${other} in (select value from json_each(?)))`,
      JSON.stringify(nos),
    );
  }
  const asked = Object.entries(group).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const isIndexed = asked.includes('id') || asked.every((key) => indexed.has(key) || aboutTheBook.has(key));
  return { sql: parts.length > 0 ? parts.join(' and ') : '1', values, isIndexed, isById: asked.includes('id') || parts.includes('0'), linked };
}
