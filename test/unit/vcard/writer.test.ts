import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VCardProperty } from '../../../shared/vcard/property.ts';
import { writeCard } from '../../../shared/vcard/writer.ts';
import { anyProperty } from './arbitraries.ts';
import { fixture, readCard, readCards } from './read-cards.ts';

const versions = ['3.0', '4.0'] as const;

/** The lines between BEGIN with VERSION, and END. */
function lines(source: string, version: '3.0' | '4.0'): string[] {
  const text = writeCard(readCard(`BEGIN:VCARD\n${source}\nEND:VCARD`).properties, version);
  return text.replaceAll('\r\n ', '').split('\r\n').slice(2, -2);
}

describe('writing a card', () => {
  it.each(versions)('gives back every property of %s, unchanged and in order', (version) => {
    fc.assert(
      fc.property(fc.array(anyProperty, { maxLength: 12 }), (properties) => {
        const card: VCardProperty[] = [{ name: 'VERSION', params: [], value: version }, ...properties];
        expect(readCard(writeCard(card, version)).properties).toEqual(card);
      }),
      { numRuns: 500 },
    );
  });

  it('folds at 75 octets, never inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 60, maxLength: 400 }), (text) => {
        const card = writeCard([{ name: 'NOTE', params: [], value: text.toWellFormed() }], '3.0');
        for (const line of card.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line.isWellFormed()).toBe(true);
        }
      }),
    );
    expect(writeCard([{ name: 'NOTE', params: [], value: '😀'.repeat(40) }], '3.0')).toContain('\r\n 😀');
  });

  it('ends every line with CRLF and stays one card, whatever a property claims to hold', () => {
    const hostile: VCardProperty[] = [
      { name: 'FN', params: [['X', ['a\r\nEND:VCARD\r\n']]], value: 'a\r\nEND:VCARD\r\nBEGIN:VCARD' },
      { name: 'X:Y\r\nZ', params: [], value: '1' },
      { group: 'g\r\nEND:VCARD', name: 'NOTE', params: [['A;B', ['c:d"e']]], value: '2' },
      { name: 'END', params: [], value: 'VCARD' },
    ];
    const text = writeCard(hostile, '3.0');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const { cards } = readCards(text);
    expect(cards.map(({ properties }) => properties.map(({ value }) => value))).toEqual([
      ['3.0', 'a\\nEND:VCARD\\nBEGIN:VCARD', '1', '2'],
    ]);
  });
});

describe('a card of 2.1 written as 3.0', () => {
  it.each([
    ['TEL;WORK;VOICE;PREF:1', 'TEL;TYPE=WORK;TYPE=VOICE;TYPE=pref:1'],
    ['NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:a=0D=0Ab, c=3B =C3=A4', 'NOTE:a\\nb\\, c; ä'],
    [
      'ADR;HOME;QUOTED-PRINTABLE:;;Weg 5=3B Hof, hinten;M=C3=BCnchen;;;',
      'ADR;TYPE=HOME:;;Weg 5\\; Hof\\, hinten;München;;;',
    ],
    ['FN:Müller, Söhne', 'FN:Müller\\, Söhne'],
    ['FN;WORK:already\\, escaped', 'FN;TYPE=WORK:already\\, escaped'],
    ['CATEGORIES;X=1:a,b', 'CATEGORIES;X=1:a,b'],
    ['PHOTO;JPEG;BASE64:/9j/', 'PHOTO;TYPE=JPEG;ENCODING=b:/9j/'],
    ['PHOTO;GIF;URL:http://example.org/a.gif', 'PHOTO;TYPE=GIF;VALUE=uri:http://example.org/a.gif'],
    ['SOUND;X-IRMC-N:;;;;', 'SOUND;TYPE=X-IRMC-N:;;;;'],
    ['X-ANDROID-CUSTOM;QUOTED-PRINTABLE:item/nickname;=C3=84a=3B;1', 'X-ANDROID-CUSTOM:item/nickname;Äa\\;;1'],
    ['NOTE;ENCODING=8BIT:x', 'NOTE:x'],
  ])('%s becomes %s', (old, modern) => {
    expect(lines(`VERSION:2.1\n${old}`, '3.0')).toEqual([modern]);
  });

  it('mends parameters of 2.1 in a card that calls itself 3.0', () => {
    expect(lines('VERSION:3.0\nTEL;HOME:1\nNOTE;TYPE=x:a,b', '3.0')).toEqual(['TEL;TYPE=HOME:1', 'NOTE;TYPE=x:a,b']);
  });
});

describe('a card of 3.0 and one of 4.0 in the syntax of each other', () => {
  it.each([
    ['TEL;TYPE=work,pref:1', 'TEL;TYPE=work;PREF=1:1', 'TEL;TYPE=work;TYPE=pref:1'],
    ['GEO:52.5;13.25', 'GEO:geo:52.5,13.25', 'GEO:52.5;13.25'],
    ['PHOTO;ENCODING=b;TYPE=JPEG:/9j/', 'PHOTO:data:image/jpeg;base64,/9j/', 'PHOTO;ENCODING=b;TYPE=JPEG:/9j/'],
    ['SOUND;TYPE=OGG;ENCODING=b:AAAA', 'SOUND:data:audio/ogg;base64,AAAA', 'SOUND;ENCODING=b;TYPE=OGG:AAAA'],
    [
      'KEY;ENCODING=b:AAAA', 'KEY:data:application/octet-stream;base64,AAAA',
      'KEY;ENCODING=b;TYPE=application/octet-stream:AAAA',
    ],
    ['PHOTO;VALUE=uri:https://e.org/a', 'PHOTO;VALUE=uri:https://e.org/a', 'PHOTO;VALUE=uri:https://e.org/a'],
    [
      'UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1', 'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      'UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
    ],
    ['UID:card 7', 'UID;VALUE=text:card 7', 'UID;VALUE=text:card 7'],
    ['BDAY;VALUE=date:1980-03-22', 'BDAY:19800322', 'BDAY:19800322'],
    ['BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22', 'BDAY:--0322', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22'],
    ['REV:2024-02-03T04:05:06+02:00', 'REV:20240203T040506+0200', 'REV:20240203T040506+0200'],
    ['item1.URL:https\\://e.org', 'item1.URL:https://e.org', 'item1.URL:https://e.org'],
    ['X-ABShowAs:COMPANY', 'X-ABShowAs:COMPANY|KIND:org', 'X-ABShowAs:COMPANY|KIND:org'],
    ['item1.X-FOO;BAR="a;b":c\\;d', 'item1.X-FOO;BAR="a;b":c\\;d', 'item1.X-FOO;BAR="a;b":c\\;d'],
  ])('%s', (three, four, back) => {
    expect(lines(`VERSION:3.0\n${three}`, '4.0').join('|')).toBe(four);
    expect(lines(`VERSION:4.0\n${four.replace('|', '\n')}`, '3.0').join('|')).toBe(back);
  });

  it('writes a telephone address of 4.0 as a number, and a picture address as an address', () => {
    expect(lines('VERSION:4.0\nTEL;VALUE=uri;TYPE=home:tel:+1-555;ext=2\nPHOTO:https://e.org/a.png', '3.0')).toEqual([
      'TEL;TYPE=home;X-FIELDBOOK-ORIGINAL="tel:+1-555;ext=2":+1-555 ext. 2', 'PHOTO;VALUE=uri:https://e.org/a.png',
    ]);
  });

  it.each([
    'TEL;TYPE=home;VALUE=uri:tel:+1-555;ext=2', 'GEO:geo:1.5,2;u=10', 'URL;MEDIATYPE=text/html:https://e.org', 'PHOTO;MEDIATYPE=image/png:https://e.org/a',
    'REV:20240101T000000Z', 'LOGO:https://e.org/a.png', 'X-QUOTE;P="ab^\'cd":x',
  ])('takes %s of 4.0 to 3.0 and back', (line) => {
    const there = readCards(['BEGIN:VCARD', 'VERSION:3.0', ...lines(`VERSION:4.0\n${line}`, '3.0'), 'END:VCARD'].join('\n')).cards[0];
    const sorted = (property: string) => property.split(/[;:]/).toSorted().join();
    const back = writeCard(there?.properties ?? [], '4.0').split('\r\n').filter((text) => !/^(BEGIN|END|VERSION)/.test(text)).join('');
    expect(sorted(back.replace(';VALUE=uri:https', ':https'))).toBe(sorted(line));
  });

  it('gives up the number of 4.0 once another was put in its place', () => {
    const tel = 'VERSION:3.0\nTEL;X-FIELDBOOK-ORIGINAL="tel:+1-555":+1-556';
    expect(lines(tel, '4.0')).toEqual(['TEL:+1-556']);
  });

  it('names the version first, once', () => {
    const text = writeCard(readCards(fixture('broken.vcf')).cards[4]?.properties ?? [], '4.0');
    expect(text.match(/VERSION:.*\r\n/g)).toEqual(['VERSION:4.0\r\n']);
    expect(text.startsWith('BEGIN:VCARD\r\nVERSION:4.0\r\n')).toBe(true);
  });

  it.each(['apple', 'apple-old-photo', 'google', 'outlook', 'android', 'vcard4', 'broken'])(
    'converts every card of %s once and for all',
    (name) => {
      for (const { properties } of readCards(fixture(`${name}.vcf`)).cards) {
        for (const version of versions) {
          const once = readCard(writeCard(properties, version));
          expect(once.version).toBe(version);
          expect(readCard(writeCard(once.properties, version)).properties).toEqual(once.properties);
          expect(once.properties.length).toBeGreaterThanOrEqual(new Set(properties).size - (name === 'broken' ? 1 : 0));
        }
      }
    },
  );
});
