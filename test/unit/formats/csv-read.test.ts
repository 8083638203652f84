import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Delimiter } from '../../../electron/formats/csv-dialect.ts';
import { type CsvRow, readCsv, uniqueHeader } from '../../../electron/formats/csv-read.ts';
import { csvLine } from '../../../electron/formats/csv-write.ts';
import { collect, inChunks, once } from './streams.ts';

interface Reading {
  header: string[];
  delimiter: string;
  rows: CsvRow[];
}

async function read(text: AsyncIterable<string> | string, delimiter?: Delimiter): Promise<Reading> {
  const reading: Reading = { header: [], delimiter: '', rows: [] };
  const source = typeof text === 'string' ? once(text) : text;
  const onHeader = (header: string[], found: string) => Object.assign(reading, { header, delimiter: found });
  reading.rows = await collect(readCsv(source, delimiter ? { delimiter, onHeader } : { onHeader }));
  return reading;
}

const cellsOf = ({ rows }: Reading) => rows.map(({ cells }) => cells);

describe('reading CSV', () => {
  test('quoted cells hold delimiters, quotes and line ends', async () => {
    const reading = await read('a,b\r\n"x, ""y""","1\r\n2\n3"\r\n');
    expect(reading.header).toEqual(['a', 'b']);
    expect(reading.rows).toEqual([{ row: 2, cells: ['x, "y"', '1\r\n2\n3'] }]);
  });

  test.each(['\n', '\r\n', '\r'])('line ends may be %j, and mixed in one file', async (end) => {
    expect(cellsOf(await read(`a,b${end}1,2${end}3,4\n5,6\r\n`))).toEqual([['1', '2'], ['3', '4'], ['5', '6']]);
  });

  test('rows are numbered as a spreadsheet shows them: the header is 1, blank lines count', async () => {
    const { rows } = await read('a,b\n\n"1\n1",2\n,\n3,4\n');
    expect(rows.map(({ row }) => row)).toEqual([3, 5]);
  });

  test('stray quotes are text, not the end of the file', async () => {
    const reading = await read('name,notes\nAnn,5" pipe\n"Bob" Lee,said "hi"\nCarl,ok\n');
    expect(cellsOf(reading)).toEqual([['Ann', '5" pipe'], ['"Bob" Lee', 'said "hi"'], ['Carl', 'ok']]);
  });

  test('a row that is too short is filled up with a warning, one that is too long is an error of its own', async () => {
    const { rows } = await read('a,b,c\n1,2\n1,2,3,4\n1,2,3,\n1,2,3\n');
    expect(rows[0]).toMatchObject({ row: 2, cells: ['1', '2', ''], warning: expect.stringContaining('2 cells') });
    expect(rows[1]).toMatchObject({ row: 3, error: expect.stringContaining('wrong columns') });
    expect(rows.slice(2)).toEqual([{ row: 4, cells: ['1', '2', '3'] }, { row: 5, cells: ['1', '2', '3'] }]);
  });

  test('a NUL or a cell over 1 MiB is the error of its row only', async () => {
    const { rows } = await read(`a,b\nx,\0\n1,${'y'.repeat(1_100_000)}\n3,4\n`);
    expect(rows.map(({ row, error }) => [row, error])).toEqual([
      [2, 'The row has a NUL character.'],
      [3, 'The row has a cell over 1 MiB.'],
      [4, undefined],
    ]);
  });

  test('a quote that is never closed costs its row, and the rows after it are read', async () => {
    const good = Array.from({ length: 1000 }, (_, index) => `${index},ok\n`).join('');
    const { rows } = await read(inChunks(`a,b\n1,2\n"oops,3\n${good}`, [1000]));
    expect(rows).toHaveLength(1002);
    expect(rows[1]).toMatchObject({ row: 3, error: expect.stringContaining('never closed') });
    expect(rows.at(-1)).toEqual({ row: 1003, cells: ['999', 'ok'] });
  });

  test('a runaway quote far longer than memory should hold is given up, and reading goes on in the next line', async () => {
    async function* file(): AsyncGenerator<string> {
      yield 'a,b\n"oops,1\n';
      for (let block = 0; block < 50; block += 1) yield `${'x'.repeat(99)},y\n`.repeat(1000);
    }
    const { rows } = await read(file());
    expect(rows).toHaveLength(50_001);
    expect(rows.filter(({ error }) => error !== undefined).map(({ row }) => row)).toEqual([2]);
  });

  test('a line without any end is skipped whole', async () => {
    async function* file(): AsyncGenerator<string> {
      yield 'a,b\n1,';
      for (let block = 0; block < 100; block += 1) yield 'x'.repeat(65_536);
      yield '\n3,4\n';
    }
    expect((await read(file())).rows).toEqual([
      { row: 2, cells: [], error: expect.stringContaining('longer than 2 MiB') },
      { row: 3, cells: ['3', '4'] },
    ]);
  });

  test('a file whose quotes never match is refused in the end, not read for ever', async () => {
    const hostile = `a,b\n${'""a","\n'.repeat(400_000)}`;
    await expect(read(hostile, ',')).rejects.toThrow('The quotes of the file do not match');
  });

  test('a file without a header is refused', async () => {
    await expect(read('')).rejects.toThrow('no header row');
    await expect(read('\n\n , \n')).rejects.toThrow('no header row');
  });

  test('the delimiter is found, or taken as told; Excel\'s "sep=" line is no header', async () => {
    expect((await read('a;b\n1;2,5\n3;4\n')).delimiter).toBe(';');
    expect((await read('a;b\n1;2\n', ',')).header).toEqual(['a;b']);
    const announced = await read('sep=;\na;b\n1;2\n');
    expect(announced.header).toEqual(['a', 'b']);
    expect(announced.rows).toEqual([{ row: 3, cells: ['1', '2'] }]);
  });

  test('every column gets a name and no name twice', () => {
    expect(uniqueHeader([' Title ', '', 'Title', 'Title (2)'])).toEqual(['Title', 'Column 2', 'Title (2)', 'Title (2) (2)']);
  });

  test('the source is asked for no more than the consumer takes, and is closed when the consumer leaves', async () => {
    let given = 0;
    let closed = false;
    async function* endless(): AsyncGenerator<string> {
      try {
        yield 'a,b\n';
        for (;;) {
          given += 1;
          yield '1,2\n'.repeat(4096);
        }
      } finally {
        closed = true;
      }
    }
    let taken = 0;
    for await (const row of readCsv(endless(), { onHeader: () => undefined })) {
      taken += row.cells.length / 2;
      if (taken === 20_000) break;
    }
    expect(given).toBeLessThan(20);
    expect(closed).toBe(true);
  });
});

describe('whatever the cells and however the text arrives', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '山', '😀', ' ', ',', ';', '"', '\n', '\r', '\t', '=', "'") });
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

  test('rows that are written are read back the same', async () => {
    await fc.assert(
      fc.asyncProperty(table, sizes, async (rows, cuts) => {
        const header = rows[0]?.map((_, index) => `c${index}`) ?? [];
        const text = [header, ...rows].map(csvLine).join('');
        const filled = rows.filter((cells) => cells.some((value) => value.trim() !== ''));
        expect(cellsOf(await read(inChunks(text, cuts), ','))).toEqual(filled);
      }),
    );
  });

  test('any text gives the same rows in any chunks, and never anything but rows or a clear refusal', async () => {
    const anyText = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '😀', '\0', ' '), maxLength: 60 });
    const outcome = async (text: AsyncIterable<string>) =>
      read(text, ',').then(
        ({ header, rows }) => ({ header, rows }),
        (error: Error) => error.message,
      );
    await fc.assert(
      fc.asyncProperty(anyText, sizes, async (text, cuts) => {
        expect(await outcome(inChunks(text, cuts))).toEqual(await outcome(once(text)));
      }),
    );
  });
});
