export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * The delimiter of a CSV text, from its head: the one that cuts most records into the same number of cells (at least
 * two), whatever the first line looks like. Between equals the one with more cells wins. Excel's `sep=;` line is
 * believed. A text with one column only is taken for comma-separated.
 */
export function detectDelimiter(head: string): Delimiter {
  const announced = /^sep=([,;\t|])\r?\n/i.exec(head)?.[1];
  const named = delimiters.find((delimiter) => delimiter === announced);
  if (named) return named;

  const records = countDelimiters(head);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const score = consistency(records.map((counts) => counts[delimiter] + 1));
    if (score > bestScore) {
      bestScore = score;
      best = delimiter;
    }
  }
  return best;
}

/** The share of records with the commonest number of cells, and the number itself to decide between equal shares. */
function consistency(widths: readonly number[]): number {
  const frequency = new Map<number, number>();
  for (const width of widths) frequency.set(width, (frequency.get(width) ?? 0) + 1);
  let score = 0;
  for (const [width, count] of frequency) {
    if (width < 2) continue;
    // A delimiter that the header does not have is more likely punctuation in the cells.
    const headed = widths[0] === width ? 1 : 0.5;
    score = Math.max(score, (headed * count) / widths.length + Math.min(width, 1000) / 1e6);
  }
  return score;
}

type Counts = Record<Delimiter, number>;

/** How often each candidate stands outside quotes, record by record; the last record counts unless it may be cut. */
function countDelimiters(head: string): Counts[] {
  const records: Counts[] = [];
  let counts = noneOf();
  let quoting = false;
  let cellStart = true;
  let empty = true;

  for (let at = 0; at < head.length; at += 1) {
    const char = head[at] ?? '';
    if (quoting) {
      if (char !== '"') continue;
      if (head[at + 1] === '"') at += 1;
      else quoting = false;
      continue;
    }
    if (char === '\n' || char === '\r') {
      if (!empty) records.push(counts);
      counts = noneOf();
      empty = true;
      cellStart = true;
      continue;
    }
    empty = false;
    if (char === '"' && cellStart) quoting = true;
    cellStart = isDelimiter(char);
    if (isDelimiter(char)) counts[char] += 1;
  }
  if (!empty && records.length < 2) records.push(counts);
  return records;
}

function noneOf(): Counts {
  return { ',': 0, ';': 0, '\t': 0, '|': 0 };
}

function isDelimiter(char: string): char is Delimiter {
  return char === ',' || char === ';' || char === '\t' || char === '|';
}
