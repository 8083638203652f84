import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const module = pathToFileURL(join(import.meta.dirname, '../../../electron/tick-shape.ts')).href;

/** What a tick costs at best in a process that has made some, and whose garbage was perhaps collected since. */
function costOfTick(collect: boolean): number {
  const program = `
    import { keepTickShape } from ${JSON.stringify(module)};
    keepTickShape();
    const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
    for (let count = 0; count < 50; count += 1) {
      process.nextTick(() => undefined);
      await turn();
    }
    for (let round = 0; round < 3; round += 1) {
      if (${collect}) gc();
      await turn();
    }
    let least = Infinity;
    for (let round = 0; round < 30; round += 1) {
      const begun = process.hrtime.bigint();
      for (let count = 0; count < 2000; count += 1) process.nextTick(() => undefined);
      least = Math.min(least, Number(process.hrtime.bigint() - begun));
      await turn();
    }
    console.log(least);
  `;
  return Number(execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], { encoding: 'utf8' }));
}

test('a tick is made as fast after a collection of garbage as before', () => {
  expect(costOfTick(true) / costOfTick(false)).toBeLessThan(3);
});
