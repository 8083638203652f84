/** A stretch of a text, and whether the other text does not have it. */
export interface Stretch {
  text: string;
  differs: boolean;
}

/** Texts of more words than this are compared by their beginning and end only. */
const mostWords = 600;

/**
 * Where two texts differ, word by word: the stretches of each, in order.
 * What both have in the same order (the longest such sequence) is not marked.
 */
export function compareTexts(a: string, b: string): { a: Stretch[]; b: Stretch[] } {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const [midLeft, midRight] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  const [inLeft, inRight] = midLeft.length > mostWords || midRight.length > mostWords
    ? [new Set<number>(), new Set<number>()]
    : commonWords(midLeft, midRight);
  const mark = (words: readonly string[], common: ReadonlySet<number>): Stretch[] =>
    joinAlike(words.map((text, index) => ({
      text, differs: index >= start && index < words.length - end && !common.has(index - start),
    })));
  return { a: mark(left, inLeft), b: mark(right, inRight) };
}

/** Words, and what is between them, so that joining gives the text again. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];
}

/** The places, in each, of a longest common subsequence. */
function commonWords(a: readonly string[], b: readonly string[]): [Set<number>, Set<number>] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const [inA, inB] = [new Set<number>(), new Set<number>()];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      inA.add(i);
      inB.add(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return [inA, inB];
}

function joinAlike(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { text, differs } of stretches) {
    const last = joined.at(-1);
    if (last && last.differs === differs) last.text += text;
    else joined.push({ text, differs });
  }
  return joined;
}
