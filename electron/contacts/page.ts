import type { Parsed } from '../../shared/operations/index.ts';
import type { ContactRow, SortColumn } from '../../shared/operations/contacts.ts';
import { invalidField } from '../../shared/errors.ts';
import { fold } from '../../shared/text.ts';
import type { Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import { selectList } from '../store/rows.ts';
import { contact } from '../store/schema.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { whereCondition, type Condition } from './filter.ts';
import { createRowMaker } from './list-rows.ts';
import type { ContactReader } from './reader.ts';
import { rowColumns, type Profile, type RowRecord } from './record.ts';
import type { Search, SearchPlace } from './search.ts';
import { liveness, type Totals } from './totals.ts';

export interface PageDeps {
  store: Store;
  lists: Lists;
  reader: ContactReader;
  search: Search;
  totals: Totals;
  profile: Profile;
}

type PageInput = Parsed<'contact.page'>;
interface PageOutput {
  items: ContactRow[];
  total: number | null;
  cursor: string | null;
}

/** The expressions each column of the list is sorted by; each has an index that ends in `no`. */
const sortKeys: Record<SortColumn, readonly [string, ...string[]]> = {
  name: ['sort_name'],
  contactType: ['contact_type', 'sort_name'],
  place: ['sort_place'],
  primaryEmail: ['lower(primary_email)'],
  primaryPhone: ['primary_phone'],
  budget: ['budget'],
  updatedAt: ['updated_at'],
  createdAt: ['created_at'],
};
const nullable = new Set<SortColumn>(['place', 'primaryEmail', 'primaryPhone', 'budget']);
const countedMatches = 1000;

/** One stretch of the window's list. Empty cells sort last when ascending, as a person expects. */
export function createContactPage(deps: PageDeps): (input: PageInput) => PageOutput {
  const { store, lists, reader, search, totals, profile } = deps;
  const select = `select ${selectList(contact, [...rowColumns])}`;
  const rowByNo = store.db.prepare(`${select} from contact where no = ?`);
  const rows = createRowMaker(reader, lists);

  function searched(input: PageInput, text: string): PageOutput {
    const query = { text, types: input.types, tags: input.tags, members: input.members };
    const place = input.after === undefined ? null : placeOf(query, input.after);
    const { nos, next } = search.page(query, place, input.limit);
    const records = nos.flatMap((no) => (rowByNo.get(no) as RowRecord | undefined) ?? []);
    return {
      items: rows(records),
      total: search.count(query, countedMatches),
      cursor: next && writeCursor(query, [next.tier, next.key, next.no]),
    };
  }

  return (input) => {
    const text = input.query?.trim() ?? '';
    if (text !== '' && !input.trash) return searched(input, text);

    const sort = input.sort ?? 'name';
    const condition = listCondition(input, text, lists, profile);
    const state = input.trash ? 'trashed' : 'live';
    const query = { sort, descending: input.descending === true, state, condition };
    const keys = sortKeys[sort];
    const direction = input.descending ? 'desc' : 'asc';
    const filters = `${liveness[state]} and (${condition.sql})`;
    const last = `${keys.map((key) => `${key} ${direction}${nullable.has(sort) && !input.descending ? ' nulls last' : ''}`).join(', ')}, no ${direction}`;
    const keyColumns = keys.map((key, index) => `${key} as key${index}`).join(', ');
    const read = (where: string, order: string, values: readonly (string | number | null)[], limit: number, offset = 0) =>
      store
        .statement(`${select}, ${keyColumns} from contact where ${filters}${where} order by ${order} limit ? offset ?`)
        .all(...condition.values, ...values, limit, offset) as (RowRecord & Record<string, string | number | null>)[];

    let records: (RowRecord & Record<string, string | number | null>)[];
    if (input.after === undefined) {
      records = read('', last, [], input.limit, input.offset ?? 0);
    } else {
      const place = readCursor(query, input.after, 'after');
      if (place.length !== keys.length + 1) throw invalidField('after', 'is not a cursor');
      const beyond = input.descending ? '<' : '>';
      const filled = nullable.has(sort) ? ` and ${keys[0]} is not null` : '';
      const blank = ` and ${keys[0]} is null and no ${beyond} ?`;
      if (place[0] === null) {
        records = read(blank, `no ${direction}`, [place.at(-1) ?? 0], input.limit);
      } else {
        const tuple = `(${[...keys, 'no'].join(', ')}) ${beyond} (${place.map(() => '?').join(', ')})`;
        const order = `${keys.map((key) => `${key} ${direction}`).join(', ')}, no ${direction}`;
        records = read(`${filled} and ${tuple}`, order, place, input.limit);
        if (records.length < input.limit && nullable.has(sort)) {
          const from = input.descending ? Number.MAX_SAFE_INTEGER : 0;
          records.push(...read(blank, `no ${direction}`, [from], input.limit - records.length));
        }
      }
    }

    const end = records.at(-1);
    const cursor =
      end && records.length === input.limit
        ? writeCursor(query, [...keys.map((_, index) => end[`key${index}`] ?? null), end.no])
        : null;
    const items = rows(records.map((record) => Object.fromEntries(rowColumns.map((key) => [key, record[key]])) as RowRecord));
    return { items, total: totals(condition, state), cursor };
  };

  function placeOf(query: unknown, cursor: string): SearchPlace {
    const [tier, key, no] = readCursor(query, cursor, 'after');
    if (typeof tier !== 'number' || typeof key !== 'string' || typeof no !== 'number') {
      throw invalidField('after', 'is not a cursor');
    }
    return { tier, key, no };
  }
}

function listCondition(input: PageInput, text: string, lists: Lists, profile: Profile): Condition {
  const linked = whereCondition([{ tags: input.tags, members: input.members }].map(dropEmpty), lists, profile);
  const parts = [linked.sql];
  const values = [...linked.values];
  if (input.types?.length) {
    parts.push(`contact_type in (${input.types.map(() => '?').join(', ')})`);
    values.push(...input.types);
  }
  if (text !== '') {
    parts.push('instr(sort_name, ?) > 0');
    values.push(fold(text));
  }
  const meaningful = parts.filter((part) => part !== '(1)' && part !== '1');
  return { sql: meaningful.length > 0 ? meaningful.join(' and ') : '1', values };
}

function dropEmpty(sets: { tags: string[] | undefined; members: string[] | undefined }): { tags?: string[]; members?: string[] } {
  return {
    ...(sets.tags?.length ? { tags: sets.tags } : {}),
    ...(sets.members?.length ? { members: sets.members } : {}),
  };
}
