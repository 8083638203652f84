import type { Store } from '../../store/open.ts';
import type { Conflict, Conflicts } from './conflicts.ts';
import type { Links } from './links.ts';
import type { Outbox } from './outbox.ts';

export interface MassDeleteDeps {
  store: Store;
  now: () => string;
  conflicts: Conflicts;
  links: Links;
  outbox: Outbox;
}

/** For how long "yes, delete them" holds, in milliseconds: later so many gone at once are a new question. */
const acceptedMs = 7 * 86_400_000;

export interface MassDelete {
  /** Asks the person about contacts that are gone there; answers with those whose deletion was accepted. */
  ask(contactIds: readonly string[]): string[];
  /** Kept here, to be created there again. */
  keep(conflict: Conflict): void;
}

export function createMassDelete({ store, now, conflicts, links, outbox }: MassDeleteDeps): MassDelete {
  function accepted(): Set<string> {
    const since = new Date(Date.parse(now()) - acceptedMs).toISOString();
    const answers = conflicts.ofKind('massDelete').filter(({ choice, resolvedAt }) => choice === 'theirs' && resolvedAt !== null && resolvedAt > since);
    // One that was seen there since the answer is none of those that were meant.
    const ids = answers.flatMap((answer) => contactsOf(answer).filter((id) => (links.of(id)?.checkedAt ?? '') < (answer.resolvedAt ?? '')));
    return new Set(ids);
  }

  return {
    ask(contactIds) {
      const known = accepted();
      const news = contactIds.filter((id) => !known.has(id));
      if (news.length > 0) {
        store.transaction(() => {
          const open = conflicts.ofKind('massDelete').find(({ resolvedAt }) => resolvedAt === null);
          if (open) conflicts.setMine(open.id, news);
          else conflicts.add({ contactId: null, kind: 'massDelete', mine: news });
        });
      }
      return contactIds.filter((id) => known.has(id));
    },

    keep(conflict) {
      for (const contactId of contactsOf(conflict)) {
        const link = links.of(contactId);
        if (!link || link.isGone) continue;
        links.save({ ...link, isGone: true });
        outbox.ensure(contactId);
      }
    },
  };
}

/** The contacts that a question about many is about. */
export function contactsOf({ mine }: Pick<Conflict, 'mine'>): string[] {
  return Array.isArray(mine) ? mine.filter((id) => typeof id === 'string') : [];
}
