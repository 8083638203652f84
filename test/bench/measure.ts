/** One line of the result: a figure against its limit. */
export interface Row {
  name: string;
  /** What was measured, in the words of the table: '42.1k/s against 49.0k/s'. */
  figure: string;
  /** The number that the limit is about. */
  ratio: number;
  limit: number;
  /** Whether the ratio must be at most the limit, or at least. */
  bound: 'at most' | 'at least';
  pass: boolean;
}

export function row(name: string, figure: string, ratio: number, bound: Row['bound'], limit: number): Row {
  const pass = bound === 'at most' ? ratio <= limit : ratio >= limit;
  return { name, figure, ratio: Math.round(ratio * 1000) / 1000, limit, bound, pass };
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The smallest value that at least this share of all values does not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/**
 * Measures several things in turns, so that what the machine does meanwhile falls on all alike.
 * Answers each one's figures of all rounds.
 */
export async function interleave<K extends string>(
  rounds: number,
  measured: Readonly<Record<K, () => number | Promise<number>>>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(measured) as K[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes first has the colder machine: the order turns round.
    for (const name of round % 2 === 0 ? names : names.toReversed()) figures[name].push(await measured[name]());
  }
  return figures;
}

/** The median of the ratios of each round: steadier than the ratio of the medians where the machine's speed wanders. */
export function ratioOf(numerators: readonly number[], denominators: readonly number[]): number {
  return median(numerators.map((value, round) => value / (denominators[round] ?? Number.NaN)));
}

export const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const perSecond = (value: number) => (value >= 10_000 ? `${(value / 1000).toFixed(1)}k/s` : `${value.toFixed(0)}/s`);
