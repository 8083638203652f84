import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatContentLine } from '../../../shared/vcard/content-line.ts';
import { componentsOf, textOf } from '../../../shared/vcard/value.ts';
import type { VCard } from '../../../shared/vcard/reader.ts';
import { fixture, readCard, readCards } from './read-cards.ts';

const fixtures = ['apple', 'apple-old-photo', 'google', 'outlook', 'android', 'vcard4', 'broken'].map((name) =>
  fixture(`${name}.vcf`, name === 'outlook' ? 'windows-1252' : 'utf-8'),
);

function find(card: VCard | undefined, name: string) {
  return card?.properties.filter((property) => property.name.toUpperCase() === name) ?? [];
}

describe('reading a card', () => {
  it('keeps every group, name, parameter and raw value in order', () => {
    expect(readCard('BEGIN:VCARD\r\nitem1.X-AbC;TYPE=a,"b;c";lang=DE:x\\, y;z\r\nEND:VCARD\r\n').properties).toEqual([
      { group: 'item1', name: 'X-AbC', params: [['TYPE', ['a', '"b;c"']], ['lang', ['DE']]], value: 'x\\, y;z' },
    ]);
  });

  it('unfolds lines at a space or a tab', () => {
    expect(readCard('BEGIN:VCARD\nNOTE:one \n two\n\tthree\nEND:VCARD').properties[0]?.value).toBe('one twothree');
  });

  it('unfolds a line that is folded before its colon', () => {
    const [note] = readCard('BEGIN:VCARD\nNOTE;ENCODING=QUOTED-\n PRINTABLE:a=\nb\nEND:VCARD').properties;
    expect(note?.value).toBe('ab');
  });

  it('takes the colon outside of quotes, and the first one when a quote never closes', () => {
    const card = readCard('BEGIN:VCARD\nADR;LABEL="a:b;c":;;x\nTEL;TYPE="home:1\nEND:VCARD');
    expect(card.properties.map(({ value }) => value)).toEqual([';;x', '1']);
  });

  it('reads a stray quote in a parameter, and the writer gives back the same', () => {
    const [property] = readCard('BEGIN:VCARD\nX-QUOTE;P=ab"cd;Q=1:x\nEND:VCARD').properties;
    expect(property).toEqual({ name: 'X-QUOTE', params: [['P', ['"ab^\'cd"']], ['Q', ['1']]], value: 'x' });
    expect(readCard(`BEGIN:VCARD\n${formatContentLine(property!)}\nEND:VCARD`).properties).toEqual([property]);
  });

  it('takes a backslash that is half a letter of Shift_JIS for no escape', () => {
    const read = (value: string) => componentsOf(readCard(`BEGIN:VCARD\nN;CHARSET=SHIFT_JIS;QUOTED-PRINTABLE:${value}\nEND:VCARD`).properties[0]!);
    expect(read('=83\\;=95\\;;;')).toEqual(['ソ', '表', '', '', '']);
  });

  it('keeps bare parameters of 2.1 as bare', () => {
    expect(readCard('BEGIN:VCARD\nTEL;WORK;VOICE:1\nEND:VCARD')).toMatchObject({
      version: '2.1',
      properties: [{ params: [['', ['WORK']], ['', ['VOICE']]] }],
    });
  });

  it('joins soft breaks of quoted-printable and decodes its character set', () => {
    const [card] = readCards(fixture('outlook.vcf', 'windows-1252')).cards;
    expect(textOf(find(card, 'NOTE')[0]!)).toBe(
      'Erste Zeile, mit Komma\r\nZweite Zeile: größer als C:\\new = gut und weiter',
    );
    expect(find(card, 'NOTE')[0]?.params).toEqual([['ENCODING', ['QUOTED-PRINTABLE']], ['CHARSET', ['UTF-8']]]);
  });

  it('decodes Shift_JIS, and does not fail on a character set nobody knows', () => {
    const value = (charset: string, quoted: string) =>
      textOf(readCard(`BEGIN:VCARD\nFN;CHARSET=${charset};QUOTED-PRINTABLE:${quoted}\nEND:VCARD`).properties[0]!);
    expect(value('Shift_JIS', '=8ER=93c')).toBe('山田');
    expect(value('x-nonsense', '=E9t=E9')).toBe('été');
  });

  it('does not take the end of the card for the rest of a soft break', () => {
    const { cards } = readCards('BEGIN:VCARD\nFN;QUOTED-PRINTABLE:a=\nEND:VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD');
    expect(cards).toHaveLength(2);
  });

  const withPhotos = ['apple-old-photo.vcf', 'android.vcf', 'outlook.vcf'];
  it.each(withPhotos)('joins the photo of %s, folded in any way', (name) => {
    const [card] = readCards(fixture(name, name === 'outlook.vcf' ? 'windows-1252' : 'utf-8')).cards;
    const [photo] = find(card, 'PHOTO');
    expect(photo?.value).toMatch(/^(\/9j\/|iVBOR)[A-Za-z0-9+/]{100,}={0,2}$/);
  });

  it('reads Android cards in lower case', () => {
    const [card] = readCards(fixture('android.vcf')).cards;
    expect(card?.version).toBe('2.1');
    expect(textOf(find(card, 'FN')[0]!)).toBe('太郎 山田');
    expect(textOf(find(card, 'EMAIL')[0]!)).toBe('taro@example.jp');
  });

  it('finds every card of a damaged file, with line breaks of CR only', () => {
    const { cards, errors } = readCards(fixture('broken.vcf'));
    expect(errors).toEqual([]);
    expect(cards.map((card) => find(card, 'FN')[0]?.value)).toEqual([
      'No Version', undefined, 'Never Closed', 'Boss', undefined, undefined, 'Cut Off',
    ]);
    expect(cards.map(({ line }) => line)).toEqual([3, 7, 18, 22, 33, 40, 44]);
    expect(cards.filter(({ warnings }) => warnings.includes('has no END:VCARD'))).toHaveLength(2);
  });

  it('keeps raw line breaks in a note, and a line with only a name', () => {
    const card = readCards(fixture('broken.vcf')).cards[1];
    const [note] = find(card, 'NOTE');
    expect(note?.value).toBe('first line\\nsecond line of the note\\n\\nthird, after a gap: see below');
    expect(find(card, 'ROLE')).toEqual([{ name: 'ROLE', params: [], value: '' }]);
  });

  it('says which line it could not take for a property', () => {
    const card = readCard('BEGIN:VCARD\nwhat is this\nFN:x\nEND:VCARD');
    expect(card.warnings).toEqual(['has no property in line 2, which was kept aside: "what is this"']);
    expect(card.properties.map(({ name, value }) => [name, value])).toEqual([['X-FIELDBOOK-LINE', 'what is this'], ['FN', 'x']]);
  });

  it('keeps a card inside a card as the value of its AGENT', () => {
    const boss = readCards(fixture('broken.vcf')).cards[3];
    expect(textOf(find(boss, 'AGENT')[0]!)).toContain('FN:Assistant, of Boss\nTEL;WORK:+1 202 555 0163\nEND:VCARD');
    expect(find(boss, 'TEL').map(({ value }) => value)).toEqual(['+1 202 555 0162']);
  });

  it('keeps it there when a blank line stands before it, and what comes after it in the outer card', () => {
    const { cards } = readCards('BEGIN:VCARD\nFN:Boss\nAGENT:\n\nBEGIN:VCARD\nFN:Help\nEND:VCARD\nTEL:1\nNOTE:n\nEND:VCARD');
    expect(cards.map(({ properties }) => properties.map(({ name }) => name))).toEqual([['FN', 'AGENT', 'TEL', 'NOTE']]);
    const inline = readCards('BEGIN:VCARD\nFN:Boss\nAGENT:BEGIN:VCARD\nFN:Help\nEND:VCARD\nTEL:1\nEND:VCARD').cards;
    expect(inline.map(({ properties }) => properties.map(({ name }) => name))).toEqual([['FN', 'AGENT', 'TEL']]);
  });

  it('reports text outside of cards, a stretch at a time', () => {
    const outside: unknown[] = [];
    readCards('From: me\n\nx\nBEGIN:VCARD;x=1\nFN:a\nEND:VCARD\n\nTEL:1\n', { onOutside: (found) => outside.push(found) });
    expect(outside).toEqual([{ line: 1, lines: 2, text: 'From: me' }, { line: 8, lines: 1, text: 'TEL:1' }]);
  });

  it('forgives blanks before the colon, and never adds a line to a number, an address or a name', () => {
    const card = readCard('BEGIN:VCARD\nTEL:1\nFN : Spacey\nEMAIL:a@example.org\nno property\nURL ;TYPE=x :u\nEND:VCARD');
    expect(card.properties.map(({ name, value }) => [name, value.trim()])).toEqual([
      ['TEL', '1'], ['FN', 'Spacey'], ['EMAIL', 'a@example.org'], ['X-FIELDBOOK-LINE', 'no property'], ['URL', 'u'],
    ]);
  });

  it('takes a backslash of 2.1 for what it is, and a raw line break for a line break', () => {
    const note = (version: string) =>
      textOf(readCard(`BEGIN:VCARD\nVERSION:${version}\nNOTE:see C:\\new\\; \\\\srv\nmore\nEND:VCARD`).properties[1]!);
    expect(note('2.1')).toBe('see C:\\new; \\\\srv\nmore');
    expect(note('3.0')).toBe('see C:\new; \\srv\nmore');
  });

  it('does work in proportion to the length, whatever the lines are like', () => {
    const shapes: ((size: number) => string)[] = [
      (size) => `NOTE${'\n x'.repeat(size)}`, (size) => `NOTE;X=${'\n x'.repeat(size)}:y`, (size) => `NOTE:${'\ny'.repeat(size)}`,
      (size) => `FN;QUOTED-PRINTABLE:${'a=\n'.repeat(size)}`, (size) => `${'\n'.repeat(size)}NOTE:${'\n\n'.repeat(size)}x`,
      (size) => `PHOTO;BASE64:${'\nAAAA'.repeat(size)}`,
    ];
    const work = (lines: string) => {
      const times = [0, 1].map(() => {
        const before = process.cpuUsage();
        readCards(`BEGIN:VCARD\n${lines}\nEND:VCARD`);
        const { user, system } = process.cpuUsage(before);
        return user + system;
      });
      return Math.min(...times);
    };
    // What is not in proportion is hundreds of times the work of an ordinary note at this length.
    const ordinary = work(`NOTE:x${'\n x'.repeat(150_000)}`);
    for (const shape of shapes) expect(work(shape(150_000)) / ordinary).toBeLessThan(40);
  });

  it('passes over a byte order mark, at the start and between joined files', () => {
    expect(readCards('\uFEFFBEGIN:VCARD\nFN:a\nEND:VCARD\n\uFEFFBEGIN:VCARD\nFN:b\nEND:VCARD').cards).toHaveLength(2);
  });

  it('reads UTF-16 once it is decoded', () => {
    const bytes = Buffer.from('\uFEFFBEGIN:VCARD\r\nFN:Ünï\r\nEND:VCARD\r\n', 'utf16le');
    const text = new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes);
    expect(readCard(text).properties[0]?.value).toBe('Ünï');
  });
});

describe('a card beyond a limit', () => {
  const around = (lines: string) =>
    ['FN:before', `FN:Too Much\n${lines}`, 'FN:after'].map((card) => `BEGIN:VCARD\n${card}\nEND:VCARD\n`).join('');
  const names = (cards: VCard[]) => cards.map((card) => find(card, 'FN')[0]?.value);

  it.each([
    ['a line too long', `NOTE:${'x'.repeat(300)}`, /line 6 is longer than 200 characters/],
    ['a folded line too long', `NOTE:${'\n xxxxxxxxxx'.repeat(30)}`, /longer than 200 characters/],
    ['base64 lines too long', `PHOTO;BASE64:${'\nxxxxxxxxxx'.repeat(30)}`, /longer than 200 characters/],
    ['too many properties', 'X-A:1\n'.repeat(60), /comes after 50 properties/],
    ['too much in all', 'X-A:1234567890123456789012345678901234567890\n'.repeat(40), /longer than 1000 characters/],
    ['cards too deep', `${'AGENT:\nBEGIN:VCARD\n'.repeat(5)}${'END:VCARD\n'.repeat(5)}`, /more than 3 deep/],
  ])('%s fails alone, with its number, line and name', (_, lines, message) => {
    const limits = { lineLength: 200, cardLength: 1000, properties: 50, nesting: 3 };
    const { cards, errors } = readCards(around(lines), { limits });
    expect(names(cards)).toEqual(['before', 'after']);
    expect(errors).toEqual([{ number: 2, line: 4, name: 'Too Much', message: expect.stringMatching(message) }]);
  });

  it('still knows the name when it comes after what was too much', () => {
    const text = `BEGIN:VCARD\nNOTE:${'x'.repeat(300)}\nFN:Late\nEND:VCARD`;
    expect(readCards(text, { limits: { lineLength: 200 } }).errors[0]?.name).toBe('Late');
  });

  it('takes a photo of 5 MB', () => {
    const photo = 'A'.repeat(7_000_000);
    expect(readCard(`BEGIN:VCARD\nPHOTO;ENCODING=b:${photo}\nEND:VCARD`).properties[0]?.value).toHaveLength(7_000_000);
  });
});

describe('any input', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'BEGIN:VCARD', 'END:VCARD', 'begin:vcard', '', ' folded', '\tfolded', 'FN:x', 'AGENT:', 'TEL;WORK:1',
      'NOTE;QUOTED-PRINTABLE:a=', 'PHOTO;BASE64:QUJD', 'QUJD', 'NOTE', '=C3=A4=', 'NOTE;TYPE="a:b', 'item1.X-ABLabel:y',
      'FN;CHARSET=x;ENCODING=Q:=FF',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const text = fc
    .array(fc.tuple(line, fc.constantFrom('\r\n', '\n', '\r')), { maxLength: 60 })
    .map((lines) => lines.flat().join(''));

  it('never throws, whatever the bytes are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      readCards(new TextDecoder('latin1').decode(bytes));
      readCards(`BEGIN:VCARD\n${new TextDecoder('latin1').decode(bytes)}\nEND:VCARD`);
    }));
    fc.assert(fc.property(text, (anything) => void readCards(anything)), { numRuns: 1000 });
  });

  it('gives the same cards in pieces of any size', () => {
    const sizesOfPieces = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 });
    const cut = fc.tuple(fc.oneof(text, fc.constantFrom(...fixtures)), sizesOfPieces);
    fc.assert(fc.property(cut, ([whole, sizes]) => {
      const pieces: string[] = [];
      for (let at = 0, turn = 0; at < whole.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        pieces.push(whole.slice(at, at + size));
        at += size;
      }
      expect(readCards(pieces)).toEqual(readCards(whole));
    }));
  });
});

describe('a file of 100,000 cards', () => {
  it('is read card by card, without memory growing with the file', { timeout: 120_000 }, () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    let cards = 0;
    const held: number[] = [];
    const measure = () => {
      collect();
      held.push(process.memoryUsage().heapUsed);
    };
    function* file() {
      for (let number = 0; number < 100_000; number++) {
        yield `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person ${number}\r\nN:${number};Person;;;\r\n`;
        yield `EMAIL:p${number}@example.org\r\nTEL;TYPE=CELL:+1 202 555 ${number}\r\n`;
        yield `NOTE:${'note '.repeat(40)}\r\nEND:VCARD\r\n`;
      }
    }
    const onCard = () => {
      cards++;
      if (cards % 20_000 === 0) measure();
    };
    readCards(file(), { onCard });
    expect(cards).toBe(100_000);
    // The file is 33 million characters; what was held may vary with the collector, but not by that.
    expect(Math.max(...held) - Math.min(...held)).toBeLessThan(20 * 1024 * 1024);
  });
});
