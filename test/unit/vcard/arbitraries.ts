import fc from 'fast-check';
import type { ContactForCard } from '../../../shared/vcard/card-from-contact.ts';
import { budgetTypes, contactTypes, inviteStatuses } from '../../../shared/contact.ts';
import type { VCardParam, VCardProperty } from '../../../shared/vcard/property.ts';
import { escapeText } from '../../../shared/vcard/text.ts';

const letters = fc.string({ unit: fc.constantFrom(...'abcXYZ019-'.split('')), minLength: 1, maxLength: 12 });
const line = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .filter((text) => !/[\r\n\0]/.test(text) && text.isWellFormed());
const escaped = fc
  .string({ unit: 'grapheme', maxLength: 300 })
  .map((text) => escapeText(text.replaceAll('\0', '').toWellFormed()));
const paramValue = fc.oneof(
  letters,
  line.filter((text) => !/[",:;\\]/.test(text)),
  line.filter((text) => !text.includes('"')).map((text) => `"${text}"`),
);
const namedParam = fc.tuple(letters.map((name) => `X-${name}`), fc.array(paramValue, { minLength: 1, maxLength: 3 }));

/** Any property that a card of 3.0 or 4.0 may hold, its value escaped or of any form. */
export const anyProperty: fc.Arbitrary<VCardProperty> = fc
  .record({
    group: fc.option(letters, { nil: undefined }),
    name: fc.oneof(
      letters.map((name) => `X-${name}`),
      fc.constantFrom('NOTE', 'EMAIL', 'TEL', 'ADR', 'URL', 'CATEGORIES'),
    ),
    params: fc.array(namedParam.map((param): VCardParam => param), { maxLength: 3 }),
    value: fc.oneof(line, escaped),
  })
  .map(({ group, ...property }) => (group === undefined ? property : { group, ...property }));

const word = fc
  .string({ unit: fc.constantFrom(...'abcdefäßñ山太,;:\\"\' .-+0123456789'.split('')), maxLength: 24 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const degrees = (limit: number) =>
  fc.double({ min: -limit, max: limit, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6 + 0);

/** Any contact, without a card of its own. */
export const anyContact: fc.Arbitrary<ContactForCard> = fc.record({
  id: fc.uuid(),
  updatedAt: fc.constant('2024-05-06T07:08:09.123Z'),
  name: word,
  contactType: fc.constantFrom(...contactTypes),
  primaryEmail: maybe(fc.constantFrom('a@example.org', 'jörg.m@example.org', 'x+y@sub.example.com')),
  primaryPhone: maybe(fc.constantFrom('+49 (30) 555-01', '0171/5550132', '+1 202 555 0160;ext=5', 'ask at desk, 2')),
  fax: maybe(fc.constantFrom('+49 30 555-02', '1')),
  imageUrl: maybe(fc.constantFrom('https://img.example/a.png', 'http://img.example/?a=1;b=2,3')),
  website: maybe(fc.constantFrom('https://example.org/a,b;c', 'www.example.org', 'https://example.org/\\new')),
  notes: maybe(fc.array(word, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'))),
  budget: maybe(fc.double({ min: 0, max: 1e9, noNaN: true })),
  budgetType: fc.constantFrom(...budgetTypes),
  inviteStatus: maybe(fc.constantFrom(...inviteStatuses)),
  firstName: maybe(word),
  lastName: maybe(word),
  address: maybe(word),
  address2: maybe(word),
  city: maybe(word),
  regionCode: maybe(word),
  postcode: maybe(word),
  country: maybe(word),
  fiscalInformation: maybe(word),
  latitude: maybe(degrees(90)),
  longitude: maybe(degrees(180)),
  tags: fc.uniqueArray(word, { maxLength: 4, selector: (tag) => tag.toLowerCase() }),
});
