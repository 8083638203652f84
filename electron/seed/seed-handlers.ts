import type { HandlersOf } from '../dispatch.ts';
import { seedBook, type SeedDeps } from './seed-book.ts';

/** The seed of a person who named none. */
const defaultSeed = 1;

export interface SeedHandlerDeps extends SeedDeps {
  /** Told when the lists of tags, employees and projects may have changed. */
  announceLists: () => void;
}

export function seedHandlers(deps: SeedHandlerDeps): HandlersOf<'book.seed'> {
  return {
    async 'book.seed'({ contacts, seed = defaultSeed }, { caller }) {
      try {
        return await seedBook(deps, { contacts, seed, actor: caller.actor });
      } finally {
        deps.announceLists();
      }
    },
  };
}
