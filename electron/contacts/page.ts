import type { Parsed } from '../../shared/operations/index.ts';
import { sortedMatches, type ContactRow, type SortColumn } from '../../shared/operations/contacts.ts';
import { invalidField } from '../../shared/errors.ts';
import type { Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import type { Turns } from '../store/slices.ts';
import { selectList } from '../store/rows.ts';
import { contact } from '../store/schema.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Condition } from './filter.ts';
import { listCondition } from './list-condition.ts';
import { listKeys, listOrder, nullable, sortKeys } from './list-order.ts';
import { createRowMaker } from './list-rows.ts';
import type { ContactReader } from './reader.ts';
import { rowColumns, type Profile, type RowRecord } from './record.ts';
import { fullPage, type Search, type SearchPlace, type SearchQuery } from './search.ts';
import type { Matching } from './matching.ts';
import { liveness, type Totals } from './totals.ts';

export interface PageDeps {
  store: Store;
  lists: Lists;
  reader: ContactReader;
  search: Search;
  slices: Turns;
  matching: Matching;
  totals: Totals;
  profile: Profile;
}

type PageInput = Parsed<'contact.page'>;
interface PageOutput {
  items: ContactRow[];
  total: number | null;
  cursor: string | null;
}

/** One stretch of the window's list. Empty cells sort last when ascending, as a person expects. */
export function createContactPage(deps: PageDeps): (input: PageInput) => PageOutput | Promise<PageOutput> {
  const { store, lists, reader, search, slices, matching, totals, profile } = deps;
  const select = `select ${selectList(contact, [...rowColumns])}`;
  const rowByNo = store.db.prepare(`${select} from contact where no = ?`);
  const rows = createRowMaker(reader, lists);

  async function searched(input: PageInput, text: string): Promise<PageOutput> {
    const query = { text, types: input.types, tags: input.tags, members: input.members };
    const found = input.sort === undefined ? null : search.all(query, sortedMatches);
    if (input.sort !== undefined && found) return sorted(input, input.sort, query, found);
    const place = input.after === undefined ? null : placeOf(query, input.after);
    const { nos, next } = await fullPage(search, slices, query, place, input.limit);
    return {
      items: rows(recordsOf(nos)),
      total: search.count(query, sortedMatches),
      cursor: next && writeCursor(query, [next.tier, next.key, next.no]),
    };
  }

  const recordsOf = (nos: readonly number[]) => nos.flatMap((no) => (rowByNo.get(no) as RowRecord | undefined) ?? []);

  /** Where an index of the order would have to be read to its end to find few: a cursor is the index of the next row. */
  async function amongLinked(input: PageInput, condition: Condition): Promise<PageOutput> {
    const { sort = 'name', descending = false, trash = false } = input;
    const query = { sort, descending, trash, condition };
    const [offset] = input.after === undefined ? [input.offset ?? 0] : readCursor(query, input.after, 'after');
    if (typeof offset !== 'number') throw invalidField('after', 'is not a cursor');
    const nos = await matching(condition, trash ? 'trashed' : 'live', listKeys(sort, descending));
    const records = recordsOf(nos.slice(offset, offset + input.limit));
    const next = offset + input.limit;
    return { items: rows(records), total: nos.length, cursor: next < nos.length ? writeCursor(query, [next]) : null };
  }

  /** What a search found, in the order of a column; a cursor is the index of the next row. */
  function sorted(input: PageInput, sort: SortColumn, search: SearchQuery, found: readonly number[]): PageOutput {
    const descending = input.descending === true;
    const query = { search, sort, descending };
    const [offset] = input.after === undefined ? [input.offset ?? 0] : readCursor(query, input.after, 'after');
    if (typeof offset !== 'number') throw invalidField('after', 'is not a cursor');
    const records = store
      .statement(`${select} from contact where no in (select value from json_each(?)) order by ${listOrder(sort, descending)} limit ? offset ?`)
      .all(JSON.stringify(found), input.limit, offset) as RowRecord[];
    const next = offset + records.length;
    return { items: rows(records), total: found.length, cursor: next < found.length ? writeCursor(query, [next]) : null };
  }

  return (input) => {
    const text = input.query?.trim() ?? '';
    if (text !== '' && !input.trash) return searched(input, text);

    const sort = input.sort ?? 'name';
    const condition = listCondition(input, lists, profile);
    if (condition.linked) return amongLinked(input, condition);
    const state = input.trash ? 'trashed' : 'live';
    const query = { sort, descending: input.descending === true, state, condition };
    const keys = sortKeys[sort];
    const direction = input.descending ? 'desc' : 'asc';
    const filters = `${liveness[state]} and (${condition.sql})`;
    const keyColumns = keys.map((key, index) => `${key} as key${index}`).join(', ');
    const read = (where: string, order: string, values: readonly (string | number | null)[], limit: number, offset = 0) =>
      store
        .statement(`${select}, ${keyColumns} from contact where ${filters}${where} order by ${order} limit ? offset ?`)
        .all(...condition.values, ...values, limit, offset) as (RowRecord & Record<string, string | number | null>)[];

    let records: (RowRecord & Record<string, string | number | null>)[];
    if (input.after === undefined) {
      records = read('', listOrder(sort, input.descending === true), [], input.limit, input.offset ?? 0);
    } else {
      const place = readCursor(query, input.after, 'after');
      if (place.length !== keys.length + 1) throw invalidField('after', 'is not a cursor');
      const beyond = input.descending ? '<' : '>';
      const filled = nullable.has(sort) ? ` and ${keys[0]} is not null` : '';
      const blank = ` and ${keys[0]} is null and no ${beyond} ?`;
      if (place[0] === null) {
        records = read(blank, `no ${direction}`, [place.at(-1) ?? 0], input.limit);
      } else {
        // The first key by itself: SQLite does not look up a row of keys in an index on an expression.
        const tuple = `${keys[0]} ${beyond}= ? and (${[...keys, 'no'].join(', ')}) ${beyond} (${place.map(() => '?').join(', ')})`;
        const order = `${keys.map((key) => `${key} ${direction}`).join(', ')}, no ${direction}`;
        records = read(`${filled} and ${tuple}`, order, [place[0] ?? null, ...place], input.limit);
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
