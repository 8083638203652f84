import { persistently } from './api.ts';
import type { Engine } from './engine.ts';
import { take } from './intake.ts';

const linksAtOnce = 1000;
/** A book with fewer links than this is asked contact by contact only. */
const suspicionFrom = 12;

interface Linked {
  contactId: string;
  remoteId: string;
}

/** Every contact that should be on the server and of which nothing is waiting. */
export async function* linked({ book }: Engine): AsyncGenerator<Linked> {
  let after: string | null = null;
  for (;;) {
    const some: Linked[] = await book.linked(after, linksAtOnce);
    yield* some;
    after = some.at(-1)?.contactId ?? null;
    if (some.length < linksAtOnce) return;
  }
}

/**
 * Whether so many contacts are gone that a person has to say what it means: more than ten and more than a tenth of those
 * that are linked, or if less than half of them remain. Of a handful nobody can tell.
 */
export function isMassDelete(gone: number, links: number, remaining: number): boolean {
  return links >= suspicionFrom && gone > 0 && (gone > Math.max(10, links / 10) || remaining < links / 2);
}

/**
 * Contacts that a list no longer shows, or shows as deleted. That is a hint: each is asked for by its id, and only where the
 * server says that it has none does it go to the trash here. `remaining` is how many the server still has, if that is known.
 */
export async function removeGone(engine: Engine, remoteIds: readonly string[], remaining?: number): Promise<void> {
  if (remoteIds.length === 0) return;
  const { book } = engine;
  const links = await book.linkedCount();
  if (!isMassDelete(remoteIds.length, links, remaining ?? links - remoteIds.length)) {
    await confirmEach(engine, remoteIds);
    return;
  }
  const remoteOf = new Map<string, string>();
  const gone = new Set(remoteIds);
  for await (const { contactId, remoteId } of linked(engine)) if (gone.has(remoteId)) remoteOf.set(contactId, remoteId);
  const givenUp = await book.massDelete([...remoteOf.keys()]);
  await confirmEach(engine, givenUp.flatMap((contactId) => remoteOf.get(contactId) ?? []));
}

async function confirmEach(engine: Engine, remoteIds: readonly string[]): Promise<void> {
  const { book, api, remote, counts } = engine;
  for (const [done, remoteId] of remoteIds.entries()) {
    const found = await persistently(api, () => remote.byId(remoteId));
    if (found === null) {
      if (await book.gone(remoteId)) counts.deleted += 1;
    } else if (found.kind === 'row') {
      await take(engine, [found]);
    } else {
      await book.quarantine([found.strange]);
    }
    book.report({ phase: 'sweeping', done: done + 1, total: remoteIds.length });
  }
}
