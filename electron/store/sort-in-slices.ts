import type { Turns } from './slices.ts';

const sortedAtOnce = 500;
const mergedAtOnce = 200;

/** A sorted copy of a long list, made in slices that let others be answered in between. */
export async function sortInSlices<T>(items: readonly T[], compare: (a: T, b: T) => number, turns: Turns): Promise<T[]> {
  let hasTime = () => false;
  const ready = async () => {
    if (!hasTime()) hasTime = await turns.turn();
  };

  async function merge(a: readonly T[], b: readonly T[]): Promise<T[]> {
    const merged: T[] = [];
    let [left, right] = [0, 0];
    while (left < a.length || right < b.length) {
      if (merged.length % mergedAtOnce === 0) await ready();
      const isLeft = right >= b.length || (left < a.length && compare(a[left] as T, b[right] as T) <= 0);
      merged.push((isLeft ? a[left++] : b[right++]) as T);
    }
    return merged;
  }

  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += sortedAtOnce) {
    await ready();
    runs.push(items.slice(start, start + sortedAtOnce).sort(compare));
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2) merged.push(await merge(runs[index] ?? [], runs[index + 1] ?? []));
    runs = merged;
  }
  return runs[0] ?? [];
}
