import { isObject, isUuid, jsonList, type Call, type Reply } from './call.ts';
import type { Collection } from './collections.ts';
import { badRequest, HttpError, StatuslessError, unknownProperty, wrappedQueryError } from './errors.ts';
import { column, predicateOf, type Term } from './filter.ts';
import { relationsOf } from './relations.ts';
import type { BaseRow } from './rows.ts';
import type { World } from './world.ts';

/** `GET …/pagination` of a table. `skip` is the number of a page, from 1. */
export const pagination =
  <R extends BaseRow>(collection: Collection<R>) =>
  (call: Call): Reply => {
    const { world, query } = call;
    const { take, skip } = window(query);
    const terms = termsOf(call);
    try {
      const order = orderOf(query.order, collection);
      const relations = relationList(query.relations, collection);
      const selected = selectedColumns(query.select, collection, order);
      const rows = sortedRows(world, collection, terms, order, query.withDeleted === 'true', call.caller?.tenantId);
      const page = rows.slice(take * (skip - 1), take * skip);
      if (order.length === 0) page.reverse();
      return jsonList(page, rows.length, (row: R) => {
        const entity = collection.show(world, row, relations);
        return selected
          ? Object.fromEntries([...selected, ...Object.keys(relations)].map((key) => [key, entity[key]]))
          : entity;
      });
    } catch (error) {
      throw error instanceof StatuslessError ? refusal(error) : error;
    }
  };

/** How the lists wrap an error without a status: names of the mapper give an empty body. */
function refusal(error: StatuslessError): HttpError {
  return error.origin === 'property' ? new HttpError(400, {}) : wrappedQueryError(error.message);
}

function window(query: Call['query']): { take: number; skip: number } {
  const errors: string[] = [];
  const number = (name: 'take' | 'skip', most: number): number | undefined => {
    if (query[name] === undefined) return undefined;
    const value = Number(query[name]);
    if (!Number.isFinite(value)) errors.push(`${name} must be a number conforming to the specified constraints`);
    else if (value > most) errors.push(`${name} must not be greater than ${most}`);
    else if (value < 0) errors.push(`${name} must not be less than 0`);
    return value;
  };
  const take = number('take', 100);
  const skip = number('skip', Number.MAX_SAFE_INTEGER);
  if (errors.length > 0) throw badRequest(errors);
  if (skip !== undefined && skip >= 1 && take === undefined) throw new HttpError(400, {});
  return { take: take || 10, skip: skip || 1 };
}

/** The terms of `where`, one or the up to 20 of the OR form, each within an organisation of the caller. */
function termsOf(call: Call): { list: Term[]; contains: boolean } {
  const where = asBooleans(call.query.where);
  if (where === undefined || where === '') throw badRequest(['where should not be empty']);
  if (Array.isArray(where)) {
    const list = where.filter(isObject);
    list.forEach((term, i) => checkOrganization(call, term, `where.${i}.`));
    return { list, contains: false };
  }
  const term = isObject(where) ? where : {};
  checkOrganization(call, term, 'where.');
  return { list: [term], contains: true };
}

function checkOrganization({ world, caller }: Call, term: Term, prefix: string): void {
  const id = term.organizationId ?? (isObject(term.organization) ? term.organization.id : undefined);
  if (!isUuid(id))
    throw badRequest([`${prefix}organization must be an object`, `${prefix}organizationId must be a UUID`]);
  if (!isMember(world, caller?.user.id, id)) throw badRequest([`${prefix}${notAssociated(caller?.user.id)}`]);
}

export const notAssociated = (userId: string | undefined): string =>
  `The user with ID ${userId} is not associated with the specified organization.`;

/** Whether a user belongs to an organisation. */
export function isMember(world: World, userId: string | undefined, organizationId: string): boolean {
  const id = organizationId.toLowerCase();
  for (const row of world.tables.memberships.values())
    if (row.userId === userId && row.organizationId === id) return true;
  return false;
}

/** Filter values that parse as JSON become booleans: `true`, but also `555`. */
function asBooleans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asBooleans);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asBooleans(one)]));
  if (typeof value !== 'string') return value;
  try {
    return Boolean(JSON.parse(value));
  } catch {
    return value;
  }
}

type Schema = Pick<Collection<BaseRow>, 'columns' | 'entity'>;
type Order = readonly { key: string; descending: boolean }[];

function orderOf(order: unknown, { columns, entity }: Schema): Order {
  if (!isObject(order)) return [];
  return Object.entries(order).map(([key, direction]) => {
    if (!Object.hasOwn(columns, key)) throw unknownProperty(key, entity);
    return { key, descending: String(direction).toUpperCase() === 'DESC' };
  });
}

/** A list of names; an object is ignored, a plain string is an error. */
function relationList(relations: unknown, { entity }: Schema): ReturnType<typeof relationsOf> {
  if (typeof relations === 'string') throw unknownProperty(relations, entity);
  return relationsOf(relations, entity);
}

/** The columns to show, all where null. Each ordered column must be among them. */
function selectedColumns(select: unknown, { columns, entity }: Schema, order: Order): string[] | null {
  if (!isObject(select)) return null;
  const names = Object.keys(select).filter((name) => select[name] !== 'false');
  const unknown =
    names.find((name) => !Object.hasOwn(columns, name)) ?? order.find(({ key }) => !names.includes(key))?.key;
  if (unknown !== undefined) throw unknownProperty(unknown, entity);
  return entity === 'OrganizationContact' ? [...names, 'image'] : names;
}

interface SortedRows {
  revision: number;
  byQuery: Map<string, readonly BaseRow[]>;
}

const cache = new WeakMap<World, SortedRows>();

/** All rows of a query in order; kept until something is written. */
function sortedRows<R extends BaseRow>(
  world: World,
  collection: Collection<R>,
  { list, contains }: { list: Term[]; contains: boolean },
  order: Order,
  withDeleted: boolean,
  tenantId: string | undefined,
): readonly R[] {
  const kept = cache.get(world);
  const sorted = kept?.revision === world.revision ? kept : { revision: world.revision, byQuery: new Map() };
  cache.set(world, sorted);
  const key = JSON.stringify([collection.entity, list, contains, order, withDeleted, tenantId]);
  const known = sorted.byQuery.get(key);
  if (known) return known as readonly R[];
  const predicates = list.map((term) => predicateOf(world, collection, term, contains));
  const matching = candidates(collection.rows(world), list).filter(
    (row) =>
      row.tenantId === tenantId && (withDeleted || row.deletedAt === null) && predicates.some((check) => check(row)),
  );
  matching.sort(comparator(order, world.settings.database === 'postgres'));
  sorted.byQuery.set(key, matching);
  return matching;
}

/** The rows to look through: only those named where every term names one. */
function candidates<R extends BaseRow>(rows: ReadonlyMap<string, R>, terms: readonly Term[]): R[] {
  if (!terms.every(({ id }) => typeof id === 'string')) return [...rows.values()];
  const ids = new Set(terms.map(({ id }) => String(id).toLowerCase()));
  return [...ids].flatMap((id) => rows.get(id) ?? []);
}

/** By the columns asked for, then by id. Nulls are the largest on PostgreSQL, the smallest on SQLite. */
function comparator(order: Order, nullsLargest: boolean): (a: BaseRow, b: BaseRow) => number {
  const compare = (a: unknown, b: unknown): number => {
    if (a === b) return 0;
    if (a === null) return nullsLargest ? 1 : -1;
    if (b === null) return nullsLargest ? -1 : 1;
    return (a as string | number) < (b as string | number) ? -1 : 1;
  };
  return (a, b) => {
    for (const { key, descending } of order) {
      const result = compare(column(a, key), column(b, key));
      if (result !== 0) return descending ? -result : result;
    }
    return compare(a.id, b.id);
  };
}
