import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardFromContact, type ContactForCard } from '../../../shared/vcard/card-from-contact.ts';
import { type CardContact, contactFromCard } from '../../../shared/vcard/contact-from-card.ts';
import type { VCardProperty, WrittenVersion } from '../../../shared/vcard/property.ts';
import type { VCard } from '../../../shared/vcard/reader.ts';
import { writeCard } from '../../../shared/vcard/writer.ts';
import { anyContact, anyProperty } from './arbitraries.ts';
import { fixture, readCard, readCards } from './read-cards.ts';

const versions = ['3.0', '4.0'] as const;
const fixtures = ['apple', 'apple-old-photo', 'google', 'outlook', 'android', 'vcard4', 'broken'];
const allCards = fixtures.flatMap(
  (name) => readCards(fixture(`${name}.vcf`, name === 'outlook' ? 'windows-1252' : 'utf-8')).cards,
);
const namedCards = allCards.filter((card) => contactFromCard(card).ok);

function read(card: Pick<VCard, 'version' | 'properties'>): CardContact {
  const result = contactFromCard(card);
  if (!result.ok) throw new Error(result.error);
  return result;
}

/** The contact as the book has it after the import, with what the book gives every contact. */
function imported(card: CardContact): ContactForCard {
  return {
    id: '0e7c0d5e-6f0c-4f5e-8f6f-111111111111',
    updatedAt: '2024-05-06T07:08:09.123Z',
    contactType: 'CLIENT',
    budgetType: 'COST',
    inviteStatus: 'NOT_INVITED',
    ...card.values,
    tags: card.tags,
    extra: card.extra,
    photo: card.photo,
  };
}

function contact(lines: string): ContactForCard {
  return imported(read(readCard(`BEGIN:VCARD\nVERSION:3.0\nUID:1\nN:;;;;\n${lines}\nEND:VCARD`)));
}

/** The lines of the card of a contact from the fifth on: after VERSION, UID and N. */
function lines(changed: ContactForCard, version: WrittenVersion = '3.0'): string[] {
  return writeCard(cardFromContact(changed, { version }), version).replaceAll('\r\n ', '').split('\r\n').slice(4, -2);
}

/** What was added only so that the card is complete. */
function isCompletion(property: VCardProperty, source: readonly VCardProperty[]): boolean {
  const wasThere = source.some(({ name }) => name.toUpperCase() === property.name);
  return ['VERSION', 'UID', 'FN', 'N'].includes(property.name) && !wasThere;
}

describe('a contact that was not touched since its import', () => {
  it.each(namedCards.filter(({ version }) => version !== '2.1'))(
    'gives back every property, parameter and group unchanged, in order (card %#)',
    (card) => {
      const version = card.version === '4.0' ? '4.0' : '3.0';
      const written = readCard(writeCard(cardFromContact(imported(read(card)), { version }), version));
      const bareAsType = card.properties.map((property) => ({
        ...property,
        params: property.params.map(([name, values]): [string, string[]] =>
          name !== '' ? [name, values] : values[0] === 'BASE64' ? ['ENCODING', ['b']] : ['TYPE', values],
        ),
      }));
      expect(written.properties.filter((property) => !isCompletion(property, card.properties))).toEqual(bareAsType);
    },
  );

  it('gives back any card whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(anyProperty, { maxLength: 15 }), fc.constantFrom(...versions), (properties, version) => {
        const start = [['VERSION', version], ['FN', 'Someone'], ['N', 'One;Some;;;'], ['UID', 'urn:x:1']] as const;
        const card: VCardProperty[] = [
          ...start.map(([name, value]) => ({ name, params: [], value })),
          ...properties,
        ];
        expect(cardFromContact(imported(read({ version, properties: card })), { version })).toEqual(card);
      }),
      { numRuns: 500 },
    );
  });

  it.each(versions)('is the same contact after export as %s and import, from then on for ever', (version) => {
    for (const card of namedCards) {
      const first = read(card);
      const text = writeCard(cardFromContact(imported(first), { version }), version);
      const second = read(readCard(text));
      const unlike = { extra: null, uid: null, warnings: [] };
      expect({ ...second, ...unlike }).toEqual({ ...first, ...unlike });
      expect(writeCard(cardFromContact(imported(second), { version }), version)).toBe(text);
    }
  });

  it('loses nothing from 2.1 to 3.0', () => {
    const [card] = readCards(fixture('outlook.vcf', 'windows-1252')).cards;
    const text = writeCard(cardFromContact(imported(read(card!)), { version: '3.0' }), '3.0').replaceAll('\r\n ', '');
    expect(text.split('\r\n').map((line) => line.replace(/(ENCODING=b:).*/, '$1'))).toEqual([
      'BEGIN:VCARD', 'VERSION:3.0', 'N;LANGUAGE=de:Müller;Jörg', 'FN:Jörg Müller', 'ORG:Müller\\, Söhne & Co.;Einkauf',
      'TITLE:Leiter', 'NOTE:Erste Zeile\\, mit Komma\\nZweite Zeile: größer als C:\\\\new = gut und weiter',
      'TEL;TYPE=WORK;TYPE=VOICE:(089) 555-0130', 'TEL;TYPE=WORK;TYPE=FAX:(089) 555-0131',
      'TEL;TYPE=CELL;TYPE=VOICE;TYPE=pref:0171 5550132',
      'ADR;TYPE=WORK;TYPE=pref:;2. Stock;Hauptstraße 5\\; Hof\\nRückgebäude;München;Bayern;80331;Deutschland',
      'LABEL;TYPE=WORK;TYPE=pref:Hauptstraße 5\\n80331 München', 'X-MS-OL-DEFAULT-POSTAL-ADDRESS:2',
      'URL;TYPE=WORK:http://www.mueller.example', 'EMAIL;TYPE=pref;TYPE=INTERNET:joerg.mueller@mueller.example',
      'X-MS-IMADDRESS:joerg@im.example', 'BDAY:19800322', 'PHOTO;TYPE=JPEG;ENCODING=b:',
      'X-MS-OL-DESIGN:<card xmlns="http://schemas.example/outlook"/>', 'REV:20231105T101112Z',
      'UID:0e7c0d5e-6f0c-4f5e-8f6f-111111111111', 'END:VCARD', '',
    ]);
  });
});

describe('a contact that was changed after its import', () => {
  it.each<[string, string, Partial<ContactForCard>, string[]]>([
    ['e-mail', 'FN:x\nitem1.EMAIL;TYPE=pref:a@b.co\nitem1.X-ABLabel:Desk\nEMAIL:c@d.co', { primaryEmail: 'new@b.co' },
      ['FN:x', 'item1.EMAIL;TYPE=pref:new@b.co', 'item1.X-ABLabel:Desk', 'EMAIL:c@d.co']],
    ['no e-mail', 'FN:x\nitem1.EMAIL;TYPE=pref:a@b.co\nitem1.X-ABLabel:Desk\nEMAIL:c@d.co', { primaryEmail: null },
      ['FN:x', 'EMAIL:c@d.co']],
    ['a first e-mail beside a broken one', 'FN:x\nEMAIL;TYPE=pref:foo@\nNOTE:n', { primaryEmail: 'a@b.co' },
      ['FN:x', 'EMAIL;TYPE=pref:foo@', 'NOTE:n', 'EMAIL;TYPE=INTERNET:a@b.co']],
    ['telephone', 'FN:x\nTEL;TYPE=WORK,FAX:1\nTEL;TYPE=CELL:2', { primaryPhone: '+49; 3' },
      ['FN:x', 'TEL;TYPE=WORK,FAX:1', 'TEL;TYPE=CELL:+49; 3']],
    ['new telephone and fax', 'FN:x', { primaryPhone: '1', fax: '2' }, ['FN:x', 'TEL;TYPE=voice:1', 'TEL;TYPE=fax:2']],
    ['first name', 'FN;CHARSET=x:x\nNOTE:n', { firstName: 'Jo' }, ['FN;CHARSET=x:x', 'NOTE:n']],
    ['name', 'X-A:1\nFN;LANGUAGE=de:x\nREV:2020-01-01T00:00:00Z', { name: 'y, z' },
      ['X-A:1', 'FN;LANGUAGE=de:y\\, z', 'REV:2024-05-06T07:08:09Z']],
    ['city', 'FN:x\nADR;TYPE=work;LABEL=old:Box 1;;Street\\, 1;Old;R\\,R;1;C', { city: 'New' },
      ['FN:x', 'ADR;TYPE=work:Box 1;;Street\\, 1;New;R\\,R;1;C']],
    ['street below the first line', 'FN:x\nADR:;;One\\nTwo;;;;', { address2: 'Three' },
      ['FN:x', 'ADR:;;One\\nThree;;;;']],
    ['extended address', 'FN:x\nADR:;Floor;Street;;;;', { address2: null, address: 'Road' },
      ['FN:x', 'ADR:;;Road;;;;']],
    ['post box without street', 'FN:x\nADR:PO Box 1;;;City;;;', { address: 'Street 1' },
      ['FN:x', 'ADR:;;Street 1;City;;;']],
    ['no address', 'FN:x\na.ADR:;;S;C;;;\na.X-ABADR:de\nNOTE:n', { address: null, city: null }, ['FN:x', 'NOTE:n']],
    ['place', 'FN:x\nGEO;X=1:1;2', { latitude: 3 }, ['FN:x', 'GEO;X=1:3;2']],
    ['half a place', 'FN:x\nGEO:1;2', { latitude: null }, ['FN:x', 'X-FIELDBOOK-LONGITUDE:2']],
    ['no place', 'FN:x\nGEO:1;2', { latitude: null, longitude: null }, ['FN:x']],
    ['tags', 'FN:x\nCATEGORIES:myContacts,a\\,b,C\nCATEGORIES:d', { tags: ['c', 'A,B', 'new;'] },
      ['FN:x', 'CATEGORIES:myContacts,a\\,b,C,new\\;']],
    ['only the case of tags', 'FN:x\nCATEGORIES:C,d', { tags: ['D', 'c'] }, ['FN:x', 'CATEGORIES:C,d']],
    ['no tags', 'FN:x\nCATEGORIES:c', { tags: [] }, ['FN:x']],
    ['type', 'FN:x\nX-GAUZY-CONTACTTYPE:lead', { contactType: 'VENDOR' }, ['FN:x', 'X-GAUZY-CONTACTTYPE:VENDOR']],
    ['type never told', 'FN:x', { contactType: 'PARTNER', budget: 12.5 },
      ['FN:x', 'X-GAUZY-CONTACT-TYPE:PARTNER', 'X-GAUZY-BUDGET:12.5']],
    ['image address', 'FN:x\nPHOTO;VALUE=uri:https://e.org/a', { imageUrl: 'https://e.org/b' },
      ['FN:x', 'PHOTO;VALUE=uri:https://e.org/b']],
    ['image that is no longer on the web', 'FN:x\nPHOTO;VALUE=uri:https://e.org/a', { imageUrl: null }, ['FN:x']],
    ['photo in place of an address', 'FN:x\ng.PHOTO;VALUE=uri:https://e.org/a\nNOTE:n',
      { photo: { mediaType: 'image/png', base64: 'AAAA' } },
      ['FN:x', 'g.PHOTO;ENCODING=b;TYPE=PNG:AAAA', 'NOTE:n']],
    ['another photo', 'FN:x\nPHOTO;TYPE=JPEG;ENCODING=b:/9j/', { photo: { mediaType: 'image/png', base64: 'AAAA' } },
      ['FN:x', 'PHOTO;ENCODING=b;TYPE=PNG:AAAA']],
    ['no photo', 'FN:x\ng.PHOTO;TYPE=JPEG;ENCODING=b:/9j/\ng.X-ABLabel:me\nNOTE:n', { photo: undefined },
      ['FN:x', 'NOTE:n']],
  ])('%s', (_, source, change, expected) => {
    expect(lines({ ...contact(source), ...change })).toEqual(expected);
  });

  it('has the first and last name in N, whose other parts stay', () => {
    const jane = imported(read(readCard('BEGIN:VCARD\nFN:x\nN;X=1:Doe;Jane;Q\\,R;Dr.;\nEND:VCARD')));
    const card = cardFromContact({ ...jane, firstName: 'Jo', lastName: null }, { version: '3.0' });
    const n = card.find(({ name }) => name === 'N');
    expect(n).toEqual({ name: 'N', params: [['X', ['1']]], value: ';Jo;Q\\,R;Dr.;' });
  });

  it('reads back as it is, whatever of it was changed', () => {
    const never = { contactType: 'CLIENT', budgetType: 'COST', inviteStatus: 'NOT_INVITED' };
    // Fields of which a card has one: of the others, the next takes the place of one that was removed.
    const single = ['firstName', 'lastName', 'latitude', 'longitude', 'budget', 'fiscalInformation'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...namedCards), anyContact, fc.constantFrom(...versions), (card, change, version) => {
        const before = imported(read(card));
        const after = { ...before, ...change, imageUrl: before.imageUrl ?? null };
        const { values, tags } = read(readCard(writeCard(cardFromContact(after, { version }), version)));
        const { id: _, updatedAt: __, tags: wanted, extra: ___, photo: ____, ...fields } = after;
        const given = Object.entries(fields).filter(([, value]) => value !== null);
        expect({ ...never, ...values }).toMatchObject(Object.fromEntries(given));
        for (const field of single) expect(values[field] ?? null).toBe(after[field] ?? null);
        const folded = (list: readonly string[]) => list.map((tag) => tag.toLowerCase()).toSorted();
        expect(folded(tags)).toEqual(folded(wanted));
      }),
      { numRuns: 400 },
    );
  });
});

describe('a contact that never was a card', () => {
  it('has a complete one', () => {
    const card = cardFromContact(
      {
        id: '4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
        updatedAt: '2024-05-06T07:08:09.123Z',
        name: 'Acme, Inc.',
        contactType: 'CLIENT',
        primaryEmail: 'a@acme.example',
        primaryPhone: '+1 202 555 0160',
        fax: '2',
        firstName: 'Ann',
        address: 'Road 1',
        address2: 'Hall B',
        city: 'Town',
        latitude: 1.5,
        longitude: -0.0000001,
        website: 'https://acme.example/a,b',
        notes: 'one\r\ntwo',
        budget: 10,
        budgetType: 'HOURS',
        tags: ['a', 'b,c'],
        extra: { columns: { Company: 'Acme', 'E-mail 2 - "Value"': 'b@acme.example', Empty: '' } },
      },
      { version: '3.0' },
    );
    expect(writeCard(card, '3.0').replaceAll('\r\n ', '').split('\r\n')).toEqual([
      'BEGIN:VCARD', 'VERSION:3.0', 'UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1', 'FN:Acme\\, Inc.', 'N:;Ann;;;',
      'EMAIL;TYPE=INTERNET:a@acme.example', 'TEL;TYPE=voice:+1 202 555 0160', 'TEL;TYPE=fax:2',
      'ADR:;;Road 1\\nHall B;Town;;;', 'GEO:1.5;-0.0000001', 'URL:https://acme.example/a,b', 'NOTE:one\\ntwo',
      'X-GAUZY-CONTACT-TYPE:CLIENT', 'X-GAUZY-BUDGET:10', 'X-GAUZY-BUDGET-TYPE:HOURS',
      'CATEGORIES:a,b\\,c', 'ORG:Acme',
      "X-FIELDBOOK-COLUMN;X-NAME=E-mail 2 - ^'Value^':b@acme.example", 'REV:2024-05-06T07:08:09Z', 'END:VCARD', '',
    ]);
  });

  it('has an embedded photo and an id in the form of 4.0', () => {
    const [version, uid, , , photo, rev] = cardFromContact(
      {
        id: '4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
        updatedAt: '2024-05-06T07:08:09.123Z',
        name: 'x',
        tags: [],
        photo: { mediaType: 'image/png', base64: 'AAAA' },
      },
      { version: '4.0' },
    ).map(({ value }) => value);
    expect([version, uid, photo, rev]).toEqual([
      '4.0', 'urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1', 'data:image/png;base64,AAAA', '20240506T070809Z',
    ]);
  });

  it.each(versions)('is the same contact after export as %s and import', (version) => {
    fc.assert(
      fc.property(anyContact, (contact) => {
        const text = writeCard(cardFromContact(contact, { version }), version);
        const back = read(readCard(text));
        const given = Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== null));
        const { id, tags, updatedAt: _, ...values } = given as unknown as ContactForCard;
        expect({ ...back, extra: null }).toEqual({ ok: true, values, tags, uid: id, warnings: [], extra: null });
        expect(writeCard(cardFromContact({ ...contact, extra: back.extra }, { version }), version)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('is written even when what it carries is damaged', () => {
    const properties = [{ name: 'NOTE', value: 1 }, null, { name: 'X-A', params: [], value: 'kept' }];
    const damaged = { vcard: { version: '3.0', properties } };
    const card = cardFromContact({ ...contact('FN:x'), extra: damaged, photo: undefined }, { version: '3.0' });
    expect(card.map(({ name }) => name)).toEqual(['VERSION', 'X-A', 'UID', 'N', 'FN']);
    for (const extra of [{ vcard: 1 }, { vcard: { version: '9', properties: [] } }, { columns: [] }, null]) {
      expect(cardFromContact({ ...contact('FN:x'), extra }, { version: '3.0' })[1]?.name).toBe('UID');
    }
  });
});
