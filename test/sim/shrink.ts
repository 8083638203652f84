import { simulate, type Run, type SimulationOptions } from './simulation.ts';
import type { Step } from './steps.ts';

/** Leaves out steps, in ever smaller pieces, as long as the run still breaks a promise. At most so many runs. */
export async function shrink(options: SimulationOptions, failed: Run, atMost = 400): Promise<Run> {
  let smallest = failed;
  let runs = 0;
  for (let size = Math.ceil(failed.steps.length / 2); size >= 1 && runs < atMost; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < smallest.steps.length && runs < atMost; ) {
      const steps: Step[] = smallest.steps.filter((_, index) => index < from || index >= from + size);
      const run = await simulate({ ...options, steps });
      runs += 1;
      if (run.broken.length > 0) smallest = run;
      else from += size;
    }
  }
  return smallest;
}

/** A run as text, to look at and to keep. */
export function describe({ seed, steps, broken }: Run): string {
  const lines = steps.map(({ kind, who, how, luck }) => `  { kind: '${kind}', who: ${who}, how: ${how}, luck: ${luck} },`);
  return [`seed ${seed}, ${steps.length} steps:`, ...lines, ...broken.map((text) => `! ${text}`)].join('\n');
}
