import { expect, test } from 'vitest';
import { describe, shrink } from '../../sim/shrink.ts';
import { simulate } from '../../sim/simulation.ts';

/**
 * Simulates an office for each of these seeds: laptops that edit, crash, lose their network and answer conflicts, and a
 * colleague at the server. A seed that breaks a promise is made small before it is shown.
 */
export function simulateSeeds(from: number, to: number): void {
  test(`whatever happens in an office, nothing is lost, nothing is doubled and all books meet (seeds ${from} to ${to})`, { timeout: 900_000 }, async () => {
    for (let seed = from; seed <= to; seed += 1) {
      const run = await simulate({ seed });
      if (run.broken.length > 0) expect.fail(describe(await shrink({ seed }, run)));
    }
  });
}
