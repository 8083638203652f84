import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNumber, parseNumber } from '../../../renderer/contact-form/number-entry.ts';

const locales = ['en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'ar-EG', 'bn-BD', 'es-ES', 'pl-PL', 'sv-SE'];

describe('a number typed by a person', () => {
  test.each([
    ['1,234.5', 'en-US', 1234.5],
    ['1.234,5', 'de-DE', 1234.5],
    ['1 234,5', 'fr-FR', 1234.5],
    ['1’234.50', 'de-CH', 1234.5],
    ["1'234", 'de-CH', 1234],
    ['12,34,567', 'en-IN', 1234567],
    ['١٢٣٫٥', 'ar-EG', 123.5],
    ['.5', 'en-US', 0.5],
    ['-3', 'en-US', -3],
    ['−3', 'sv-SE', -3],
    ['１２', 'en-US', 12],
    ['007', 'en-US', 7],
  ])('%s in %s is %d', (text, locale, value) => {
    expect(parseNumber(text, locale)).toBe(value);
  });

  test('is never a hundred times what was meant because the keyboard has the other sign', () => {
    expect(parseNumber('12.5', 'de-DE')).toBe(12.5);
    expect(parseNumber('12,50', 'en-US')).toBe(12.5);
    expect(parseNumber('1.234', 'de-DE')).toBe(1234);
    expect(parseNumber('1.234', 'en-US')).toBe(1.234);
  });

  test.each(['', 'abc', '1.2.3', '12 pieces', '1,2,3', '--1', '1e5', 'Infinity', '1.234,5,6', '0x10', '€ 5'])(
    '%j is no number',
    (text) => {
      expect(parseNumber(text, 'en-US')).toBeUndefined();
      expect(parseNumber(text, 'de-DE')).toBeUndefined();
    },
  );

  test('reads back every number it shows, in every locale', () => {
    const numbers = fc.oneof(
      fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
      fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((value) => Number(value.toFixed(6))),
    );
    fc.assert(
      fc.property(numbers, fc.constantFrom(...locales), (value, locale) => {
        expect(parseNumber(formatNumber(value, locale), locale)).toBe(value === 0 ? 0 : value);
      }),
      { numRuns: 1000 },
    );
  });
});
