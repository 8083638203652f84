import type { FastifyReply } from 'fastify';
import { errorBody, type AppError } from '../../shared/errors.ts';

export const jsonType = 'application/json; charset=utf-8';

/** What every answer carries, whatever it is. */
export function commonHeaders(requestId: string): Record<string, string> {
  return { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-request-id': requestId };
}

/** What belongs to an error besides its body. */
export function errorHeaders(error: AppError): Record<string, string> {
  if (error.kind === 'unauthorized') return { 'www-authenticate': 'Bearer' };
  if (error.kind === 'tooMany' || error.kind === 'unavailable') return { 'retry-after': '60' };
  return {};
}

/** Sends JSON that is already text. */
export function sendJson(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).header('content-type', jsonType).send(body);
}

/** Sends a refusal. A `retry-after` that is known more exactly stays as it is. */
export function sendError(reply: FastifyReply, error: AppError): FastifyReply {
  for (const [name, value] of Object.entries(errorHeaders(error))) {
    if (!reply.hasHeader(name)) reply.header(name, value);
  }
  const body = errorBody(error);
  return sendJson(reply, body.statusCode, JSON.stringify(body));
}
