import type { NewTag, RemoteName } from '../ports.ts';
import type { Engine } from './engine.ts';
import { sweep } from './sweep.ts';

export interface TagMaker {
  /** Sees to it that the server has these tags, and tells the book which they are. */
  ensure(tags: readonly NewTag[]): Promise<void>;
}

const sameName = (a: string, b: string) => a.normalize('NFC').trim() === b.normalize('NFC').trim();

/**
 * The server makes the ids of tags itself and takes the same name twice, so creating one cannot be repeated safely: it is
 * looked for by its name first, and again after each failure. The list is read once in a cycle, when it is needed.
 */
export function createTagMaker(engine: Engine): TagMaker {
  const { book, remote } = engine;
  let known: RemoteName[] | undefined;

  async function find({ name, remoteId }: NewTag): Promise<RemoteName | undefined> {
    known ??= await remote.tags();
    const same = known.find(({ id }) => id === remoteId);
    if (same) return same;
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
      for (const tag of tags) {
        const found = await find(tag);
        // Whoever had a tag that is deleted there has it no longer, here either, before it is made again for who got it since.
        if (tag.remoteId !== undefined && found?.id !== tag.remoteId) await sweep(engine, (await book.account()).progress);
        await book.learnTag(tag.key, found ?? (await make(tag)));
      }
    },
  };
}
