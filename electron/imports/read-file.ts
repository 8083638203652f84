import { createReadStream, statSync } from 'node:fs';
import { assertNever } from '../../shared/errors.ts';
import { decodeStream } from '../formats/decode.ts';
import { cardColumns, cardRows } from './card-rows.ts';
import { csvRows } from './csv-rows.ts';
import { jsonColumns, jsonRows } from './json-rows.ts';
import type { ReadTask, SourceRow } from './file-row.ts';

/** A file's rows as they come, the columns that a file of failed rows has, and the share read so far. */
export interface FileReading {
  rows: AsyncGenerator<SourceRow>;
  columns: () => readonly string[];
  share: () => number;
}

export function readFile({ file, format, mapping, region }: ReadTask): FileReading {
  const size = statSync(file).size;
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      yield chunk;
    }
  }
  const text = decodeStream(counted());
  const share = () => (size === 0 ? 1 : read / size);
  switch (format) {
    case 'csv': {
      let columns: readonly string[] = [];
      const rows = csvRows(text, { mapping, region, onLayout: (layout) => (columns = layout.columns) });
      return { rows, columns: () => columns, share };
    }
    case 'vcf':
      return { rows: cardRows(text, region), columns: () => cardColumns, share };
    case 'json':
      return { rows: jsonRows(text, region), columns: () => jsonColumns, share };
    default:
      return assertNever(format);
  }
}
