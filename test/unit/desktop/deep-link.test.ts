import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDeepLink, parseDeepLink } from '../../../shared/deep-link.ts';
import { isPlainLine } from '../../../shared/text.ts';

const id = '20000000-0000-4000-8000-000000000001';

test('a link opens a contact by its id', () => {
  expect(parseDeepLink(`fieldbook://contact/${id}`)).toEqual({ kind: 'contact', id });
  expect(parseDeepLink(`FIELDBOOK://Contact/${id.toUpperCase()}/`)).toEqual({ kind: 'contact', id });
});

test('a link fills in a new contact', () => {
  expect(parseDeepLink('fieldbook://new?name=Zo%C3%AB+%C3%85ngstr%C3%B6m&phone=%2B46%2070&email=zoe%40nordlicht.example')).toEqual({
    kind: 'new', fields: { name: 'Zoë Ångström', phone: '+46 70', email: 'zoe@nordlicht.example' },
  });
  expect(parseDeepLink('fieldbook://new/?name=a=b')).toEqual({ kind: 'new', fields: { name: 'a=b' } });
  expect(parseDeepLink('fieldbook://new')).toEqual({ kind: 'new', fields: {} });
});

test.each([
  ['another scheme', `https://contact/${id}`],
  ['another action', 'fieldbook://delete?all=true'],
  ['no id', 'fieldbook://contact/'],
  ['a path instead of an id', 'fieldbook://contact/..%2f..%2fetc'],
  ['more than an id', `fieldbook://contact/${id}?then=delete`],
  ['an unknown field', 'fieldbook://new?name=Ann&isArchived=true'],
  ['a field of every object', 'fieldbook://new?__proto__=x'],
  ['the same field twice', 'fieldbook://new?name=Ann&name=Bob'],
  ['a line break', 'fieldbook://new?name=Ann%0ABob'],
  ['a NUL', 'fieldbook://new?name=Ann%00'],
  ['broken encoding', 'fieldbook://new?name=%E0%A4%A'],
  ['a lone surrogate', 'fieldbook://new?name=\ud800'],
  ['a value that is too long', `fieldbook://new?name=${'a'.repeat(201)}`],
  ['a link that is too long', `fieldbook://new?website=${'a'.repeat(5000)}`],
  ['an address that runs code', 'fieldbook://new?website=javascript:alert(1)'],
  ['a password', 'fieldbook://ann:secret@new?name=Ann'],
  ['a fragment', 'fieldbook://new?name=Ann#x'],
])('a link with %s is refused as a whole', (_what, link) => {
  expect(parseDeepLink(link)).toBeNull();
});

test('no link makes the reading fail, and what it gives is short plain text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('fieldbook://', 'new', 'contact/', '?', '&', '=', '%', 'name', 'email', 'phone', '%00', '%0a', '/', '#', '@', id),
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 12 }).map((pieces) => `fieldbook://new?${pieces.join('')}`),
    fc.dictionary(fc.constantFrom('name', 'phone', 'email', 'company'), fc.string({ unit: 'binary' })).map(
      (fields) => `fieldbook://new?${Object.entries(fields).map(([name, value]) => `${name}=${value.isWellFormed() ? encodeURIComponent(value) : value}`).join('&')}`,
    ),
  );
  fc.assert(
    fc.property(text, (link) => {
      const parsed = parseDeepLink(link);
      if (parsed === null) return;
      expect(isDeepLink(link)).toBe(true);
      if (parsed.kind === 'contact') expect(parsed.id).toMatch(/^[0-9a-f-]{36}$/);
      else for (const value of Object.values(parsed.fields)) expect(value.length <= 500 && isPlainLine(value)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
