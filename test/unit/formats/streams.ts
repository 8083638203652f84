/** A text (or bytes) as a stream that is cut wherever `sizes` says, over and over. */
export async function* inChunks<T extends string | Uint8Array>(whole: T, sizes: readonly number[]): AsyncGenerator<T> {
  let start = 0;
  for (let turn = 0; start < whole.length; turn += 1) {
    const end = start + Math.max(1, sizes[turn % sizes.length] ?? whole.length);
    yield whole.slice(start, end) as T;
    start = end;
  }
}

export async function* once<T>(...chunks: T[]): AsyncGenerator<T> {
  yield* chunks;
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
