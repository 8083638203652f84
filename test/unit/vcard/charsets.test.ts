import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { createLineDecoder } from '../../../electron/formats/line-decoder.ts';
import { surveyBytes } from '../../../electron/formats/survey.ts';
import { createVCardReader, type VCard } from '../../../shared/vcard/reader.ts';
import { textOf } from '../../../shared/vcard/value.ts';
import { inChunks, once } from '../formats/streams.ts';

/** The cards of a file, read by its bytes as an import does. */
async function readBytes(bytes: Buffer, sizes = [bytes.length]): Promise<VCard[]> {
  const cards: VCard[] = [];
  const decode = createLineDecoder(await surveyBytes(once(bytes)));
  const reader = createVCardReader({
    onCard: (card) => cards.push(card),
    onError: () => undefined,
    decode: (part, charset) => iconv.decode(Buffer.from(part), charset),
    decodeLine: (line, charset) => decode(Buffer.from(line, 'latin1'), { charset }),
  });
  for await (const chunk of inChunks(bytes, sizes)) reader.push(chunk.toString('latin1'));
  reader.end();
  return cards;
}

const texts = async (file: (string | Buffer)[], sizes?: number[]) => {
  const bytes = Buffer.concat(file.map((part) => Buffer.from(part)));
  const cards = await readBytes(bytes, sizes ?? [bytes.length]);
  return cards.flatMap(({ properties }) => properties.filter(({ name }) => name !== 'VERSION').map(textOf));
};
const latin = (text: string) => iconv.encode(text, 'iso-8859-1');

it('a line folded inside of a character is one text, and the file stays UTF-8', async () => {
  const file = [Buffer.from('BEGIN:VCARD\r\nFN:J\xc3\r\n \xbcrgen\r\nNOTE:', 'latin1'), '山田 ß\r\nEND:VCARD\r\n'];
  expect(await texts(file)).toEqual(['Jürgen', '山田 ß']);
});

it('any text survives folds anywhere between its bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 5 }), async (raw, width) => {
      const text = `x${raw.replace(/[\p{Cc}\p{Zl}\p{Zp}\\\ufeff]/gu, '')}`;
      const line = Buffer.from(text);
      const pieces = Array.from({ length: Math.ceil(line.length / width) }, (_, index) => line.subarray(index * width, (index + 1) * width).toString('latin1'));
      const file = Buffer.from(`BEGIN:VCARD\r\nNOTE:${pieces.join('\r\n ')}\r\nEND:VCARD`, 'latin1');
      expect(await texts([file], [7])).toEqual([text]);
    }),
  );
});

it('a card in another character set that says so leaves the others alone', async () => {
  const old = latin('BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=ISO-8859-1:Jürgen\nEND:VCARD\n');
  expect(await texts([old, 'BEGIN:VCARD\nFN:Zoë 山田\nEND:VCARD\n', old])).toEqual(['Jürgen', 'Zoë 山田', 'Jürgen']);
});

it.each([
  ['ISO-8859-2', 'Łukasz Żółć'], ['windows-1251', 'Иван Петров'], ['Shift_JIS', '表 ｿﾌﾄ'], ['EUC-JP', '山田'], ['ISO-2022-JP', '山田'], ['GB2312', '王伟'],
])('CHARSET=%s of raw bytes is obeyed, and said to be UTF-8 from then on', async (charset, text) => {
  // iconv-lite does not write ISO-2022-JP.
  const value = charset === 'ISO-2022-JP' ? Buffer.from('\x1b$B;3ED\x1b(B', 'latin1') : iconv.encode(text, charset);
  const head = Buffer.from(`BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=${charset}:`);
  if (charset === 'ISO-2022-JP' && !iconv.encodingExists(charset)) return;
  const [card] = await readBytes(Buffer.concat([head, value, Buffer.from('\nEND:VCARD\n')]));
  expect(card?.properties[1]).toEqual({ name: 'FN', params: [['CHARSET', ['UTF-8']]], value: text });
});

it('UTF-8 that calls itself something else is UTF-8', async () => {
  expect(await texts(['BEGIN:VCARD\nFN;CHARSET=ISO-8859-1:Jürgen\nEND:VCARD'])).toEqual(['Jürgen']);
});

it('a stray byte is read as Windows-1252, in its line only, with a warning that names it', async () => {
  const cards = await readBytes(Buffer.concat([Buffer.from('BEGIN:VCARD\nFN:Zoë\nNOTE:J'), latin('ü'), Buffer.from('rgen ß\nEND:VCARD\nBEGIN:VCARD\nFN:山\nEND:VCARD')]));
  expect(cards.map(({ properties }) => properties.map(textOf))).toEqual([['Zoë', 'Jürgen ß'], ['山']]);
  expect(cards.map(({ warnings }) => warnings)).toEqual([['has bytes of another character set in line 3'], []]);
});

it('a file cut off inside of a character is still UTF-8', async () => {
  const bytes = Buffer.from('BEGIN:VCARD\nFN:Zoë\nEND:VCARD\nBEGIN:VCARD\nFN:山田').subarray(0, -1);
  const [first, second] = await readBytes(bytes);
  expect(textOf(first!.properties[0]!)).toBe('Zoë');
  expect(textOf(second!.properties[0]!)).toMatch(/^山/);
});

it('a whole file in a legacy encoding is read by it, without a warning', async () => {
  const file = 'BEGIN:VCARD\nFN:Łukasz Żółć\nNOTE:Zdzisław Gąsienica, Grażyna Wiśniewska\nEND:VCARD\n'.repeat(5);
  const cards = await readBytes(iconv.encode(file, 'windows-1250'));
  expect(cards.map(({ properties }) => textOf(properties[0]!))).toEqual(Array.from({ length: 5 }, () => 'Łukasz Żółć'));
  expect(cards.flatMap(({ warnings }) => warnings)).toEqual([]);
});

it('a card inside a card is decoded too', async () => {
  const file = [Buffer.from('BEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nFN:J\xc3\r\n \xbcrgen 1\nEND:VCARD\nFN:', 'latin1'), 'Zoë\nEND:VCARD'];
  expect((await texts(file))[0]).toContain('FN:Jürgen 1');
});
