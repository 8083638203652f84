import { createReadStream, statSync } from 'node:fs';
import { assertNever } from '../../shared/errors.ts';
import { decodeText } from '../formats/decode.ts';
import { surveyBytes } from '../formats/survey.ts';
import { cardColumns, cardRows, cardSource } from './card-rows.ts';
import { csvRows } from './csv-rows.ts';
import { jsonColumns, jsonRows } from './json-rows.ts';
import type { ReadTask, SourceRow } from './file-row.ts';

/** A file's rows as they come, the columns that a file of failed rows has, and the share read so far. */
export interface FileReading {
  rows: AsyncGenerator<SourceRow>;
  columns: () => readonly string[];
  share: () => number;
}

/** Goes over the file once to see what encoding it is in, and then reads it. */
export async function readFile({ file, format, mapping, region }: ReadTask): Promise<FileReading> {
  const survey = await surveyBytes(createReadStream(file) as AsyncIterable<Uint8Array>);
  const size = statSync(file).size;
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      yield chunk;
    }
  }
  const share = () => (size === 0 ? 1 : read / size);
  switch (format) {
    case 'csv': {
      let columns: readonly string[] = [];
      const text = decodeText(counted(), survey, { marks: true });
      const rows = csvRows(text, { mapping, region, onLayout: (layout) => (columns = layout.columns) });
      return { rows, columns: () => columns, share };
    }
    case 'vcf':
      return { rows: cardRows(cardSource(counted(), survey), region), columns: () => cardColumns, share };
    case 'json':
      return { rows: jsonRows(decodeText(counted(), survey), region), columns: () => jsonColumns, share };
    default:
      return assertNever(format);
  }
}
