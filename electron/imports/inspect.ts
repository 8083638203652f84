import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import type { ImportFormat } from '../../shared/operations/imports.ts';
import { recogniseHeader } from '../formats/csv-presets.ts';
import { readCsv } from '../formats/csv-read.ts';
import { decodeStream, detectEncoding, headSize } from '../formats/decode.ts';
import { reasonColumn } from './csv-rows.ts';
import type { Inspection } from './file-row.ts';

const sampleRows = 5;
const maxSampleCell = 200;

/** Looks at the head of a file: what it is by its content, and, where it may be CSV, its columns and first rows. */
export async function inspect(file: string): Promise<Inspection> {
  const head = await readHead(file);
  const format = await formatOf(head);
  return { format, csv: format === 'csv' || format === null ? await layoutOf(file, head) : null };
}

async function formatOf(head: Uint8Array): Promise<ImportFormat | null> {
  let text = '';
  for await (const piece of decodeStream(chunks(head))) text += piece;
  const start = text.slice(0, 64 * 1024).trimStart();
  if (/^BEGIN[ \t]*:[ \t]*VCARD/im.test(start)) return 'vcf';
  if (start.startsWith('{') || start.startsWith('[')) return 'json';
  const [first = '', second] = start.split(/\r\n|\r|\n/, 2);
  return second !== undefined && /[,;\t|]/.test(first) ? 'csv' : null;
}

async function layoutOf(file: string, head: Uint8Array): Promise<Inspection['csv']> {
  const sample: string[][] = [];
  let columns: string[] = [];
  let delimiter = ',';
  const text = decodeStream(createReadStream(file));
  try {
    const rows = readCsv(text, { onHeader: (header, found) => ([columns, delimiter] = [header, found]) });
    for await (const { cells, error } of rows) {
      if (error === undefined) sample.push(cells.slice(0, columns.length).map((cell) => cell.slice(0, maxSampleCell).toWellFormed()));
      if (sample.length === sampleRows) break;
    }
  } catch {
    return null;
  }
  if (columns.at(-1) === reasonColumn) columns.pop();
  const { program, mapping } = recogniseHeader(columns);
  const encoding = detectEncoding(head, { whole: head.length < headSize });
  return { program, encoding, delimiter, columns, mapping, sample: sample.map((cells) => cells.slice(0, columns.length)) };
}

async function readHead(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(headSize);
    const { bytesRead } = await handle.read(head, 0, headSize, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
