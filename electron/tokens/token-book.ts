import { timingSafeEqual } from 'node:crypto';
import { isOwnActor } from '../../shared/actors.ts';
import { AppError, invalidField } from '../../shared/errors.ts';
import type { Token } from '../../shared/operations/book.ts';
import type { Caller, Permission } from '../../shared/permissions.ts';
import { createQuietWork } from '../quiet-work.ts';
import type { Store } from '../store/open.ts';
import { digestOf, makeSecret } from './secret.ts';

export const defaultRate = 6000;
const lastUsedPrecision = 60_000;

/** A token that may be used now, as the transports need it. */
export interface LiveToken {
  readonly name: string;
  /** SHA-256 of its secret, in hex. */
  readonly digest: string;
  /** Requests a minute; 0 is no limit. */
  readonly rate: number;
  readonly caller: Caller;
}

export interface NewToken {
  name: string;
  permissions: readonly Permission[];
  /** Requests a minute, 6000 by default; 0 is no limit. */
  rate?: number | undefined;
  /** Seconds until it ends; absent is never. */
  expiresIn?: number | undefined;
}

/** The tokens of local programs. Only the SHA-256 of a secret is ever stored. */
export interface TokenBook {
  /** Answers the secret, once. Throws `conflict` when a live token has the name. */
  create(wanted: NewToken): Token & { secret: string };
  /** All tokens, newest first, also those that have ended. */
  list(): Token[];
  /** Ends a live token at once. Throws `notFound` without one of that name. */
  revoke(name: string): Token;
  /** The token whose secret has this SHA-256 (hex), unless it was revoked or has expired. */
  findByDigest(digest: string): LiveToken | undefined;
  /** Notes that a token was used, if this is the digest of one: written at most once a minute, after the caller is through. */
  touch(digest: string): void;
}

export interface TokenBookDeps {
  store: Pick<Store, 'statement'>;
  clock: () => Date;
  /** Hears that the last use of a token could not be written: whoever used it is answered all the same. */
  report: (error: unknown) => void;
  /** Runs work later, outside the request. */
  defer?: (work: () => void) => void;
}

interface TokenRow {
  name: string;
  digest: string;
  permissions: string;
  rate: number;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

interface CachedToken extends LiveToken {
  readonly digestBytes: Buffer;
  readonly expiresAt: number;
  lastUsedAt: number;
}

const columns = `name, digest, permissions, rate, created_at as createdAt, expires_at as expiresAt,
  last_used_at as lastUsedAt, revoked_at as revokedAt`;

export function createTokenBook({ store, clock, report, defer = setImmediate }: TokenBookDeps): TokenBook {
  const quietly = createQuietWork(report);
  let cache: Map<string, CachedToken> | undefined;

  function liveTokens(): Map<string, CachedToken> {
    const rows = store.statement(`select ${columns} from token where revoked_at is null`).all() as TokenRow[];
    return new Map(rows.map((row) => [row.digest, toCached(row)]));
  }

  function rowNamed(name: string): TokenRow | undefined {
    return store.statement(`select ${columns} from token where name = ? and revoked_at is null`).get(name) as
      | TokenRow
      | undefined;
  }

  function revokeAt(name: string, at: string): void {
    store.statement('update token set revoked_at = ? where name = ? and revoked_at is null').run(at, name);
    cache = undefined;
  }

  return {
    create({ name, permissions, rate = defaultRate, expiresIn }) {
      const now = clock();
      const existing = rowNamed(name);
      if (existing && !hasExpired(existing, now)) throw new AppError('conflict', `There is a token named ${name}`);
      if (existing) revokeAt(name, now.toISOString());

      const secret = makeSecret();
      const row: TokenRow = {
        name,
        digest: digestOf(secret),
        permissions: [...new Set(permissions)].join(','),
        rate,
        createdAt: now.toISOString(),
        expiresAt: expiresIn === undefined ? null : endOf(now, expiresIn),
        lastUsedAt: null,
        revokedAt: null,
      };
      store
        .statement(
          `insert into token (name, digest, permissions, rate, created_at, expires_at)
           values (@name, @digest, @permissions, @rate, @createdAt, @expiresAt)`,
        )
        .run(row);
      cache = undefined;
      return { ...toToken(row), secret };
    },

    list() {
      const rows = store.statement(`select ${columns} from token order by no desc`).all() as TokenRow[];
      return rows.map(toToken);
    },

    revoke(name) {
      const row = rowNamed(name);
      if (!row) throw new AppError('notFound', `There is no token named ${name}`);
      const revokedAt = clock().toISOString();
      revokeAt(name, revokedAt);
      return { ...toToken(row), revokedAt };
    },

    findByDigest(digest) {
      cache ??= liveTokens();
      const token = cache.get(digest);
      if (!token || !timingSafeEqual(token.digestBytes, Buffer.from(digest))) return undefined;
      return token.expiresAt > clock().getTime() ? token : undefined;
    },

    touch(digest) {
      const token = cache?.get(digest);
      if (!token) return;
      const now = clock();
      if (now.getTime() - token.lastUsedAt < lastUsedPrecision) return;
      token.lastUsedAt = now.getTime();
      defer(() => {
        quietly(() => store.statement('update token set last_used_at = ? where digest = ?').run(now.toISOString(), digest));
      });
    },
  };
}

function hasExpired(row: TokenRow, now: Date): boolean {
  return row.expiresAt !== null && Date.parse(row.expiresAt) <= now.getTime();
}

/** The moment so many seconds from now. Throws `invalid` beyond what a date can hold. */
function endOf(now: Date, seconds: number): string {
  const end = new Date(now.getTime() + seconds * 1000);
  if (Number.isNaN(end.getTime()) || end.getUTCFullYear() > 9999) {
    throw invalidField('expiresIn', 'is too long');
  }
  return end.toISOString();
}

function permissionsOf(row: TokenRow): Permission[] {
  return row.permissions.split(',') as Permission[];
}

/** A token from before such names were refused changes contacts under a name of its own: the journal must not take it for us. */
function actorOf(name: string): string {
  return isOwnActor(name) ? `token ${name}` : name;
}

function toToken(row: TokenRow): Token {
  const { name, rate, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
  return { name, permissions: permissionsOf(row), rate, createdAt, expiresAt, lastUsedAt, revokedAt };
}

function toCached(row: TokenRow): CachedToken {
  return {
    name: row.name,
    digest: row.digest,
    rate: row.rate,
    caller: { kind: 'token', actor: actorOf(row.name), permissions: permissionsOf(row) },
    digestBytes: Buffer.from(row.digest),
    expiresAt: row.expiresAt === null ? Infinity : Date.parse(row.expiresAt),
    lastUsedAt: row.lastUsedAt === null ? 0 : Date.parse(row.lastUsedAt),
  };
}
