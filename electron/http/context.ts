import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { AppError } from '../../shared/errors.ts';
import { allows, type Access } from '../../shared/permissions.ts';
import type { Dispatch } from '../dispatch.ts';
import type { EventHub } from '../events.ts';
import { commonHeaders } from './answer.ts';
import type { IdempotencyStore } from './idempotency-store.ts';
import type { HttpLimits } from './limits.ts';
import type { Turns } from '../store/slices.ts';
import type { LoggedResponse } from './logged-response.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Scope } from './scope.ts';
import type { Session, Sessions } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on public routes. */
    session: Session | null;
  }
}

/** What the routes work with. */
export interface HttpContext {
  dispatch: Dispatch;
  sessions: Sessions;
  limiter: RateLimiter;
  events: EventHub;
  /** The sequence number of the newest change. */
  head: () => number;
  /** How much was ever written to the book; the same number again means that nothing was. */
  changes: () => number;
  /** A weak ETag that is another one as soon as anything was written to the book. */
  bookTag: () => string;
  /** Reads wait for theirs. */
  turns: Turns;
  idempotency: IdempotencyStore;
  profile: () => Scope;
  claimWindowCode: (code: string) => string | undefined;
  limits: HttpLimits;
  /** Notes an error that is no answer to anybody: its kind and place, never its data. */
  report: (error: unknown) => void;
}

/**
 * The check at a route's door, before its body is read: a valid token (401), its rate (429), its permission (403).
 * Sets the headers that every answer carries.
 */
export function gate({ sessions, limiter }: HttpContext, access: Access, pattern: string): onRequestHookHandler {
  return (request, reply, done) => {
    // Every answer of this server is one; Fastify does not know.
    const response = reply.raw as LoggedResponse;
    response.route = pattern;
    reply.headers(commonHeaders(response.requestId));
    if (access === 'public') {
      done();
      return;
    }
    try {
      const session = sessions.open(request.headers.authorization, request.raw.socket);
      request.session = session;
      countRequest(session, limiter, reply);
      if (!allows(session.caller, access)) throw new AppError('forbidden', 'Forbidden resource');
      done();
    } catch (error) {
      done(error as Error);
    }
  };
}

function countRequest(session: Session, limiter: RateLimiter, reply: FastifyReply): void {
  const { allowed, limit, remaining, reset } = limiter(session.digest, session.rate);
  reply.header('ratelimit-limit', String(limit));
  reply.header('ratelimit-remaining', String(remaining));
  reply.header('ratelimit-reset', String(reset));
  if (allowed) return;
  reply.header('retry-after', String(reset));
  throw new AppError('tooMany', `Too many requests; there may be ${limit} a minute`);
}

/** The session of a route that is not public. */
export function sessionOf(request: FastifyRequest): Session {
  if (!request.session) throw new AppError('unauthorized', 'Unauthorized');
  return request.session;
}

/** Throws `unauthorized` when the token was revoked or expired while the body was on its way. */
export function assertStillLive({ sessions }: HttpContext, session: Session): void {
  if (!sessions.isLive(session)) throw new AppError('unauthorized', 'Unauthorized');
}

/** The query string of a request, without its question mark. */
export function queryOf(request: FastifyRequest): string {
  const url = request.raw.url ?? '';
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
}
