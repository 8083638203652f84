import type { NewTag, RemoteName } from '../ports.ts';
import type { Engine } from './engine.ts';

export interface TagMaker {
  /** Sees to it that the server has these tags, and tells the book which they are. */
  ensure(tags: readonly NewTag[]): Promise<void>;
}

const sameName = (a: string, b: string) => a.normalize('NFC').trim() === b.normalize('NFC').trim();

/**
 * The server makes the ids of tags itself and takes the same name twice, so creating one cannot be repeated safely: it is
 * looked for by its name first, and again after each failure. The list is read once in a cycle, when it is needed.
 */
export function createTagMaker({ book, remote }: Engine): TagMaker {
  let known: RemoteName[] | undefined;

  async function find(name: string): Promise<RemoteName | undefined> {
    known ??= await remote.tags();
    const found = known.filter((tag) => sameName(tag.name, name));
    return found.sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  }

  async function make({ name, color }: NewTag): Promise<RemoteName> {
    const unsure = known;
    // Until the answer is here nobody knows what the list holds.
    known = undefined;
    const made = await remote.createTag(name, color);
    known = [...(unsure ?? []), made];
    return made;
  }

  return {
    async ensure(tags) {
      for (const tag of tags) await book.learnTag(tag.key, (await find(tag.name)) ?? (await make(tag)));
    },
  };
}
