import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeStream, detectEncoding, headSize } from '../../../electron/formats/decode.ts';
import { collect, inChunks, once } from './streams.ts';

const decode = async (bytes: Uint8Array, sizes = [65_536]) => (await collect(decodeStream(inChunks(bytes, sizes)))).join('');

const western = 'First Name,Last Name,Company\r\nJosé,Müller,Société Générale\r\nRené,Groß,"10 € Shop"\r\n';
const japanese = '氏名,会社名,電話番号\r\n山田太郎,株式会社テスト,03-1234-5678\r\n佐藤花子,有限会社サンプル,06-1111-2222\r\n';
const polish = 'imię,nazwisko\r\nŁukasz,Żółć\r\nGrażyna,Wiśniewska\r\nZdzisław,Gąsienica\r\n';
const russian = 'имя,город\r\nИван Петров,Москва\r\nМария Кузнецова,Новосибирск\r\n';

describe('the encoding of a file is found without asking', () => {
  test.each([
    ['utf-8', western],
    ['utf-8', japanese],
    ['windows-1252', western],
    ['shift_jis', japanese],
    ['euc-jp', japanese],
    ['windows-1250', polish],
    ['windows-1251', russian],
    ['koi8-r', russian],
    ['utf-16le', western],
    ['utf-16be', western],
    ['utf-16le', japanese],
    ['utf-16be', japanese],
  ])('%s without a byte order mark', async (encoding, text) => {
    const bytes = iconv.encode(text, encoding);
    expect(detectEncoding(bytes)).toBe(encoding);
    expect(await decode(bytes)).toBe(text);
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be'])('%s with a byte order mark, which is no part of the text', async (encoding) => {
    const bytes = iconv.encode(western, encoding, { addBOM: true });
    expect(detectEncoding(bytes)).toBe(encoding);
    expect(await decode(bytes)).toBe(western);
  });

  test('one accented letter is enough to tell Windows-1252 from UTF-8', async () => {
    expect(await decode(iconv.encode('name,city\nRené,Lyon\n', 'windows-1252'))).toBe('name,city\nRené,Lyon\n');
  });

  test('a UTF-8 character cut at the end of the head is no reason to doubt UTF-8', () => {
    const bytes = Buffer.from('Zoë 山田');
    for (let end = 4; end <= bytes.length; end += 1) expect(detectEncoding(bytes.subarray(0, end))).toBe('utf-8');
  });

  test('but a file that ends in half a UTF-8 character is none', async () => {
    expect(await decode(iconv.encode('name\ncafé', 'windows-1252'))).toBe('name\ncafé');
  });

  const shortJapanese = ['name\n山田\n', 'First Name,Last Name\r\n太郎,山田\r\n', 'カナ,かな\n'];
  test.each(shortJapanese)('a few words of Japanese are enough for Shift_JIS: %j', (text) => {
    expect(detectEncoding(iconv.encode(text, 'shift_jis'))).toBe('shift_jis');
  });

  const shortWestern = ['O’Brien', 'Gérard,“Çelik”', 'naïve – “été”', 'Ærø…', 'Søren;Åse'];
  test.each(shortWestern)('%j is Western, not a rarer encoding that would fit too', (text) => {
    expect(detectEncoding(iconv.encode(`name\r\n${text}\r\n`, 'windows-1252'))).toBe('windows-1252');
  });

  test('zero bytes on both sides make no UTF-16', () => {
    expect(detectEncoding(Buffer.from('a\0\0b'.repeat(50)))).toBe('utf-8');
  });

  test('a stray zero byte in a CSV does not make it UTF-16', () => {
    expect(detectEncoding(Buffer.from('name,notes\nAnn,\0\nBob,x\nCarl,y\n'))).toBe('utf-8');
  });
});

describe('decoding', () => {
  test.each(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'])('%s reads the same however its bytes arrive', async (encoding) => {
    const bytes = iconv.encode(western, encoding, { addBOM: encoding.startsWith('utf-16') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (sizes) => {
        expect(await decode(bytes, sizes)).toBe(western);
      }),
    );
  });

  test('any text survives UTF-8, cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), async (text, sizes) => {
        const body = `x${text.replaceAll('\0', '')}`;
        expect(await decode(Buffer.from(body), sizes)).toBe(body);
      }),
    );
  });

  test.each([
    ['windows-1252', 'café', [1000]],
    ['windows-1252', 'café', [headSize * 3]],
    ['utf-8', 'café 山田', [headSize - 1]],
    ['shift_jis', japanese, [7777]],
  ])('a late non-ASCII letter in %s is still read right', async (encoding, tail, sizes) => {
    const text = `${'plain ascii,row\n'.repeat(40_000)}${tail}`;
    expect(await decode(iconv.encode(text, encoding), sizes)).toBe(text);
  });

  test('a broken byte in a UTF-8 file costs that character, not the file', async () => {
    const bytes = Buffer.concat([Buffer.from('Zoë '.repeat(100_000)), Buffer.from([0xff]), Buffer.from(' Ann')]);
    const text = await decode(bytes);
    expect(text.endsWith('Zoë \ufffd Ann')).toBe(true);
  });

  test('nothing makes it throw, and an empty file is an empty text', async () => {
    expect(await collect(decodeStream(once()))).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(typeof (await decode(bytes, [3]))).toBe('string');
      }),
    );
  });
});
