import { expect, test } from 'vitest';
import { simulate } from '../../sim/simulation.ts';
import { variants } from '../../sim/variants.ts';

const seedsAtMost = 500;

test.each(Object.keys(variants))('the simulation finds what is lost with: %s', { timeout: 900_000 }, async (name) => {
  let broken: string[] = [];
  for (let seed = 1; seed <= seedsAtMost && broken.length === 0; seed += 1) {
    ({ broken } = await simulate({ seed, ...variants[name] }));
  }
  expect(broken).not.toEqual([]);
});

test('the same seed is the same run, so that a failure can be looked at again', async () => {
  const [first, second] = [await simulate({ seed: 7, rules: { readBeforeWrite: false } }), await simulate({ seed: 7, rules: { readBeforeWrite: false } })];
  expect(first.broken).toEqual(second.broken);
});
