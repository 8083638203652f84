import { describe, expect, test } from 'vitest';
import { defaultMatch, formatOfName, isImportName } from '../../../shared/import-file.ts';

describe('the name of a file', () => {
  test.each([
    ['a.CSV', 'csv'], ['a.tsv', 'csv'], ['two.dots.vcf', 'vcf'], ['b.vcard', 'vcf'], ['c.json', 'json'],
    ['notes.txt', undefined], ['a.xlsx', undefined], ['csv', undefined], ['', undefined], ['a.constructor', undefined],
  ] as const)('%s promises %s', (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });

  test('tells whether it can be read in', () => {
    expect(['a.csv', 'notes.txt', 'B.VCF', 'a.xlsx', 'csv', 'a.'].map(isImportName)).toEqual([true, true, true, false, false, false]);
  });
});

test('contacts are recognised by the surest thing that a file holds', () => {
  expect(defaultMatch('vcf', [])).toBe('uid');
  expect(defaultMatch('json', [])).toBe('uid');
  expect(defaultMatch('csv', ['primaryEmail', 'uid'])).toBe('uid');
  expect(defaultMatch('csv', ['primaryPhone', 'primaryEmail'])).toBe('email');
  expect(defaultMatch('csv', ['primaryPhone', null])).toBe('phone');
  expect(defaultMatch('csv', ['name', null])).toBe('name');
});
