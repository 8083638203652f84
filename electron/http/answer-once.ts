import type { FastifyReply } from 'fastify';
import { errorBody, toAppError } from '../../shared/errors.ts';
import type { RestBinding } from '../../shared/operation.ts';
import { sendJson } from './answer.ts';
import type { HttpContext } from './context.ts';
import { revisionTag } from './etag.ts';
import type { StoredAnswer } from './idempotency-store.ts';

/** Sends the answer that was kept for a repeated request. */
export function sendReplay(reply: FastifyReply, answer: StoredAnswer): FastifyReply {
  return sendStored(reply.header('idempotent-replayed', 'true'), answer);
}

/** Does the work that was begun under a key, keeps its answer for repetitions and sends it. */
export async function keepAnswer(
  { idempotency, report }: HttpContext,
  reply: FastifyReply,
  rest: RestBinding,
  ownKey: string,
  work: () => unknown,
): Promise<FastifyReply> {
  let answer: StoredAnswer;
  try {
    const value = await work();
    const etag = rest.revisioned ? revisionTag(value) : undefined;
    answer = { status: rest.status, etag, body: JSON.stringify(value) };
  } catch (error) {
    const refusal = errorBody(toAppError(error));
    if (!isFinal(refusal.statusCode)) {
      idempotency.abandon(ownKey);
      throw error;
    }
    answer = { status: refusal.statusCode, etag: undefined, body: JSON.stringify(refusal) };
  }
  try {
    idempotency.finish(ownKey, answer);
  } catch (error) {
    // The work is done and committed; that its answer could not be kept must not make it look undone.
    report(error);
  }
  return sendStored(reply, answer);
}

function sendStored(reply: FastifyReply, { status, etag, body }: StoredAnswer): FastifyReply {
  if (etag !== undefined) reply.header('etag', etag);
  return sendJson(reply, status, body);
}

/** Whether the same request would be refused again, whenever it came. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
}
