import type { Delimiter } from '../formats/csv-dialect.ts';
import { recogniseHeader, type Program } from '../formats/csv-presets.ts';
import { repairMark } from '../formats/decode.ts';
import { readCsv } from '../formats/csv-read.ts';
import { createRecordReader } from '../formats/csv-record.ts';
import { emptyRecord, type Mapping } from '../formats/import-record.ts';
import { combineMapping } from './csv-mapping.ts';
import { fileRow } from './record-row.ts';
import type { SourceRow } from './file-row.ts';

/** The column that our files of failed rows end with; it is no part of the contact when such a file comes back. */
export const reasonColumn = 'Reason (import)';

export interface CsvLayout {
  program: Program;
  delimiter: Delimiter;
  columns: string[];
}

/** The contacts of a CSV text. `onLayout` hears of its columns before the first row. Throws `invalid` without a header. */
export async function* csvRows(
  text: AsyncIterable<string>,
  options: { mapping: Mapping; region: string; onLayout: (layout: CsvLayout) => void },
): AsyncGenerator<SourceRow> {
  const { region } = options;
  let width = 0;
  let columns: readonly string[] = [];
  let read: ReturnType<typeof createRecordReader> | undefined;
  const onHeader = (header: string[], delimiter: Delimiter) => {
    const named = header.map((name) => name.replaceAll(repairMark, ''));
    const found = named.at(-1) === reasonColumn ? named.slice(0, -1) : named;
    const { program, mapping } = recogniseHeader(found);
    width = found.length;
    columns = found;
    read = createRecordReader(found, combineMapping(mapping, options.mapping), { program, region });
    options.onLayout({ program, delimiter, columns: found });
  };
  for await (const { row, cells, error, warning } of readCsv(text, { onHeader })) {
    const { own, repaired } = withoutMarks(cells.slice(0, width), columns);
    const record = error === undefined && read ? read(own) : emptyRecord();
    if (error !== undefined) record.errors.push({ column: '', field: 'name', message: error });
    const found = fileRow(row, record, region);
    if (warning !== undefined) found.warnings.push(warning);
    if (repaired.length > 0) found.warnings.push(`Not all bytes of ${repaired.join(', ')} are UTF-8; they are read as another encoding.`);
    if (error !== undefined) found.errors = [{ row, message: error }];
    yield { row: found, source: () => own };
  }
}

/** The cells without the marks of bytes that are not in the encoding of the file, and the columns that had some. */
function withoutMarks(cells: string[], columns: readonly string[]): { own: string[]; repaired: string[] } {
  const repaired = columns.filter((_, index) => cells[index]?.includes(repairMark));
  return { own: repaired.length === 0 ? cells : cells.map((cell) => cell.replaceAll(repairMark, '')), repaired };
}
