import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchBundle } from './bundle.ts';
import { benchDesktop } from './desktop.ts';
import { benchImport } from './import.ts';
import { benchLatency } from './latency.ts';
import { benchList } from './list.ts';
import { benchLive } from './live.ts';
import type { Row } from './measure.ts';
import { benchRest, type BenchOptions } from './rest.ts';
import { benchScroll } from './scroll.ts';
import { benchSearch } from './search.ts';
import { benchSync } from './sync.ts';

/*
 * `npm run bench [-- NAME …] [--quick] [--json]`: measures against the limits of the project, everything side by side in
 * one run. Prints a table, or with --json the figures alone, and writes them to test/.artifacts/bench.json. Ends with 1
 * when a limit is missed. The first whole run makes a book of a million contacts, which takes minutes; it is kept.
 */

const benches: Readonly<Record<string, (options: BenchOptions) => Row[] | Promise<Row[]>>> = {
  bundle: benchBundle,
  scroll: benchScroll,
  live: benchLive,
  search: benchSearch,
  list: benchList,
  import: benchImport,
  latency: benchLatency,
  rest: benchRest,
  sync: benchSync,
  desktop: benchDesktop,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' } },
});
const unknown = positionals.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  process.stderr.write(`There is no benchmark '${unknown}': ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}

const chosen = positionals.length > 0 ? positionals : Object.keys(benches);
const rows: Row[] = [];
for (const name of chosen) {
  process.stderr.write(`${name} …\n`);
  const measured = (await benches[name]?.({ quick: values.quick === true })) ?? [];
  rows.push(...measured);
  if (!values.json) process.stdout.write(table(measured));
}

const result = { at: new Date().toISOString(), machine: `${cpus().length} × ${cpus()[0]?.model}`, quick: values.quick === true, rows };
const artifacts = join(import.meta.dirname, '../.artifacts');
mkdirSync(artifacts, { recursive: true });
writeFileSync(join(artifacts, 'bench.json'), `${JSON.stringify(result, null, 2)}\n`);
if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.exitCode = rows.every(({ pass }) => pass) ? 0 : 1;

function table(measured: readonly Row[]): string {
  const width = Math.max(...measured.map(({ name }) => name.length));
  return measured
    .map(({ name, figure, ratio, bound, limit, pass }) => {
      const judged = `${ratio} (${bound} ${limit})`;
      return `${pass ? '✓' : '✗'} ${name.padEnd(width)}  ${judged.padEnd(24)} ${figure}\n`;
    })
    .join('');
}
