import { isObject } from '../wire/answer.ts';
import type { Answer, Call } from './api.ts';
import { RequestError } from './stop.ts';

/**
 * What the server says of itself, to anybody; null while it is in trouble. A server without its database answers 401 to
 * everything else, so it is asked before a sign-in is blamed.
 */
export async function healthOf(ask: (request: Call) => Promise<Answer>): Promise<Record<string, unknown> | null> {
  try {
    const { status, json } = await ask({ method: 'GET', path: '/api/health', headers: { accept: 'application/json' } });
    return status === 200 && isObject(json) && json.status === 'ok' ? json : null;
  } catch (error) {
    if (error instanceof RequestError && error.failure.status !== null) return null;
    throw error;
  }
}
