import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkedPieces } from '../../../renderer/detail/linked-text.ts';

const links = (text: string) => linkedPieces(text).flatMap(({ address }) => address ?? []);

test('a web page or a mail address in notes can be followed, without the sign that ends the sentence', () => {
  expect(links('See https://a.example/x_(b), http://b.example. Mail “bob@lee.example”! (https://c.example/)')).toEqual([
    'https://a.example/x_(b)', 'http://b.example', 'mailto:bob@lee.example', 'https://c.example/',
  ]);
});

test('nothing else in notes is a link, and no letter of them is lost', () => {
  expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd a@b mailto: www.x')).toEqual([]);
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('https://', 'a@b.c', '.', ')', '(', ' ', 'x', '\n', 'javascript:')).map((parts) => parts.join('')));
  fc.assert(fc.property(text, (notes) => {
    expect(linkedPieces(notes).map((piece) => piece.text).join('')).toBe(notes);
    for (const address of links(notes)) expect(address).toMatch(/^(https?:\/\/|mailto:)/i);
  }));
});
