import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Download, Operation, RestBinding } from '../../shared/operation.ts';
import { operationOf, operations, type OperationName } from '../../shared/operations/index.ts';
import { sendJson } from './answer.ts';
import { keepAnswer, sendReplay } from './answer-once.ts';
import { assertStillLive, gate, queryOf, sessionOf, type HttpContext } from './context.ts';
import { sendDownload } from './download.ts';
import { isNotModified, revisionTag, strongIfMatch, weakTag } from './etag.ts';
import { hashRequest, scopedKey } from './idempotency-store.ts';
import { assertJsonType, hasBody, parseJsonObject, readBody } from './json-body.ts';
import { parseQuery } from './query-string.ts';
import { assertBodyScope, assertQueryScope, assertTenantHeader, withoutScope } from './scope.ts';
import type { Session } from './sessions.ts';

/** An operation with its REST binding. */
export interface RestRoute {
  name: OperationName;
  operation: Operation;
  rest: RestBinding;
  /** Whether the query is part of the input: of every GET and DELETE, and of our own routes, which know all of it. */
  takesQuery: boolean;
  /** Whether it is one of our own routes: they refuse a parameter that they do not know, but tenant and organization. */
  isOurs: boolean;
  /** Whether the caller may give a new id, and so a request under an Idempotency-Key the one kept for it. */
  takesId: boolean;
}

/** The operations that have a REST route. */
export function restRoutes(): RestRoute[] {
  return (Object.keys(operations) as OperationName[]).flatMap((name) => {
    const operation = operationOf(name);
    const { rest, input } = operation;
    if (!rest) return [];
    const takesId = input instanceof z.ZodObject && 'id' in input.shape && !rest.path.includes(':id');
    const isStrict = input instanceof z.ZodObject && input.def.catchall instanceof z.ZodNever;
    const isOurs = isStrict && !('organizationId' in input.shape);
    const takesQuery = rest.method === 'GET' || rest.method === 'DELETE' || isOurs;
    return [{ name, operation, rest, takesQuery, isOurs, takesId }];
  });
}

/** One route for each operation that has a REST binding and does not take a file. */
export function addOperationRoutes(app: FastifyInstance, context: HttpContext): void {
  for (const route of restRoutes()) {
    if (route.operation.stream === 'up') continue;
    const url = `/api${route.rest.path}`;
    const handler = route.rest.method === 'GET' ? readHandler(route, context) : writeHandler(route, context);
    app.route({ method: route.rest.method, url, onRequest: gate(context, route.operation.access, url), handler });
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

/**
 * GET: everything is in the address. Reads of programs take turns, one in each pass of the event loop: the calls of windows
 * come in between, however many programs ask.
 */
function readHandler(route: RestRoute, context: HttpContext): Handler {
  const { name, operation, rest, isOurs } = route;
  return async (request, reply) => {
    await context.turns.turn();
    if (request.session) assertStillLive(context, request.session);
    const input = { ...readQuery(request, context, isOurs), ...(request.params as object) };
    const caller = request.session?.caller ?? { kind: 'anonymous', actor: 'anonymous' };
    // Before anything is read: what is written meanwhile makes the answer look older than it is, never newer.
    const bookTag = operation.stream === 'down' ? context.bookTag() : undefined;
    const value = await context.dispatch(name, input, caller);
    if (operation.stream === 'down') return sendDownload(request, reply, value as Download, context.report, bookTag);
    return sendRead(request, reply, rest, value);
  };
}

function sendRead(request: FastifyRequest, reply: FastifyReply, rest: RestBinding, value: unknown): FastifyReply {
  const body = JSON.stringify(value);
  const tag = (rest.revisioned && !asksForRelations(request) ? revisionTag(value) : undefined) ?? weakTag(body);
  reply.header('etag', tag);
  if (isNotModified(request.headers['if-none-match'], tag)) return reply.code(304).send();
  return sendJson(reply, rest.status, body);
}

/** POST, PUT and DELETE: a JSON body, a precondition, and for POST perhaps a key against doing it twice. */
function writeHandler(route: RestRoute, context: HttpContext): Handler {
  const { name, rest, takesQuery, isOurs } = route;
  return async (request, reply) => {
    const session = sessionOf(request);
    const bytes = await readJsonBytes(request, context);
    assertStillLive(context, session);
    const body = parseJsonObject(bytes);
    const query = readQuery(request, context, isOurs);
    const scope = context.profile();
    assertBodyScope(body, scope);
    if (rest.method !== 'DELETE') assertBodyScope(query, scope);

    const fields = rest.method === 'DELETE' ? query : takesQuery ? { ...query, ...body } : body;
    const input: Record<string, unknown> = { ...fields, ...(request.params as object) };
    const ifMatch = request.headers['if-match'];
    if (rest.ifMatch) input['ifMatch'] = ifMatch === undefined ? undefined : strongIfMatch(ifMatch);

    const key = request.headers['idempotency-key'];
    if (rest.method === 'POST' && key !== undefined) {
      return answerOnce(route, context, request, reply, { session, input, bytes, key: String(key) });
    }
    const value = await context.dispatch(name, input, session.caller);
    const tag = rest.revisioned ? revisionTag(value) : undefined;
    if (tag !== undefined) reply.header('etag', tag);
    return sendJson(reply, rest.status, JSON.stringify(value));
  };
}

interface KeyedRequest {
  session: Session;
  input: Record<string, unknown>;
  bytes: Buffer;
  key: string;
}

/** Does a request under its Idempotency-Key, or answers it as it was answered before. */
async function answerOnce(
  { name, rest, takesId }: RestRoute,
  context: HttpContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { session, input, bytes, key }: KeyedRequest,
): Promise<FastifyReply> {
  const ownKey = scopedKey(session.digest, key);
  const requestHash = hashRequest(`${rest.method} ${request.raw.url}`, bytes);
  const begun = context.idempotency.begin(ownKey, requestHash, takesId);
  if ('answer' in begun) return sendReplay(reply, begun.answer);

  if (takesId) input['id'] ??= begun.newId;
  return keepAnswer(context, reply, rest, ownKey, () => context.dispatch(name, input, session.caller));
}

/**
 * The parsed query of a request; of our own routes (`isOurs`) without the tenant and organization, once they are checked.
 * Throws `forbidden` when it or the header names another tenant.
 */
export function readQuery(
  request: FastifyRequest,
  { profile }: HttpContext,
  isOurs: boolean,
): Readonly<Record<string, unknown>> {
  const query = parseQuery(queryOf(request));
  const scope = profile();
  assertTenantHeader(request.headers['tenant-id'], scope);
  assertQueryScope(query, scope);
  return isOurs ? withoutScope(query, scope) : query;
}

async function readJsonBytes(request: FastifyRequest, { limits }: HttpContext): Promise<Buffer> {
  if (!hasBody(request.raw)) return Buffer.alloc(0);
  assertJsonType(request.raw);
  return readBody(request.raw, limits.bodyBytes, limits.requestTimeout);
}

/** Whether `data` names relations. Its form has been validated by the time this is asked. */
function asksForRelations(request: FastifyRequest): boolean {
  const { data } = parseQuery(queryOf(request));
  if (data === undefined) return false;
  const { relations } = (typeof data === 'string' ? JSON.parse(data) : data) as { relations?: object };
  return relations !== undefined && Object.keys(relations).length > 0;
}

/** The answer for what has no route. */
export function notFound(request: FastifyRequest): AppError {
  const [path] = (request.raw.url ?? '').split('?', 1);
  return new AppError('notFound', `Cannot ${request.method} ${path}`);
}
