import type { IncomingMessage } from 'node:http';
import { errorBody, toAppError } from '../../shared/errors.ts';
import { pathParameters } from '../../shared/operation.ts';
import { allows } from '../../shared/permissions.ts';
import { commonHeaders, errorHeaders, jsonType } from './answer.ts';
import type { HttpContext } from './context.ts';
import { isNotModified, revisionTag, weakTag } from './etag.ts';
import type { LoggedResponse } from './logged-response.ts';
import { restRoutes, type RestRoute } from './operation-routes.ts';
import type { Session } from './sessions.ts';

/** Answers the request if it is a plain read; false leaves it, untouched, to the routes. */
export type PlainReads = (request: IncomingMessage, response: LoggedResponse) => boolean;

/**
 * The most frequent request, one entity by its id and nothing else asked, answered without the router and its hooks:
 * they cost more than reading the contact. Whatever is not that simple (a query, an escaped path, a Tenant-Id, a token
 * that may not) is left to the routes, which answer it in full.
 */
export function createPlainReads(context: HttpContext): PlainReads {
  const byPrefix = new Map<string, RestRoute>(
    restRoutes()
      .filter(({ rest, operation }) => rest.method === 'GET' && operation.stream === undefined && isEntityPath(rest.path))
      .map((route) => [`/api${route.rest.path.slice(0, route.rest.path.indexOf(':'))}`, route] as const),
  );

  return (request, response) => {
    const url = request.url ?? '';
    const end = url.lastIndexOf('/') + 1;
    const route = request.method === 'GET' ? byPrefix.get(url.slice(0, end)) : undefined;
    const id = url.slice(end);
    if (!route || !uuidPath.test(id) || request.headers['tenant-id'] !== undefined) return false;
    const session = sessionFor(request, route, context);
    if (!session) return false;

    response.route = `/api${route.rest.path}`;
    const { allowed, limit, remaining, reset } = context.limiter(session.digest, session.rate);
    if (!allowed) return false;
    const headers: Record<string, string | number> = commonHeaders(response.requestId);
    headers['ratelimit-limit'] = limit;
    headers['ratelimit-remaining'] = remaining;
    headers['ratelimit-reset'] = reset;
    answer(request, response, route, headers, () => context.dispatch(route.name, { id }, session.caller), context);
    return true;
  };
}

const uuidPath = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `/things/:id`: one parameter, at the end, and it is the input's `id`. */
function isEntityPath(path: string): boolean {
  return path.endsWith('/:id') && pathParameters({ method: 'GET', path, status: 200 }).length === 1;
}

function sessionFor(request: IncomingMessage, { operation }: RestRoute, { sessions }: HttpContext): Session | undefined {
  if (request.headers.authorization === undefined) return undefined;
  try {
    const session = sessions.open(request.headers.authorization);
    return allows(session.caller, operation.access) ? session : undefined;
  } catch {
    return undefined; // the routes say what is wrong with it
  }
}

function answer(
  request: IncomingMessage,
  response: LoggedResponse,
  { rest }: RestRoute,
  headers: Record<string, string | number>,
  read: () => unknown,
  { report }: HttpContext,
): void {
  const send = (status: number, body: string) => {
    headers['content-type'] = jsonType;
    headers['content-length'] = Buffer.byteLength(body);
    response.writeHead(status, headers).end(body);
  };
  const give = (value: unknown) => {
    const body = JSON.stringify(value);
    const tag = (rest.revisioned ? revisionTag(value) : undefined) ?? weakTag(body);
    headers['etag'] = tag;
    if (isNotModified(request.headers['if-none-match'], tag)) response.writeHead(304, headers).end();
    else send(rest.status, body);
  };
  const refuse = (error: unknown) => {
    const refusal = toAppError(error);
    if (refusal.kind === 'internal') report(error);
    Object.assign(headers, errorHeaders(refusal));
    const body = errorBody(refusal);
    send(body.statusCode, JSON.stringify(body));
  };
  try {
    const value = read();
    if (value instanceof Promise) value.then(give).catch(refuse);
    else give(value);
  } catch (error) {
    refuse(error);
  }
}
