import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseAmount, parseBudgetType, parseContactType, parseDegrees, parseInviteStatus, splitTags,
} from '../../../electron/formats/cell-values.ts';

describe('an amount is read as people write it', () => {
  test.each([
    ['1.234,56', 1234.56], ['1,234.56', 1234.56], ['€ 1 200', 1200], ['1 234 567,8 €', 1234567.8],
    ['CHF 1’234.–', 1234],
    ["1'234.50", 1234.5], ['$-5', -5], ['−5,5', -5.5], ['12,34,567.00', 1234567], ['1.000.000', 1000000],
    ['0.500', 0.5], ['1234.500', 1234.5],
    ['12,5', 12.5], ['.5', 0.5], ['１２３', 123], ['USD 7', 7], ['100 kr', 100], ['+3', 3], ['0', 0],
  ])('%s', (text, value) => {
    expect(parseAmount(text)).toEqual({ value, ambiguous: false });
  });

  const none = ['', 'viel', '1.5k', '12.05.2024', '1,2,3', '1.234,56,7', '5 Mio', '--5', 'Infinity', '0x10', '1e5', ','];
  test.each(none)('%j is none', (text) => {
    expect(parseAmount(text)).toBeUndefined();
  });

  test('where a mark could be either, the region decides, and without one the answer says so', () => {
    expect(parseAmount('1.234', 'DE')).toEqual({ value: 1234, ambiguous: false });
    expect(parseAmount('1.234', 'US')).toEqual({ value: 1.234, ambiguous: false });
    expect(parseAmount('1,234', 'FR')).toEqual({ value: 1.234, ambiguous: false });
    expect(parseAmount('1,234', 'GB')).toEqual({ value: 1234, ambiguous: false });
    expect(parseAmount('1.234')).toEqual({ value: 1234, ambiguous: true });
    expect(parseAmount('1,234', 'not a region')).toEqual({ value: 1234, ambiguous: true });
  });

  test('every amount reads back as its region writes it', () => {
    const cents = fc.integer({ min: -1e11, max: 1e11 }).map((value) => value / 100);
    fc.assert(
      fc.property(cents, fc.constantFrom('de-DE', 'en-US', 'fr-FR', 'de-CH', 'en-IN', 'pt-BR', 'sv-SE', 'ja-JP'), (value, locale) => {
        const text = value.toLocaleString(locale, { minimumFractionDigits: 2, style: 'currency', currency: 'EUR' });
        expect(parseAmount(text, locale.slice(3))?.value).toBe(Object.is(value, -0) ? -0 : value);
      }),
    );
  });
});

test('degrees take a point or a comma, and nothing else', () => {
  expect(['52.5', '-33,86', '13.4°', '1e-7', String(-0.0000001)].map(parseDegrees)).toEqual([52.5, -33.86, 13.4, 1e-7, -1e-7]);
  expect(['52° 30′', 'north', '1.234.5'].map(parseDegrees)).toEqual([undefined, undefined, undefined]);
});

test('types are known in any case and by other names', () => {
  expect(['client', 'LEAD', 'Lieferant', 'Marketing Qualified Lead', 'Kunde', 'Partenaire'].map(parseContactType)).toEqual([
    'CLIENT', 'LEAD', 'VENDOR', 'LEAD', 'CUSTOMER', 'PARTNER',
  ]);
  expect(['toString', '', 'boss'].map(parseContactType)).toEqual([undefined, undefined, undefined]);
  expect(['hours', 'Cost', 'x'].map(parseBudgetType)).toEqual(['HOURS', 'COST', undefined]);
  expect(['not invited', 'Accepted', 'x'].map(parseInviteStatus)).toEqual(['NOT_INVITED', 'ACCEPTED', undefined]);
});

test("tags are separated as the program does it, and Google's own groups are none", () => {
  expect(splitTags('* myContacts ::: Friends ::: * starred')).toEqual(['Friends', 'starred']);
  expect(splitTags('Business;VIP; VIP')).toEqual(['Business', 'VIP']);
  expect(splitTags('a, b')).toEqual(['a', 'b']);
  expect(splitTags('Smith, Family; all', true)).toEqual(['Smith, Family; all']);
  expect(splitTags('Sales, EMEA; VIP')).toEqual(['Sales, EMEA', 'VIP']);
});
