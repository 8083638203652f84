import { hash } from 'node:crypto';
import { AppError, invalidField } from '../../shared/errors.ts';
import type { Store } from '../store/open.ts';

const keptFor = 24 * 60 * 60 * 1000;
/** Stands in a row's status until the answer is known. */
const unanswered = 0;

export interface StoredAnswer {
  status: number;
  etag: string | undefined;
  body: string;
}

/** What is to be done about a request: give the answer that it got before, or do it now. */
export type Begun =
  | { answer: StoredAnswer }
  /** The id of what the request creates; the same one when it is repeated because nobody knows whether it was done. */
  | { newId: string };

/**
 * Remembers for 24 hours how a POST with an `Idempotency-Key` was answered.
 * A row is written before the work begins, so a crash between the work and its answer leaves a trace. The repeated request
 * then gets the same id for what it creates and finds what it made; work without an id of its own is refused rather than
 * done twice.
 */
export interface IdempotencyStore {
  /**
   * Begins a request, or answers it as before. When the work is to be done now, `finish` or `abandon` must follow.
   * `takesId` says that what it creates gets `newId`. Throws `unprocessable` for another request under the same key,
   * `conflict` while the first is still running and, without `takesId`, when it was cut off by a crash.
   */
  begin(key: string, requestHash: string, takesId: boolean): Begun;
  finish(key: string, answer: StoredAnswer): void;
  /** Ends a request without a final answer: it can be tried again. */
  abandon(key: string): void;
}

export interface IdempotencyStoreDeps {
  store: Pick<Store, 'statement'>;
  clock: () => Date;
  newId: () => string;
}

interface Row {
  requestHash: string;
  status: number;
  /** JSON of a `Kept`. */
  headers: string;
  body: string;
}

interface Kept {
  etag?: string | undefined;
  newId?: string | undefined;
}

export function createIdempotencyStore({ store, clock, newId }: IdempotencyStoreDeps): IdempotencyStore {
  const running = new Map<string, { requestHash: string; takesId: boolean }>();

  return {
    begin(key, requestHash, takesId) {
      const now = clock();
      const row = store
        .statement(
          'select request_hash as requestHash, status, headers, body from idempotency where key = ? and at > ?',
        )
        .get(key, new Date(now.getTime() - keptFor).toISOString()) as Row | undefined;
      const known = (running.get(key) ?? row)?.requestHash;
      if (known !== undefined && known !== requestHash) {
        throw new AppError('unprocessable', 'This Idempotency-Key was used for another request');
      }
      if (running.has(key)) {
        throw new AppError('conflict', 'The first request with this Idempotency-Key is still running');
      }
      const kept = row && (JSON.parse(row.headers) as Kept);
      if (row && row.status !== unanswered) {
        return { answer: { status: row.status, etag: kept?.etag, body: row.body } };
      }
      if (row && !takesId) {
        throw new AppError('conflict', 'A request with this Idempotency-Key was cut off: check whether it was done');
      }
      const id = kept?.newId ?? newId();
      if (!row) write(key, requestHash, { status: unanswered, newId: id, body: '' }, now);
      running.set(key, { requestHash, takesId });
      return { newId: id };
    },

    finish(key, answer) {
      const request = running.get(key);
      running.delete(key);
      if (request) write(key, request.requestHash, answer, clock());
    },

    abandon(key) {
      const request = running.get(key);
      running.delete(key);
      // With an id of its own the row stays: what was perhaps made is found again.
      if (!request?.takesId) store.statement('delete from idempotency where key = ? and status = ?').run(key, unanswered);
    },
  };

  function write(key: string, requestHash: string, row: { status: number; body: string } & Kept, now: Date): void {
    const { status, body, etag, newId: id } = row;
    store.statement('delete from idempotency where at <= ?').run(new Date(now.getTime() - keptFor).toISOString());
    store
      .statement(
        `insert or replace into idempotency (key, request_hash, status, headers, body, at)
         values (@key, @requestHash, @status, @headers, @body, @at)`,
      )
      .run({ key, requestHash, status, headers: JSON.stringify({ etag, newId: id }), body, at: now.toISOString() });
  }
}

/** The key under which a caller's own key is kept: no caller sees another's answers. Throws `invalid` for odd keys. */
export function scopedKey(callerDigest: string, key: string): string {
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw invalidField('Idempotency-Key', 'must be 1 to 255 visible characters');
  return hash('sha256', `${callerDigest}\n${key}`, 'hex');
}

export function hashRequest(route: string, body: Buffer): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${route}\n`), body]), 'hex');
}
