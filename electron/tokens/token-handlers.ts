import { permissions } from '../../shared/permissions.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { EventHub } from '../events.ts';
import type { TokenBook } from './token-book.ts';

export interface TokenHandlerDeps {
  tokens: TokenBook;
  events: Pick<EventHub, 'publish'>;
  /** Whose book this is. */
  profile: () => { tenantId: string; organizationId: string; userId: string };
}

type TokenOperation = 'token.list' | 'token.create' | 'token.revoke' | 'user.me';

/** Handlers of the tokens of local programs, and of a caller's question who it is. */
export function createTokenHandlers({ tokens, events, profile }: TokenHandlerDeps) {
  return {
    'token.list': () => {
      const items = tokens.list();
      return { items, total: items.length };
    },
    'token.create': (input) => {
      const token = tokens.create(input);
      events.publish({ type: 'tokens' });
      return token;
    },
    'token.revoke': ({ name }) => {
      const token = tokens.revoke(name);
      events.publish({ type: 'tokens' });
      return token;
    },
    'user.me': (_input, { caller }) => {
      const { userId, tenantId, organizationId } = profile();
      const held = caller.kind === 'token' ? caller.permissions : permissions;
      return { id: userId, name: caller.actor, tenantId, organizationId, permissions: [...held] };
    },
  } satisfies HandlersOf<TokenOperation>;
}
