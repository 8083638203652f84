import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import type { ImportFormat } from '../../shared/operations/imports.ts';
import { recogniseHeader } from '../formats/csv-presets.ts';
import { readCsv } from '../formats/csv-read.ts';
import { decodeText } from '../formats/decode.ts';
import { surveyBytes, type Survey } from '../formats/survey.ts';
import { reasonColumn } from './csv-rows.ts';
import type { Inspection } from './file-row.ts';

const sampleRows = 5;
const maxSampleCell = 200;
/** How much tells the format. */
const headSize = 64 * 1024;

/** Looks at the head of a file: what it is by its content, and, where it may be CSV, its columns and first rows. */
export async function inspect(file: string): Promise<Inspection> {
  const survey = await surveyBytes(createReadStream(file) as AsyncIterable<Uint8Array>);
  const format = await formatOf(await readHead(file), survey);
  return { format, csv: format === 'csv' || format === null ? await layoutOf(file, survey) : null };
}

async function formatOf(head: Uint8Array, survey: Survey): Promise<ImportFormat | null> {
  let text = '';
  for await (const piece of decodeText(chunks(head), survey)) text += piece;
  const start = text.slice(0, 64 * 1024).trimStart();
  if (/^BEGIN[ \t]*:[ \t]*VCARD/im.test(start)) return 'vcf';
  if (start.startsWith('{') || start.startsWith('[')) return 'json';
  const [first = '', second] = start.split(/\r\n|\r|\n/, 2);
  return second !== undefined && /[,;\t|]/.test(first) ? 'csv' : null;
}

async function layoutOf(file: string, survey: Survey): Promise<Inspection['csv']> {
  const sample: string[][] = [];
  let columns: string[] = [];
  let delimiter = ',';
  const text = decodeText(createReadStream(file) as AsyncIterable<Uint8Array>, survey);
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
  return { program, encoding: survey.encoding, delimiter, columns, mapping, sample: sample.map((cells) => cells.slice(0, columns.length)) };
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
