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

/**
 * Remembers for 24 hours how a POST with an `Idempotency-Key` was answered.
 * A row is written before the work begins, so a crash between the work and its answer leaves a trace: the repeated
 * request is then refused rather than done twice.
 */
export interface IdempotencyStore {
  /**
   * The stored answer to a repeated request, or undefined when the work is to be done now; then `finish` or
   * `abandon` must follow. Throws `unprocessable` for another request under the same key, `conflict` while the first
   * is still running and, with `survivesCrash` false, when it was cut off by a crash.
   */
  begin(key: string, requestHash: string, survivesCrash: boolean): StoredAnswer | undefined;
  finish(key: string, answer: StoredAnswer): void;
  /** Forgets a request without a final answer, so that it can be tried again. */
  abandon(key: string): void;
}

export interface IdempotencyStoreDeps {
  store: Pick<Store, 'statement'>;
  clock: () => Date;
}

interface Row {
  requestHash: string;
  status: number;
  headers: string;
  body: string;
}

export function createIdempotencyStore({ store, clock }: IdempotencyStoreDeps): IdempotencyStore {
  const running = new Map<string, string>();

  return {
    begin(key, requestHash, survivesCrash) {
      const now = clock();
      const row = store
        .statement(
          'select request_hash as requestHash, status, headers, body from idempotency where key = ? and at > ?',
        )
        .get(key, new Date(now.getTime() - keptFor).toISOString()) as Row | undefined;
      const known = running.get(key) ?? row?.requestHash;
      if (known !== undefined && known !== requestHash) {
        throw new AppError('unprocessable', 'This Idempotency-Key was used for another request');
      }
      if (running.has(key)) {
        throw new AppError('conflict', 'The first request with this Idempotency-Key is still running');
      }
      if (row && row.status !== unanswered) {
        const { etag } = JSON.parse(row.headers) as { etag?: string };
        return { status: row.status, etag, body: row.body };
      }
      if (row && !survivesCrash) {
        throw new AppError('conflict', 'A request with this Idempotency-Key was cut off: look whether it was done');
      }
      if (!survivesCrash) write(key, requestHash, { status: unanswered, etag: undefined, body: '' }, now);
      running.set(key, requestHash);
      return undefined;
    },

    finish(key, answer) {
      const requestHash = running.get(key);
      running.delete(key);
      if (requestHash !== undefined) write(key, requestHash, answer, clock());
    },

    abandon(key) {
      running.delete(key);
      store.statement('delete from idempotency where key = ? and status = ?').run(key, unanswered);
    },
  };

  function write(key: string, requestHash: string, { status, etag, body }: StoredAnswer, now: Date): void {
    store.statement('delete from idempotency where at <= ?').run(new Date(now.getTime() - keptFor).toISOString());
    store
      .statement(
        `insert or replace into idempotency (key, request_hash, status, headers, body, at)
         values (@key, @requestHash, @status, @headers, @body, @at)`,
      )
      .run({ key, requestHash, status, headers: JSON.stringify({ etag }), body, at: now.toISOString() });
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

/**
 * The id of what a request creates, made from its key (a UUID of version 8): the same request, repeated after a
 * crash, finds what it created the first time.
 */
export function idFromKey(key: string, requestHash: string): string {
  const bytes = hash('sha256', `${key}\n${requestHash}`, 'buffer').subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
