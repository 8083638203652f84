import { parseArgs } from 'node:util';
import type { Rules } from '../../electron/sync/rules.ts';
import { describe, shrink } from './shrink.ts';
import { simulate, type SimulationOptions } from './simulation.ts';
import { variants } from './variants.ts';

/*
 * The long run: `npm run sim -- --seeds 50000 [--from 1] [--variant NAME] [--stop-after 1]`, or one seed again:
 * `npm run sim -- --seed 4711`. Prints each failing seed, made small; exit status 1 when there was one.
 */

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    variant: { type: 'string' },
    'stop-after': { type: 'string', default: '1' },
  },
});
const variant = values.variant === undefined ? undefined : variants[values.variant];
if (values.variant !== undefined && !variant) {
  console.error(`--variant must be one of: ${Object.keys(variants).join(', ')}`);
  process.exit(2);
}
const [from, count] = values.seed === undefined ? [Number(values.from), Number(values.seeds)] : [Number(values.seed), 1];
let failures = 0;
for (let seed = from; seed < from + count && failures < Number(values['stop-after']); seed += 1) {
  const options: SimulationOptions = { seed, ...variant, rules: (variant?.rules ?? {}) satisfies Partial<Rules> };
  const run = await simulate(options);
  if (run.broken.length > 0) {
    failures += 1;
    console.log(describe(await shrink(options, run)));
  }
  if ((seed - from + 1) % 500 === 0) console.error(`${seed - from + 1} seeds, ${failures} broken`);
}
console.log(`${failures} broken of at most ${count} seeds`);
process.exit(failures > 0 ? 1 : 0);
