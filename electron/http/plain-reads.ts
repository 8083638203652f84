import type { IncomingMessage } from 'node:http';
import { errorBody, toAppError, type AppError } from '../../shared/errors.ts';
import { pathParameters } from '../../shared/operation.ts';
import { allows } from '../../shared/permissions.ts';
import { commonHeaders, errorHeaders, jsonType } from './answer.ts';
import type { HttpContext } from './context.ts';
import { isNotModified, revisionTag, weakTag } from './etag.ts';
import type { LoggedResponse } from './logged-response.ts';
import { restRoutes, type RestRoute } from './operation-routes.ts';
import { createRecentAnswers, type EntityAnswer } from './recent-answers.ts';

/** Answers the request if it is a plain read; false leaves it, untouched, to the routes. */
export type PlainReads = (request: IncomingMessage, response: LoggedResponse) => boolean;

/**
 * The most frequent request, one entity by its id and nothing else asked, answered without the router and its hooks:
 * they cost more than reading the contact. Whatever is not that simple (a query, an escaped path, a Tenant-Id, a token
 * that may not) is left to the routes, which answer it in full. What is asked for again is not read again: see recent-answers.
 */
export function createPlainReads(context: HttpContext): PlainReads {
  const { dispatch, limiter, sessions, report } = context;
  const recent = createRecentAnswers(context.changes);
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
    if (!route || !uuidPath.test(id) || request.headers.authorization === undefined) return false;
    if (request.headers['tenant-id'] !== undefined) return false;

    response.route = `/api${route.rest.path}`;
    const headers: Headers = commonHeaders(response.requestId);
    const give = (answer: EntityAnswer) => sendEntity(request, response, route.rest.status, headers, answer);
    const refuse = (error: unknown) => {
      const refusal = toAppError(error);
      if (refusal.kind === 'internal') report(error);
      sendRefusal(response, headers, refusal);
    };
    try {
      const session = sessions.open(request.headers.authorization, request.socket);
      if (!allows(session.caller, route.operation.access)) return false;
      const { allowed, limit, remaining, reset } = limiter(session.digest, session.rate);
      if (!allowed) return false;
      headers['ratelimit-limit'] = limit;
      headers['ratelimit-remaining'] = remaining;
      headers['ratelimit-reset'] = reset;

      const known = recent.find(url);
      const value = known ?? dispatch(route.name, { id }, session.caller);
      if (known) {
        give(known);
      } else if (value instanceof Promise) {
        value.then((settled) => give(entityAnswer(settled, route))).catch(refuse);
      } else {
        const answer = entityAnswer(value, route);
        if (route.rest.revisioned) recent.keep(url, answer);
        give(answer);
      }
    } catch (error) {
      refuse(error);
    }
    return true;
  };
}

type Headers = Record<string, string | number>;

const uuidPath = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `/things/:id`: one parameter, at the end, and it is the input's `id`. */
function isEntityPath(path: string): boolean {
  return path.endsWith('/:id') && pathParameters({ method: 'GET', path, status: 200 }).length === 1;
}

function entityAnswer(value: unknown, { rest }: RestRoute): EntityAnswer {
  const body = JSON.stringify(value);
  const tag = (rest.revisioned ? revisionTag(value) : undefined) ?? weakTag(body);
  return { body, length: Buffer.byteLength(body), tag };
}

function sendEntity(
  request: IncomingMessage,
  response: LoggedResponse,
  status: number,
  headers: Headers,
  { body, length, tag }: EntityAnswer,
): void {
  headers['etag'] = tag;
  if (isNotModified(request.headers['if-none-match'], tag)) {
    response.writeHead(304, headers).end();
    return;
  }
  headers['content-type'] = jsonType;
  headers['content-length'] = length;
  response.writeHead(status, headers).end(body);
}

function sendRefusal(response: LoggedResponse, headers: Headers, refusal: AppError): void {
  const body = errorBody(refusal);
  const text = JSON.stringify(body);
  Object.assign(headers, errorHeaders(refusal), { 'content-type': jsonType, 'content-length': Buffer.byteLength(text) });
  response.writeHead(body.statusCode, headers).end(text);
}
