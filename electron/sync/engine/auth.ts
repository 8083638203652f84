import type { Tokens, TokenStore, World } from '../ports.ts';
import { isObject, parseJson } from '../wire/answer.ts';
import type { Answer, Call } from './api.ts';
import { healthOf } from './health.ts';
import { RequestError, serverTrouble, Stop } from './stop.ts';

/** The token of the account, renewed in time. */
export interface Auth {
  /** The token to use now; renewed when half of its life is over. */
  token(): Promise<string>;
  /** A token that works, after the server answered 401 to this one. */
  renew(refused: string): Promise<string>;
  claims(): Promise<Record<string, unknown> | null>;
}

export interface AuthDeps {
  tokens: TokenStore;
  world: World;
  /** One request without a token. */
  ask: (request: Call) => Promise<Answer>;
  /** Milliseconds that the server's clock is ahead of ours. */
  clockOffset: () => number;
}

const signedOut = (why: string) => new Stop('signedOut', `${why} Please sign in again; nothing is lost.`);

/**
 * The server's refresh tokens are good for one use, and may end together with the access token: so only one refresh is
 * on its way at a time, the new pair is on disk before it is used, and it is asked for at half-time, when a lost answer
 * still leaves a token that works. A 401 may also mean that the server's database is down: its health is asked first.
 */
export function createAuth({ tokens, world, ask, clockOffset }: AuthDeps): Auth {
  let pair: Tokens | null = null;
  let refreshing: Promise<Refreshed> | undefined;
  let wasRenewedEarly = false;

  async function current(): Promise<Tokens> {
    pair ??= await tokens.load();
    if (!pair) throw signedOut('You are signed out.');
    return pair;
  }

  type Refreshed = 'done' | 'refused' | 'none';

  /** Asks for a new pair; all who ask meanwhile get the same answer. */
  function refresh(): Promise<Refreshed> {
    refreshing ??= refreshOnce().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  async function refreshOnce(): Promise<Refreshed> {
    const { refresh: token } = await current();
    if (token === null) return 'none';
    const answer = await ask({
      method: 'POST',
      path: '/api/auth/refresh-token',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ refresh_token: token }),
    });
    const next = isObject(answer.json) ? pairOf(answer.json) : null;
    if (next) {
      await tokens.save(next);
      pair = next;
      return 'done';
    }
    if (answer.status === 401) return (await wasReplaced()) ? 'done' : 'refused';
    throw new RequestError({
      kind: 'transient', status: null, message: 'The server could not renew the sign-in.', inDoubt: false,
    });
  }

  /** Whether somebody signed in anew while we held on to an old pair. */
  async function wasReplaced(): Promise<boolean> {
    const stored = await tokens.load();
    if (!stored || stored.access === pair?.access) return false;
    pair = stored;
    return true;
  }

  function isHalfOver({ access, refresh: token }: Tokens): boolean {
    const claims = token === null ? null : claimsOf(access);
    if (typeof claims?.iat !== 'number' || typeof claims.exp !== 'number') return false;
    return world.now().getTime() + clockOffset() > ((claims.iat + claims.exp) / 2) * 1000;
  }

  return {
    async token() {
      const now = await current();
      if (wasRenewedEarly || !isHalfOver(now)) return now.access;
      wasRenewedEarly = true;
      try {
        await refresh();
      } catch (error) {
        // The token in hand may still do; if not, its own 401 says so.
        if (!(error instanceof RequestError)) throw error;
      }
      return (await current()).access;
    },
    async renew(refused) {
      if ((await current()).access !== refused) return (await current()).access;
      if ((await healthOf(ask)) === null) throw serverTrouble();
      switch (await refresh()) {
        case 'done':
          return (await current()).access;
        case 'refused':
          throw signedOut('The sign-in has ended.');
        case 'none':
          throw signedOut('The server no longer accepts this token.');
      }
    },
    claims: async () => claimsOf((await current()).access),
  };
}

function pairOf(json: Record<string, unknown>): Tokens | null {
  const { token, refresh_token: refresh } = json;
  return typeof token === 'string' && typeof refresh === 'string' ? { access: token, refresh } : null;
}

/** What a JWT says; null for a token of another kind. Nothing is trusted for it: it is our own token. */
export function claimsOf(token: string): Record<string, unknown> | null {
  const [, payload] = token.split('.');
  const json = payload === undefined ? undefined : parseJson(Buffer.from(payload, 'base64url').toString());
  return isObject(json) ? json : null;
}
