import type { Relation } from '../../shared/contact.ts';
import type { Order, Where } from '../../shared/query.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Lists } from '../lists/lists.ts';
import type { Turns } from '../store/slices.ts';
import type { Store } from '../store/open.ts';
import { indexedOrder, orderClause, orderKeys, type OrderKey } from './contact-order.ts';
import { whereCondition, type Condition, type WhereCondition } from './filter.ts';
import type { Matching } from './matching.ts';
import { createOrderWalk, type Stretch } from './order-walk.ts';
import type { ContactReader } from './reader.ts';
import type { ContactRecord, Profile } from './record.ts';
import { cutDown } from './selection.ts';
import { liveness, type Totals } from './totals.ts';
import { selectContact } from './writer.ts';

export interface QueryDeps {
  store: Store;
  lists: Lists;
  reader: ContactReader;
  totals: Totals;
  slices: Turns;
  matching: Matching;
  profile: Profile;
}

type Names = 'contact.find' | 'contact.paginate' | 'contact.count' | 'contact.ofEmployee';

const defaultTake = 10;
const streamed = 200;
/** So many matches are put in order by themselves; among more of them a page is soon found along an index. */
const sortedByThemselves = 1000;
/** Pages beyond this many contacts in the order of the book are taken from its numbers, which are kept until a change. */
const nearTheBeginning = 5000;
const byName = orderKeys({ name: 'ASC' });

/** Ever Gauzy's ways to read contacts: filtered and ordered lists, pages of them, and their number. */
export function queryHandlers(deps: QueryDeps): HandlersOf<Names> {
  const { store, lists, reader, totals, matching, profile } = deps;
  const walk = createOrderWalk(deps);

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

  function* asJsonArray(nos: readonly number[]) {
    let separator = '[';
    for (let index = 0; index < nos.length; index += streamed) {
      const contacts = reader.brief(nos.slice(index, index + streamed));
      if (contacts.length === 0) continue;
      yield separator + contacts.map((contact) => JSON.stringify(contact)).join(',');
      separator = ',';
    }
    yield `${separator === ',' ? '' : separator}]`;
  }

  /** The numbers of one page and how many there are in all. However far off the page is, nothing is sorted at a stretch. */
  async function placed(
    condition: WhereCondition,
    state: 'live' | 'both',
    wanted: Order | undefined,
    { skip, take }: Stretch,
  ): Promise<{ nos: readonly number[]; total: number }> {
    const keys = orderKeys(wanted);
    const index = indexedOrder(wanted);
    const numbers = (of: 'live' | 'both') =>
      store.statement(`select no from contact where ${liveness[of]} and (${condition.sql})`).pluck().all(...condition.values) as number[];
    if (condition.isById) {
      const nos = numbers(state);
      return { nos: sorted(nos, keys, { skip, take }), total: nos.length };
    }
    if (condition.isIndexed && index && (keys.length > 0 || skip <= nearTheBeginning)) {
      const isAll = condition.sql === '1' || condition.sql === '(1)';
      const trashed = state === 'both' ? await matching(condition, 'trashed', keys) : [];
      const total = totals(condition, 'live') + trashed.length;
      if (skip >= total) return { nos: [], total };
      const isFew = !isAll && total <= sortedByThemselves;
      const nos = isFew ? sorted([...numbers('live'), ...trashed], keys, { skip, take }) : await walk(index, condition, trashed, { skip, take });
      return { nos, total };
    }
    const all = await matching(condition, state, keys);
    return { nos: all.slice(skip, skip + take), total: all.length };
  }

  /** One stretch of a few contacts. */
  function sorted(nos: readonly number[], keys: readonly OrderKey[], { skip, take }: Stretch): number[] {
    return store
      .statement(`select no from contact where ${among} order by ${orderClause(keys)} limit ? offset ?`)
      .pluck()
      .all(JSON.stringify(nos), take, skip) as number[];
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

    async 'contact.paginate'(input) {
      const condition = whereCondition(within(input.organizationId, input.where ?? []), lists, profile);
      const state = input.withDeleted ? 'both' : 'live';
      const take = input.take ?? defaultTake;
      const stretch: Stretch = { skip: take * ((input.skip ?? 1) - 1), take };
      const { nos, total } = await placed(condition, state, input.order, stretch);
      const items = cutDown(reader.entities(reader.byNos(nos), input.relations), input.select, input.relations);
      return { items, total };
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
      return matching(condition, 'live', byName).then((nos) => ({
        mediaType: 'application/json; charset=utf-8',
        chunks: asJsonArray(nos),
      }));
    },
  };
}
