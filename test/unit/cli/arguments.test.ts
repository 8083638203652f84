import { expect, test } from 'vitest';
import fc from 'fast-check';
import { duration, noMore, oneOf, readArguments, required, UsageError, wholeNumber } from '../../../electron/cli/arguments.ts';
import { defaultDataDir } from '../../../electron/data-dir.ts';

test('options and words are told apart, and the profile is the desktop’s unless another is named', () => {
  const read = readArguments(['create', '--name', 'a b', '--data-dir', '/tmp/x y'], { name: { type: 'string' } });
  expect(read.words).toEqual(['create']);
  expect(read.values.name).toBe('a b');
  expect(read.dataDir).toBe('/tmp/x y');
  expect(readArguments([], {}).dataDir).toBe(defaultDataDir());
});

test('an unknown option, one without its value and a superfluous word are named', () => {
  expect(() => readArguments(['--colour', 'red'], {})).toThrow(/--colour/);
  expect(() => readArguments(['--name'], { name: { type: 'string' } })).toThrow(/--name/);
  expect(() => noMore(['twice'])).toThrow(/twice/);
  expect(() => readArguments(['--colour'], {})).toThrow(UsageError);
});

test('what is missing is named', () => {
  expect(() => required(undefined, '--name')).toThrow('--name is missing');
  expect(() => required('  ', '--name')).toThrow('--name is missing');
  expect(required('x', '--name')).toBe('x');
  expect(() => readArguments(['--data-dir', ''], {})).toThrow('--data-dir is missing');
});

test('a length of time is a whole number with s, m, h or d', () => {
  expect(duration('30d', '--expires')).toBe(2_592_000);
  expect(duration('12h', '--expires')).toBe(43_200);
  expect(duration('30m', '--expires')).toBe(1800);
  expect(duration('90s', '--expires')).toBe(90);
  for (const wrong of ['', '0s', '30', 'd', '1.5d', '-1d', '30 d', '30D', '1w', `${'9'.repeat(20)}d`]) {
    expect(() => duration(wrong, '--expires'), wrong).toThrow(/^--expires must be/);
  }
});

test('numbers outside their range and texts that are no whole number are refused with their option', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 1000 }), (number) => {
      const read = () => wholeNumber(String(number), '--contacts', 1, 500);
      if (number >= 1 && number <= 500) expect(read()).toBe(number);
      else expect(read).toThrow(/^--contacts must be a whole number from 1 to 500/);
    }),
  );
  for (const wrong of ['', '1e3', '0x10', '1.5', 'ten', '१']) {
    expect(() => wholeNumber(wrong, '--rate', 0), wrong).toThrow(/^--rate must be a whole number of at least 0/);
  }
});

test('a word that is not among those allowed is answered with the ones that are', () => {
  expect(oneOf('csv', '--format', ['csv', 'vcf'])).toBe('csv');
  expect(() => oneOf('xls', '--format', ['csv', 'vcf'])).toThrow("--format must be one of csv, vcf, not 'xls'");
});
