import type { Store } from '../store/open.ts';
import type { Turns } from '../store/slices.ts';

export interface UnusedImagesDeps {
  store: Pick<Store, 'statement' | 'transaction'>;
  turns: Turns;
}

interface Candidate {
  id: string;
  createdAt: string;
  isWanted: 0 | 1;
}

const imagesAtOnce = 50;

/** All that is asked of each picture is answered by an index; pictures themselves are not read. */
export const candidatesSql = `select i.id, i.created_at as createdAt,
    exists (select 1 from contact c where c.image_id = i.id)
    or exists (select 1 from journal j where j.field = 'imageId' and j.old = '"' || i.id || '"') as isWanted
  from image i where i.created_at < @before and (i.created_at, i.id) > (@createdAt, @id)
  order by i.created_at, i.id limit ${imagesAtOnce}`;

/**
 * Removes pictures older than `before` that nobody can see again, in slices, until there are none or `isStopped`: no contact
 * shows them, neither one in the trash, and no step that is still in the journal took them away. Answers how many went.
 */
export async function removeUnusedImages(deps: UnusedImagesDeps, before: string, isStopped: () => boolean): Promise<number> {
  const { store, turns } = deps;
  let last = { createdAt: '', id: '' };
  let removed = 0;
  for (;;) {
    const hasTime = await turns.turn();
    if (isStopped()) return removed;
    let isAtEnd = false;
    store.transaction(() => {
      const candidates = store.statement(candidatesSql).all({ before, ...last }) as Candidate[];
      isAtEnd = candidates.length < imagesAtOnce;
      for (const { id, createdAt, isWanted } of candidates) {
        last = { createdAt, id };
        if (isWanted === 0) removed += store.statement('delete from image where id = ?').run(id).changes;
        if (hasTime()) continue;
        isAtEnd = false;
        break;
      }
    });
    if (isAtEnd) return removed;
  }
}
