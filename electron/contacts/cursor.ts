import { createHash } from 'node:crypto';
import { invalidField } from '../../shared/errors.ts';

/** A place in a list, opaque to the caller: it belongs to one query, and another query refuses it. */
export function writeCursor(query: unknown, place: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify([fingerprint(query), ...place])).toString('base64url');
}

/** Throws 400 for what is no cursor of this query. */
export function readCursor(query: unknown, cursor: string, field: string): (string | number | null)[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw invalidField(field, 'is not a cursor');
  }
  if (!Array.isArray(parts) || parts.length < 2) throw invalidField(field, 'is not a cursor');
  const [owner, ...place] = parts as (string | number | null)[];
  if (owner !== fingerprint(query)) throw invalidField(field, 'belongs to another query');
  if (!place.every((part) => part === null || typeof part === 'string' || typeof part === 'number')) {
    throw invalidField(field, 'is not a cursor');
  }
  return place;
}

function fingerprint(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 10);
}
