import type { Delimiter } from '../formats/csv-dialect.ts';
import { recogniseHeader, type Program } from '../formats/csv-presets.ts';
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
  let read: ReturnType<typeof createRecordReader> | undefined;
  const onHeader = (header: string[], delimiter: Delimiter) => {
    const columns = header.at(-1) === reasonColumn ? header.slice(0, -1) : header;
    const { program, mapping } = recogniseHeader(columns);
    width = columns.length;
    read = createRecordReader(columns, combineMapping(mapping, options.mapping), { program, region });
    options.onLayout({ program, delimiter, columns });
  };
  for await (const { row, cells, error, warning } of readCsv(text, { onHeader })) {
    const own = cells.slice(0, width);
    const record = error === undefined && read ? read(own) : emptyRecord();
    if (error !== undefined) record.errors.push({ column: '', field: 'name', message: error });
    const found = fileRow(row, record, region);
    if (warning !== undefined) found.warnings.push(warning);
    if (error !== undefined) found.errors = [{ row, message: error }];
    yield { row: found, source: () => own };
  }
}
