import { readJson } from '../formats/json-read.ts';
import { recordFromJson } from '../formats/json-record.ts';
import { emptyRecord } from '../formats/import-record.ts';
import { photoFromJson } from './photo.ts';
import { fileRow } from './record-row.ts';
import type { SourceRow } from './file-row.ts';

/** The columns of a file of failed contacts. */
export const jsonColumns = ['name', 'contact'];

/** The contacts of a JSON text, one in memory at a time. Throws `invalid` when it holds no list of them. */
export async function* jsonRows(text: AsyncIterable<string>, region: string): AsyncGenerator<SourceRow> {
  for await (const item of readJson(text)) {
    if ('error' in item) {
      const row = fileRow(item.row, emptyRecord(), region);
      row.errors.push({ row: item.row, message: item.error });
      yield { row, source: () => ['', ''] };
      continue;
    }
    const { photo, problem, warning } = photoFromJson(item.value['image']);
    const row = fileRow(item.row, recordFromJson(item.value), region, photo);
    if (problem !== undefined) row.errors.push({ row: item.row, field: 'image', column: 'image', message: problem });
    if (warning !== undefined) row.warnings.push(`${warning}.`);
    yield { row, source: () => [row.values.name ?? '', JSON.stringify(item.value)] };
  }
}
