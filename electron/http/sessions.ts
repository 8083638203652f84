import { AppError } from '../../shared/errors.ts';
import type { Caller } from '../../shared/permissions.ts';
import { digestOf } from '../tokens/secret.ts';
import type { TokenBook } from '../tokens/token-book.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** Who sent a request. */
export interface Session {
  readonly caller: Caller;
  /** SHA-256 of the token, in hex. */
  readonly digest: string;
  /** Requests a minute; 0 is no limit. */
  readonly rate: number;
}

export interface Sessions {
  /**
   * Reads the `Authorization` of a request on this connection. Throws `unauthorized`, `unavailable` for a token while
   * programs are not served, and `tooMany` once too many wrong tokens came in a minute.
   */
  open(authorization: string | undefined, connection: object): Session;
  /** Whether the token still counts: it may have been revoked or have expired since the request began. */
  isLive(session: Session): boolean;
}

export interface SessionsDeps {
  tokens: TokenBook;
  /** Digests of the tokens of windows and commands, with the actor each stands for. */
  owners: ReadonlyMap<string, string>;
  /** False while this server is there for windows and commands only. */
  servesPrograms?: (() => boolean) | undefined;
  limiter: RateLimiter;
  wrongTokensPerMinute: number;
}

const bearer = /^bearer +([\w\-.~+/]+=*) *$/i;

export function createSessions({ tokens, owners, servesPrograms = () => true, limiter, wrongTokensPerMinute }: SessionsDeps): Sessions {
  /** What each connection sent last: as long as it sends the same, its token need not be hashed again. */
  const latest = new WeakMap<object, { authorization: string; session: Session }>();
  const isLive = ({ digest }: Session) => owners.has(digest) || (servesPrograms() && tokens.findByDigest(digest) !== undefined);

  function read(authorization: string): Session {
    const secret = bearer.exec(authorization)?.[1];
    if (secret === undefined) throw new AppError('unauthorized', 'Unauthorized');
    const digest = digestOf(secret);
    const token = tokens.findByDigest(digest);
    if (token) {
      // Not a refusal for good: a program that waits and asks again finds the API switched on.
      if (!servesPrograms()) throw new AppError('unavailable', 'The API is switched off in the settings of Fieldbook');
      return token;
    }
    const actor = owners.get(digest);
    if (actor !== undefined) return { caller: { kind: 'owner', actor }, digest, rate: 0 };
    // Guessing 256 bits is hopeless; the brake only keeps guessers from using up the machine.
    if (!limiter('wrong tokens', wrongTokensPerMinute).allowed) {
      throw new AppError('tooMany', 'Too many requests with a wrong token');
    }
    throw new AppError('unauthorized', 'Unauthorized');
  }

  return {
    open(authorization, connection) {
      if (authorization === undefined) throw new AppError('unauthorized', 'Unauthorized');
      let known = latest.get(connection);
      if (known?.authorization !== authorization || !isLive(known.session)) {
        known = { authorization, session: read(authorization) };
        latest.set(connection, known);
      }
      tokens.touch(known.session.digest);
      return known.session;
    },
    isLive,
  };
}
