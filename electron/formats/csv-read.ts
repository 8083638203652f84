import { type CsvError, type Info, type Options, Parser } from 'csv-parse';
import { AppError } from '../../shared/errors.ts';
import { type Delimiter, detectDelimiter } from './csv-dialect.ts';

/** One row of a CSV file. `row` is its number as a spreadsheet shows it: the header is 1, blank lines count. */
export interface CsvRow {
  row: number;
  /** As many cells as the header has columns, and more if the row is too long. */
  cells: string[];
  /** Why the row cannot be read. */
  error?: string;
  /** What is odd about the row, though it can be read. */
  warning?: string;
}

export interface CsvReading {
  /** Without it the delimiter is detected from the head of the text. */
  delimiter?: Delimiter;
  /** Called once, before the first row, with every column named and no name twice. */
  onHeader: (header: string[], delimiter: Delimiter) => void;
}

export const maxCellLength = 1024 * 1024;
/** Our own exports hold whatever a contact can; as long as a file may be. */
const maxOwnLength = 64 * 1024 * 1024;
const headLength = 64 * 1024;
const sliceLength = 64 * 1024;
/** Reading on after a quote that is never closed costs a second look at its text: this much, and twice the file. */
const freeRereading = 8 * 1024 * 1024;

/**
 * The rows of a CSV text, read as a stream in constant memory; the source waits for the consumer. Quoted cells may
 * hold line ends, stray quotes are taken as text. A row that has a NUL, a cell over 1 MiB or more than 2 MiB in all (our
 * own exports: 64 MiB) carries its error and reading goes on. Throws `invalid` when there is no header, or when quotes are hopelessly unbalanced.
 */
export async function* readCsv(text: AsyncIterable<string>, reading: CsvReading): AsyncGenerator<CsvRow> {
  const { delimiter, isOwn, rest } = await lookAhead(text, reading.delimiter);
  const limits = isOwn ? { cell: maxOwnLength, record: maxOwnLength } : { cell: maxCellLength, record: 2 * maxCellLength };
  let width = 0;
  let row = 0;
  for await (const record of readRecords(bytesOf(rest), delimiter, limits.record)) {
    row += 1;
    if ('error' in record) {
      yield { row, cells: [], error: record.error };
      continue;
    }
    const { cells } = record;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (width > 0) {
      yield checkedRow(row, cells, width, limits.cell);
    } else if (!(row === 1 && /^sep=/i.test(cells[0] ?? ''))) {
      width = cells.length;
      reading.onHeader(uniqueHeader(cells), delimiter);
    }
  }
  if (width === 0) throw new AppError('invalid', 'The file has no header row: it holds no columns to read.');
}

/** Column names as they can be keys: trimmed, with a name for a blank one and a number for a repeated one. */
export function uniqueHeader(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const base = cell.trim() || `Column ${index + 1}`;
    let name = base;
    for (let copy = 2; taken.has(name); copy += 1) name = `${base} (${copy})`;
    taken.add(name);
    return name;
  });
}

function checkedRow(row: number, cells: string[], width: number, maxCell: number): CsvRow {
  if (cells.some((cell) => cell.includes('\0'))) return { row, cells, error: 'The row has a NUL character.' };
  if (cells.some((cell) => cell.length > maxCell)) {
    return { row, cells: [], error: `The row has a cell over ${maxCell / 1024 / 1024} MiB.` };
  }
  const lengths = `The row has ${cells.length} cells where the header has ${width} columns`;
  if (cells.length > width) {
    const surplus = cells.slice(width).some((cell) => cell !== '');
    if (surplus) return { row, cells, error: `${lengths}; its values may stand in the wrong columns.` };
    return { row, cells: cells.slice(0, width) };
  }
  if (cells.length === width) return { row, cells };
  const filled = [...cells, ...Array.from({ length: width - cells.length }, () => '')];
  return { row, cells: filled, warning: `${lengths}; the missing ones are taken as empty.` };
}

type CsvRecord = { cells: string[] } | { error: string };

async function* readRecords(source: AsyncIterable<Buffer>, delimiter: Delimiter, maxRecord: number): AsyncGenerator<CsvRecord> {
  let parser = openParser(delimiter, maxRecord);
  // What the parser was given since its last complete record: read again, from the next line on, if it gives up.
  let unfinished: Buffer[] = [];
  let skippingLine = false;
  let bytesRead = 0;
  let bytesReread = 0;

  async function* feed(chunk: Buffer | undefined): AsyncGenerator<CsvRecord> {
    let input = chunk;
    if (input) unfinished.push(input);
    for (;;) {
      const { records, consumed, failed } = input ? await parser.write(input) : await parser.end();
      dropFront(unfinished, consumed);
      yield* records.map((cells) => ({ cells }));
      if (!failed) {
        if (chunk || !input) return;
        input = undefined;
        continue;
      }
      const again = Buffer.concat(unfinished);
      bytesReread += again.length;
      if (bytesReread > freeRereading + 2 * bytesRead) {
        throw new AppError('invalid', 'The quotes of the file do not match: it is not CSV.');
      }
      yield { error: `The row has an opening quote that is never closed, or is longer than ${maxRecord / 1024 / 1024} MiB.` };
      const lineEnd = endOfLine(again);
      input = again.subarray(lineEnd ?? again.length);
      unfinished = [input];
      skippingLine = lineEnd === undefined;
      parser = openParser(delimiter, maxRecord);
    }
  }

  for await (const chunk of source) {
    const lineEnd = skippingLine ? endOfLine(chunk) : 0;
    bytesRead += chunk.length;
    if (lineEnd === undefined) continue;
    skippingLine = false;
    yield* feed(chunk.subarray(lineEnd));
  }
  yield* feed(undefined);
}

interface Parsed {
  records: string[][];
  /** How many bytes the records took, counted from the end of the record before them. */
  consumed: number;
  failed: boolean;
}

/** csv-parse with its records handed back by the call that completed them. */
function openParser(delimiter: Delimiter, maxRecord: number): { write: (chunk: Buffer) => Promise<Parsed>; end: () => Promise<Parsed> } {
  let records: string[][] = [];
  let recordsEnd = 0;
  let counted = 0;
  const options: Options = {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: maxRecord,
    on_record: (cells: string[], info: Info) => {
      records.push(cells);
      recordsEnd = info.bytes;
      return null;
    },
  };
  const parser = new Parser(options);
  parser.on('error', () => undefined);

  const settle = (run: (done: (error?: Error | null) => void) => void) =>
    new Promise<Parsed>((resolve, reject) => {
      run((error) => {
        const expected = !error || ['CSV_MAX_RECORD_SIZE', 'CSV_QUOTE_NOT_CLOSED'].includes((error as CsvError).code);
        if (!expected) return reject(error);
        resolve({ records, consumed: recordsEnd - counted, failed: Boolean(error) });
        records = [];
        counted = recordsEnd;
      });
    });

  return {
    write: (chunk) => settle((done) => parser.write(chunk, done)),
    end: () => settle((done) => parser.end(done)),
  };
}

function endOfLine(bytes: Buffer): number | undefined {
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  if (end === -1) return undefined;
  return bytes[end] === 0x0d && bytes[end + 1] === 0x0a ? end + 2 : end + 1;
}

/** Takes bytes off the front of a list of pieces. */
function dropFront(pieces: Buffer[], count: number): void {
  let rest = count;
  let whole = 0;
  while (whole < pieces.length && (pieces[whole]?.length ?? 0) <= rest) {
    rest -= pieces[whole]?.length ?? 0;
    whole += 1;
  }
  pieces.splice(0, whole);
  const [first] = pieces;
  if (first && rest > 0) pieces[0] = first.subarray(rest);
}

interface CsvText {
  delimiter: Delimiter;
  /** Whether its first line is the header of one of our own exports. */
  isOwn: boolean;
  rest: AsyncIterable<string>;
}

/** The delimiter, if it is not known, by the first 64 Ki characters, and the whole text to read. */
async function lookAhead(text: AsyncIterable<string>, known: Delimiter | undefined): Promise<CsvText> {
  const source = text[Symbol.asyncIterator]();
  let head = '';
  let done = false;
  while (!done && head.length < headLength) {
    const next = await source.next();
    if (next.done) done = true;
    else head += next.value;
  }
  async function* rest(): AsyncGenerator<string> {
    try {
      yield head;
      while (!done) {
        const next = await source.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await source.return?.();
    }
  }
  const [firstLine = ''] = head.split(/[\r\n]/, 1);
  const isOwn = ['contactType', 'primaryEmail', 'inviteStatus'].every((column) => firstLine.includes(column));
  return { delimiter: known ?? detectDelimiter(head), isOwn, rest: rest() };
}

/** Text as UTF-8 in pieces small enough to be parsed at a stretch, never cutting a surrogate pair. */
async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let carried = '';
  for await (const chunk of text) {
    const whole = carried + chunk;
    let start = 0;
    while (whole.length - start > 1) {
      let end = Math.min(start + sliceLength, whole.length);
      if (isHighSurrogate(whole.charCodeAt(end - 1))) end -= 1;
      yield Buffer.from(whole.slice(start, end));
      start = end;
    }
    carried = whole.slice(start);
  }
  if (carried !== '') yield Buffer.from(carried);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
