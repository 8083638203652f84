import type { Relation } from '../../shared/contact.ts';
import type { Where } from '../../shared/query.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Lists } from '../lists/lists.ts';
import type { Slices } from '../store/slices.ts';
import type { Store } from '../store/open.ts';
import { orderClause, whereCondition, type Condition } from './filter.ts';
import { createMatching } from './matching.ts';
import type { ContactReader } from './reader.ts';
import type { ContactRecord, Profile } from './record.ts';
import { cutDown } from './selection.ts';
import { liveness, type Totals } from './totals.ts';
import { selectContact, type Counts } from './writer.ts';

export interface QueryDeps {
  store: Store;
  lists: Lists;
  reader: ContactReader;
  totals: Totals;
  counts: Counts;
  slices: Slices;
  profile: Profile;
}

type Names = 'contact.find' | 'contact.paginate' | 'contact.count' | 'contact.ofEmployee';

const defaultTake = 10;
const streamed = 200;
/** So many matches are put in order by themselves; among more of them a page is soon found in the order of the book. */
const sortedByThemselves = 1000;

/** Ever Gauzy's ways to read contacts: filtered and ordered lists, pages of them, and their number. */
export function queryHandlers(deps: QueryDeps): HandlersOf<Names> {
  const { store, lists, reader, totals, profile } = deps;
  const matching = createMatching(deps);

  /** Filters, with the organization that may stand beside them: another one finds nothing. */
  const within = (organizationId: string | null | undefined, groups: readonly Where[]): readonly Where[] =>
    organizationId && organizationId !== profile.organizationId ? [{ organizationId }] : groups;

  const among = `no in (select value from json_each(?))`;

  function* inPieces(condition: Condition, nos: readonly number[] | null): Generator<ContactRecord[]> {
    const filters = `${selectContact} where ${liveness.live} and (${condition.sql})`;
    if (nos !== null) {
      for (let index = 0; index < nos.length; index += streamed) {
        const piece = JSON.stringify(nos.slice(index, index + streamed));
        yield store.statement(`${filters} and ${among} order by no`).all(...condition.values, piece) as ContactRecord[];
      }
      return;
    }
    let last = 0;
    for (;;) {
      const records = store
        .statement(`${filters} and no > ? order by no limit ${streamed}`)
        .all(...condition.values, last) as ContactRecord[];
      if (records.length === 0) return;
      yield records;
      last = records.at(-1)?.no ?? last;
    }
  }

  function* asJson(pieces: Iterable<ContactRecord[]>, total: number, relations: readonly Relation[] | undefined) {
    let separator = '{"items":[';
    for (const records of pieces) {
      if (records.length === 0) continue;
      yield separator + reader.entities(records, relations).map((entity) => JSON.stringify(entity)).join(',');
      separator = ',';
    }
    yield `${separator === ',' ? '' : separator}],"total":${total}}`;
  }

  return {
    'contact.find'(input) {
      const { employeeId, ...where } = input.data?.findInput ?? {};
      const members = employeeId === undefined ? where.members : [employeeId];
      const filter: Where = { ...where, ...(members === undefined ? {} : { members }) };
      const condition = whereCondition(within(input.organizationId, [filter]), lists, profile);
      const file = (nos: readonly number[] | null) => ({
        mediaType: 'application/json; charset=utf-8',
        chunks: asJson(inPieces(condition, nos), nos?.length ?? totals(condition, 'live'), input.data?.relations),
      });
      return condition.isIndexed ? file(null) : matching(condition, 'live').then(file);
    },

    'contact.paginate'(input) {
      const condition = whereCondition(within(input.organizationId, input.where ?? []), lists, profile);
      const state = input.withDeleted ? 'both' : 'live';
      const take = input.take ?? defaultTake;
      const skipped = take * ((input.skip ?? 1) - 1);
      const filters = `${liveness[state]} and (${condition.sql})`;
      const read = (where: string, values: readonly (string | number)[], offset: number) =>
        store
          .statement(`${selectContact} where ${where} order by ${orderClause(input.order)} limit ? offset ?`)
          .all(...values, take, offset) as ContactRecord[];
      const answer = (records: readonly ContactRecord[], total: number) => ({
        items: cutDown(reader.entities(records, input.relations), input.select, input.relations),
        total,
      });
      if (condition.isIndexed) return answer(read(filters, condition.values, skipped), totals(condition, state));

      return matching(condition, state).then((nos) => {
        if (input.order && nos.length > sortedByThemselves) return answer(read(filters, condition.values, skipped), nos.length);
        const [candidates, offset] = input.order ? [nos, skipped] : [nos.slice(skipped, skipped + take), 0];
        const found = read(`${among} and ${filters}`, [JSON.stringify(candidates), ...condition.values], offset);
        return answer(found, nos.length);
      });
    },

    'contact.count'(input) {
      const condition = whereCondition([input], lists, profile);
      return condition.isIndexed ? totals(condition, 'live') : matching(condition, 'live').then((nos) => nos.length);
    },

    'contact.ofEmployee'(input) {
      const where: Where = {
        members: [input.employeeId],
        ...(input.contactType ? { contactType: input.contactType } : {}),
        ...(input.organizationId ? { organizationId: input.organizationId } : {}),
      };
      const condition = whereCondition([where], lists, profile);
      const records = store
        .statement(`${selectContact} where ${liveness.live} and (${condition.sql}) order by sort_name, no`)
        .all(...condition.values) as ContactRecord[];
      return reader.entities(records).map(({ id, name, imageUrl, image }) => ({ id, name, imageUrl, image }));
    },
  };
}
