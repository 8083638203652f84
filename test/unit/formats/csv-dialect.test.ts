import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delimiters, detectDelimiter } from '../../../electron/formats/csv-dialect.ts';

const quote = (cell: string) => (/[",;\t|\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

describe('the delimiter of a file', () => {
  test('is the one that cuts every record alike, not the one the first line has most of', () => {
    expect(detectDelimiter('Name, first and last;Budget\nAnn;1,5\nBob;2,5\nCarl;3\n')).toBe(';');
  });

  test('is not a comma that stands in every cell of a column', () => {
    expect(detectDelimiter('Name\tNotes\nDoe, Ann\tx\nDoe, Bob\ty\nDoe, Carl\tz\n')).toBe('\t');
  });

  test('is one that the header has, though a comma is more regular in untidy rows', () => {
    const rows = Array.from({ length: 10 }, (_, index) => `Doe, P${index}${index % 3 === 0 ? '' : '\tx'}\n`);
    expect(detectDelimiter(`Name\tNotes\n${rows.join('')}`)).toBe('\t');
  });

  test('is found though quoted cells are full of other candidates and line ends', () => {
    expect(detectDelimiter('Name|Notes\n"Ann; a, b"|"1,\n2;\n3"\nBob|","\n')).toBe('|');
  });

  test('is the one that Excel announces', () => {
    expect(detectDelimiter('sep=;\nName,x;City,y\nAnn,1;Bonn,2\n')).toBe(';');
  });

  test('is a comma where there is one column only', () => {
    expect(detectDelimiter('Name\nAnn\nBob\n')).toBe(',');
    expect(detectDelimiter('')).toBe(',');
  });

  test('is found in any well-formed table, whatever its cells hold', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ü', ' ', ',', ';', '\t', '|', '"', '\n', '\r') });
    const table = fc
      .integer({ min: 2, max: 6 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 8 }));
    fc.assert(
      fc.property(table, fc.constantFrom(...delimiters), (rows, delimiter) => {
        const text = rows.map((cells) => `${cells.map(quote).join(delimiter)}\r\n`).join('');
        expect(detectDelimiter(text)).toBe(delimiter);
      }),
    );
  });
});
