import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeText, repairMark } from '../../../electron/formats/decode.ts';
import { surveyBytes } from '../../../electron/formats/survey.ts';
import { collect, inChunks, once } from './streams.ts';

const headSize = 256 * 1024;
const decode = async (bytes: Uint8Array, sizes = [65_536], marks = false) => {
  const survey = await surveyBytes(inChunks(bytes, sizes));
  return (await collect(decodeText(inChunks(bytes, sizes), survey, { marks }))).join('');
};
const detectEncoding = async (bytes: Uint8Array) => (await surveyBytes(once(bytes))).encoding;

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
    expect(await detectEncoding(bytes)).toBe(encoding);
    expect(await decode(bytes)).toBe(text);
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be'])('%s with a byte order mark, which is no part of the text', async (encoding) => {
    const bytes = iconv.encode(western, encoding, { addBOM: true });
    expect(await detectEncoding(bytes)).toBe(encoding);
    expect(await decode(bytes)).toBe(western);
  });

  test('one accented letter is enough to tell Windows-1252 from UTF-8', async () => {
    expect(await decode(iconv.encode('name,city\nRené,Lyon\n', 'windows-1252'))).toBe('name,city\nRené,Lyon\n');
  });

  test('a UTF-8 character cut at the end is no reason to doubt UTF-8', async () => {
    const bytes = Buffer.from('Zoë 山田');
    for (let end = 4; end <= bytes.length; end += 1) expect(await detectEncoding(bytes.subarray(0, end))).toBe('utf-8');
  });

  test('but a file with nothing of UTF-8 but half a character at its end is none', async () => {
    expect(await decode(iconv.encode('name\ncafé', 'windows-1252'))).toBe('name\ncafé');
  });

  const shortJapanese = [
    'name\n山田\n', 'First Name,Last Name\r\n太郎,山田\r\n', 'カナ,かな\n', 'name,city\nﾔﾏﾀﾞ ﾀﾛｳ,ﾄｳｷｮｳ\nｻﾄｳ ﾊﾅｺ,ｵｵｻｶ\n',
    '氏名,カナ\n山田太郎,ﾔﾏﾀﾞ ﾀﾛｳ\n佐藤花子,ｻﾄｳ ﾊﾅｺ\n',
  ];
  test.each(shortJapanese)('a few words of Japanese are enough for Shift_JIS: %j', async (text) => {
    expect(await detectEncoding(iconv.encode(text, 'shift_jis'))).toBe('shift_jis');
  });

  test.each([
    ['windows-1251', 'ИВАН ПЕТРОВ,МОСКВА\nАННА СИДОРОВА,КАЗАНЬ\n'],
    ['koi8-r', 'иван петров,москва\nанна сидорова,казань\n'],
    ['euc-kr', '김철수,서울\n박영희,부산\n이민수,대구\n'],
    ['windows-1252', 'ÄÖÜ,ÉÈÀ\nÅSE,ÇELIK\n'],
  ])('what only looks like half-width kana stays %s', async (encoding, text) => {
    expect(await detectEncoding(iconv.encode(text.repeat(3), encoding))).not.toBe('shift_jis');
  });

  const shortWestern = ['O’Brien', 'Gérard,“Çelik”', 'naïve – “été”', 'Ærø…', 'Søren;Åse'];
  test.each(shortWestern)('%j is Western, not a rarer encoding that would fit too', async (text) => {
    expect(await detectEncoding(iconv.encode(`name\r\n${text}\r\n`, 'windows-1252'))).toBe('windows-1252');
  });

  test('zero bytes on both sides make no UTF-16', async () => {
    expect(await detectEncoding(Buffer.from('a\0\0b'.repeat(50)))).toBe('utf-8');
  });

  test('a stray zero byte in a CSV does not make it UTF-16', async () => {
    expect(await detectEncoding(Buffer.from('name,notes\nAnn,\0\nBob,x\nCarl,y\n'))).toBe('utf-8');
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

  test.each([0, 5, 400_000])('a stray byte after %i rows of UTF-8 costs nothing but is read as Windows-1252', async (rows) => {
    const bytes = Buffer.concat([Buffer.from(`Zoë\n${'Zoë\n'.repeat(rows)}J`), Buffer.from([0xfc]), Buffer.from('rgen ß\nAnn 山')]);
    const text = await decode(bytes);
    expect(text).toBe(`Zoë\n${'Zoë\n'.repeat(rows)}Jürgen ß\nAnn 山`);
  });

  test('a stray byte is marked where it stands, and nothing else is', async () => {
    const bytes = Buffer.concat([Buffer.from('Zoë,山\na,J'), Buffer.from([0xfc]), Buffer.from('rgen,ß\n')]);
    expect(await decode(bytes, [7], true)).toBe(`Zoë,山\na,J${repairMark}ürgen,ß\n`);
    expect(await decode(Buffer.from('Zoë,山\n'), [7], true)).toBe('Zoë,山\n');
  });

  test('a UTF-8 file that ends inside a character loses only that character', async () => {
    expect(await decode(Buffer.from('Zoë 山田\nJü').subarray(0, -1))).toBe('Zoë 山田\nJ\ufffd');
  });

  test('stray bytes anywhere leave every other line as it was', async () => {
    const stray = fc.constantFrom(0x80, 0xff, 0xe4, 0xfc, 0xc3);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 9 }), fc.nat({ max: 3 }), stray, fc.integer({ min: 1, max: 40 }), async (at, place, byte, size) => {
        const lines = Array.from({ length: 10 }, (_, index) => Buffer.from(`Zoë 山田 ${index}`));
        const bad = lines.map((line, index) => (index === at ? Buffer.concat([line.subarray(0, place), Buffer.from([byte, 0x2e]), line.subarray(place)]) : line));
        const text = (await decode(Buffer.concat(bad.map((line) => Buffer.concat([line, Buffer.from('\n')]))), [size])).split('\n');
        expect(text.toSpliced(at, 1)).toEqual([...lines.map(String), ''].toSpliced(at, 1));
      }),
    );
  });

  test('nothing makes it throw, and an empty file is an empty text', async () => {
    expect(await collect(decodeText(once(), await surveyBytes(once())))).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(typeof (await decode(bytes, [3]))).toBe('string');
      }),
    );
  });
});
