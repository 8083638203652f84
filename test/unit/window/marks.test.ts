import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markDigits, markWords, searchTerms } from '../../../renderer/contacts/marks.ts';

const marked = (text: string, query: string): string[] =>
  markWords(text, searchTerms(query)).filter((stretch) => stretch.marked).map((stretch) => stretch.text);
const markedDigits = (text: string, query: string): string[] =>
  markDigits(text, searchTerms(query)).filter((stretch) => stretch.marked).map((stretch) => stretch.text);

describe('marks of a search', () => {
  test.each([
    ['Åsa Ångström', 'ang', ['Ång']],
    ['Ångström, composed otherwise'.normalize('NFD'), 'ang', ['Ång'.normalize('NFD')]],
    ['Straße', 'stras', ['Straß']],
    ['Łódź', 'lodz', ['Łódź']],
    ['Ann Anna Johanna', 'an', ['An', 'An']],
    ['Ann Lee', 'lee an', ['An', 'Lee']],
    ['Müller & Söhne', 'müller söh', ['Müller', 'Söh']],
    ['田中太郎', '太郎', ['太郎']],
    ['محمد الأحمد', 'محمد', ['محمد']],
    ['Ann', 'nn', []],
    ['Ann', '', []],
  ])('in “%s” for “%s” are %j', (text, query, expected) => {
    expect(marked(text, query)).toEqual(expected);
  });

  test.each([
    ['+49 (0)221 45 67-0', '45670', ['45 67-0']],
    ['+351 21 123 4567', '021 123', ['21 123']],
    ['040-1234567', '1234', ['1234']],
    ['٠٤٠ ١٢٣', '040', ['٠٤٠']],
    ['040 1234', '99', []],
  ])('of digits in “%s” for “%s” are %j', (text, query, expected) => {
    expect(markedDigits(text, query)).toEqual(expected);
  });

  test('never lose or change a letter of the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, query) => {
      const terms = searchTerms(query);
      for (const stretches of [markWords(text, terms), markDigits(text, terms)]) {
        expect(stretches.map((stretch) => stretch.text).join('')).toBe(text);
      }
    }));
  });
});
