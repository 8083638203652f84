import { csvOfContacts } from './csv.ts';
import { interleave, median, perSecond, ratioOf, row, type Row } from './measure.ts';
import { runProgram } from './processes.ts';
import { emptyProfile } from './profiles.ts';
import type { BenchOptions } from './rest.ts';

const limit = 3;
export const importedRows = (quick: boolean) => (quick ? 5000 : 100_000);

/** The import of a CSV, from the file to the end of its report, against inserting the same rows and nothing else. */
export async function benchImport({ quick }: BenchOptions): Promise<Row[]> {
  const count = importedRows(quick);
  const file = csvOfContacts(count);
  try {
    const run = (program: string) => async () => {
      const { dataDir, remove } = emptyProfile();
      try {
        return Number(await runProgram(program, [dataDir, file.path]));
      } finally {
        remove();
      }
    };
    const times = await interleave(quick ? 2 : 3, {
      ours: run('test/bench/import-rows.ts'),
      raw: run('test/bench/insert-rows.ts'),
    });
    const speed = (seconds: readonly number[]) => perSecond(count / median(seconds));
    const figure = `${speed(times.ours)} against ${speed(times.raw)} raw; ${median(times.ours).toFixed(1)} s for ${count.toLocaleString('en')}`;
    return [row('import: CSV against raw inserts with the search index', figure, ratioOf(times.ours, times.raw), 'at most', limit)];
  } finally {
    file.remove();
  }
}
