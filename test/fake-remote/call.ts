import { parse } from 'qs';
import { HttpError } from './errors.ts';
import type { UserRow } from './rows.ts';
import type { RemoteRequest, RemoteResponse } from './transport.ts';
import type { World } from './world.ts';

/** Who asks: the person of the access token. */
export interface Caller {
  readonly user: UserRow;
  readonly tenantId: string;
  readonly employeeId: string | null;
}

/** One request on its way through a route. */
export interface Call {
  readonly world: World;
  readonly request: RemoteRequest;
  /** The path without the query. */
  readonly pathname: string;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The JSON body; `{}` where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Null on public routes. */
  readonly caller: Caller | null;
}

/** What a route gives back; the status is the route's own unless named. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body: RemoteResponse['body'];
}

const jsonType = { 'content-type': 'application/json; charset=utf-8' };

export const json = (value: unknown): Reply => ({ headers: jsonType, body: JSON.stringify(value) });

/** A list, in pieces where it is long. */
export function jsonList(rows: readonly unknown[], total: number, entityOf: (row: never) => unknown): Reply {
  const text = (row: unknown): string => JSON.stringify(entityOf(row as never));
  if (rows.length <= 500)
    return { headers: jsonType, body: `{"items":[${rows.map(text).join(',')}],"total":${total}}` };
  return {
    headers: jsonType,
    body: {
      *[Symbol.iterator]() {
        for (let from = 0; from < rows.length; from += 200) {
          yield (
            (from === 0 ? '{"items":[' : ',') +
            rows
              .slice(from, from + 200)
              .map(text)
              .join(',')
          );
        }
        yield `],"total":${total}}`;
      },
    },
  };
}

/** The query as Express's extended parser reads it: at most 20 entries of a list, else an object. */
export function parseQuery(text: string): Record<string, unknown> {
  return text === '' ? {} : parse(text, { allowPrototypes: true });
}

/** The JSON body; anything but JSON is no body. */
export function parseBody(request: RemoteRequest, headers: Readonly<Record<string, string>>): Record<string, unknown> {
  if (!request.body || request.body.length === 0 || !headers['content-type']?.includes('json')) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(request.body).toString());
    return isObject(value) ? value : {};
  } catch (error) {
    throw new HttpError(400, { message: (error as Error).message, error: 'Bad Request', statusCode: 400 });
  }
}

/** The `data` parameter; invalid JSON is as if it were absent. */
export function dataOf(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(textOf(query.data));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** A value as text: a string as it is, anything else as JSON. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (value: unknown): value is string => typeof value === 'string' && uuidPattern.test(value);

/** An id of the path, as the server's pipe lets it through (406 otherwise). */
export function uuidParam(call: Call, name = 'id'): string {
  const value = call.params[name];
  if (!isUuid(value))
    throw new HttpError(406, { statusCode: 406, message: 'Validation failed (valid uuid is expected)' });
  return value.toLowerCase();
}

/** The caller of a route that is not public. */
export function callerOf({ caller }: Call): Caller {
  if (!caller) throw new Error('The route needs a caller');
  return caller;
}
