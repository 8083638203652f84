import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { cardFromContact } from '../../../shared/vcard/card-from-contact.ts';
import { contactFromCard } from '../../../shared/vcard/contact-from-card.ts';
import { writeCard } from '../../../shared/vcard/writer.ts';
import { anyContact } from './arbitraries.ts';
import { fixture, readCards } from './read-cards.ts';

/** The values of a property as ical.js, which Thunderbird uses, understands the text. */
function understood(text: string, name: string): unknown[] {
  return new ICAL.Component(ICAL.parse(text)).getAllProperties(name).map((property) => property.getFirstValue());
}

/** Notes as it understands them: a comma that the original did not escape cuts them, and `\\;` stays as it is. */
function notesOf(text: string): string[] {
  const notes = new ICAL.Component(ICAL.parse(text)).getAllProperties('note');
  return notes.map((note) => note.getValues().join(',').replaceAll('\\;', ';'));
}

const given = (value: unknown) => (value === null || value === undefined ? [] : [value]);

it.each(['3.0', '4.0'] as const)('another program reads what a contact says from our %s', (version) => {
  fc.assert(
    fc.property(anyContact, (contact) => {
      // It takes the separator after an escaped backslash for an escaped one.
      fc.pre(!Object.values(contact).some((value) => typeof value === 'string' && value.endsWith('\\')));
      const text = writeCard(cardFromContact(contact, { version }), version);
      expect(understood(text, 'fn')).toEqual([contact.name]);
      expect(understood(text, 'email')).toEqual(given(contact.primaryEmail));
      expect(understood(text, 'tel')).toEqual([...given(contact.primaryPhone), ...given(contact.fax)]);
      expect(understood(text, 'note')).toEqual(given(contact.notes));
      const [adr] = understood(text, 'adr') as string[][];
      const { address, address2, city, regionCode, postcode, country } = contact;
      const street = address && address2 ? `${address}\n${address2}` : (address ?? '');
      const said = [null, address ? null : address2, street, city, regionCode, postcode, country];
      const parts = said.map((part) => part ?? '');
      expect(adr ?? parts.map(() => '')).toEqual(parts);
    }),
    { numRuns: 300 },
  );
});

it.each(['apple', 'apple-old-photo', 'google', 'outlook', 'android', 'vcard4', 'broken'])(
  'another program reads the cards of %s as we write them again, which it often cannot in the original',
  (name) => {
    for (const version of ['3.0', '4.0'] as const) {
      for (const card of readCards(fixture(`${name}.vcf`, name === 'outlook' ? 'windows-1252' : 'utf-8')).cards) {
        const read = contactFromCard(card);
        if (!read.ok) continue;
        const { values, tags, extra, photo } = read;
        const contact = { id: '1', updatedAt: '2024-05-06T07:08:09Z', ...values, tags, extra, photo };
        const text = writeCard(cardFromContact(contact, { version }), version);
        expect(understood(text, 'fn')).toContain(read.values.name);
        if (read.values.primaryEmail) expect(understood(text, 'email')).toContain(read.values.primaryEmail);
        if (read.values.notes) expect(notesOf(text)).toContain(read.values.notes);
      }
    }
  },
);
