import { isObject, isUuid, textOf } from './call.ts';
import type { Collection, ColumnType } from './collections.ts';
import { StatuslessError, unknownProperty } from './errors.ts';
import type { BaseRow } from './rows.ts';
import type { World } from './world.ts';

/** One term of a filter: conditions of which a row must meet all. */
export type Term = Readonly<Record<string, unknown>>;
export type Predicate<R> = (row: R) => boolean;

/**
 * The predicate of one term: equality on columns, "one of" on relations.
 * @param contains columns of `collection.searched` are searched by "contains" rather than compared
 * @throws StatuslessError for unknown columns and for values that the database refuses
 */
export function predicateOf<R extends BaseRow>(
  world: World,
  collection: Collection<R>,
  term: Term,
  contains: boolean,
): Predicate<R> {
  const checks = Object.entries(term).map(([key, value]) => condition(world, collection, key, value, contains));
  return (row) => checks.every((check) => check(row));
}

function condition<R extends BaseRow>(
  world: World,
  collection: Collection<R>,
  key: string,
  value: unknown,
  contains: boolean,
): Predicate<R> {
  if (key === 'organization' || key === 'tenant') {
    return condition(world, collection, `${key}Id`, isObject(value) ? value.id : undefined, contains);
  }
  const links = collection.links[key];
  if (links) {
    const wanted = linkedIds(key, value);
    return (row) => links(world, row).some((id) => wanted.includes(id));
  }
  const type = Object.hasOwn(collection.columns, key) ? collection.columns[key] : undefined;
  if (type === undefined) throw unknownProperty(key, collection.entity);
  if (typeof value === 'object' || value === undefined) {
    throw new StatuslessError('query', `invalid input syntax for column "${key}": ${JSON.stringify(value)}`);
  }
  if (contains && collection.searched.includes(key)) {
    const pattern = likePattern(`%${textOf(value)}%`);
    return (row) => pattern.test(textOf(column(row, key) ?? ''));
  }
  const operand = operandOf(world, type, value);
  return (row) => column(row, key) === operand;
}

/** The value of a column by its name. */
export const column = (row: BaseRow, key: string): unknown => (row as unknown as Record<string, unknown>)[key];

function linkedIds(key: string, value: unknown): readonly unknown[] {
  if (isObject(value) && 'id' in value) return Array.isArray(value.id) ? value.id : [value.id];
  if (key === 'members' && Array.isArray(value)) return value;
  throw new StatuslessError('property', `Property "0" was not found in "${key}". Make sure your query is correct.`);
}

function operandOf(world: World, type: ColumnType, value: unknown): unknown {
  return world.settings.database === 'sqlite' ? sqliteOperand(type, value) : postgresOperand(type, value);
}

function postgresOperand(type: ColumnType, value: unknown): unknown {
  const text = textOf(value);
  const refuse = (name: string): never => {
    throw new StatuslessError('query', `invalid input syntax for type ${name}: "${text}"`);
  };
  if (typeof type !== 'string') {
    if (type.includes(text)) return text;
    throw new StatuslessError('query', `invalid input value for enum: "${text}"`);
  }
  if (type === 'uuid') return isUuid(value) ? value.toLowerCase() : refuse('uuid');
  if (type === 'integer') return /^-?\d+$/.test(text) ? Number(text) : refuse('integer');
  if (type === 'boolean') return /^(true|false)$/.test(text) ? text === 'true' : refuse('boolean');
  if (type === 'time') return Number.isNaN(Date.parse(text)) ? refuse('timestamp') : Date.parse(text) * 1000;
  return text;
}

/** SQLite refuses nothing; a time is equal only in its own spelling. */
function sqliteOperand(type: ColumnType, value: unknown): unknown {
  const text = textOf(value);
  if (type === 'integer') return Number(text);
  if (type === 'boolean') return value === true || text === 'true' || text === '1';
  if (type === 'time')
    return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}Z`) * 1000 : Number.NaN;
  return text;
}

/** An SQL LIKE pattern, without regard to case. */
function likePattern(like: string): RegExp {
  const escaped = like.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'isu');
}
