import { ms, percentile, row, type Row } from './measure.ts';
import { runProgram } from './processes.ts';
import { seededProfile } from './profiles.ts';
import type { BenchOptions } from './rest.ts';
import { prefixLengths, type SearchTimes } from './search-times.ts';

const limitMs = 8;
const growthLimit = 3;

/** Search as you type, a letter at a time, in a large book and in one ten times as large. */
export async function benchSearch({ quick }: BenchOptions): Promise<Row[]> {
  const [few, many] = quick ? [1000, 10_000] : [100_000, 1_000_000];
  const measure = async (contacts: number) =>
    JSON.parse(await runProgram('test/bench/search-times.ts', [await seededProfile(contacts)])) as SearchTimes;
  const [small, large] = [await measure(few), await measure(many)];
  return prefixLengths.flatMap((length) => {
    const at = { small: small[length] ?? [], large: large[length] ?? [] };
    const p95 = { small: percentile(at.small, 0.95), large: percentile(at.large, 0.95) };
    const letters = `${length} ${length === 1 ? 'letter' : 'letters'}`;
    return [
      row(`search: p95 of ${letters}, ${thousands(few)}`, ms(p95.small), p95.small, 'at most', limitMs),
      row(
        `search: p95 of ${letters}, ${thousands(many)}`,
        `${ms(p95.large)} against ${ms(p95.small)}`,
        p95.large / p95.small,
        'at most',
        growthLimit,
      ),
    ];
  });
}

function thousands(count: number): string {
  return `${count.toLocaleString('en')} contacts`;
}
