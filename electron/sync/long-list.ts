import type { Slices } from '../store/slices.ts';

/** A list that may be long, each item of which takes several queries: read in slices. What was settled meanwhile is not in it. */
export async function longList<T>(slices: Slices, ids: readonly string[], read: (id: string) => T[]): Promise<{ items: T[]; total: number }> {
  const items: T[] = [];
  await slices.each(ids, (part) => {
    for (const id of part()) items.push(...read(id));
  });
  return { items, total: items.length };
}
