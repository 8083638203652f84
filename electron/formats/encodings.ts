import chardet from 'chardet';

/** Legacy encodings that address books are found in. Everything else is taken for Windows-1252. */
const legacyEncodings = [
  'shift_jis', 'euc-jp', 'euc-kr', 'big5', 'gb18030', 'windows-1250', 'windows-1251', 'windows-1252', 'windows-1253',
  'windows-1254', 'windows-1255', 'windows-1256', 'iso-8859-2', 'iso-8859-5', 'iso-8859-7', 'koi8-r',
] as const;
export type LegacyEncoding = (typeof legacyEncodings)[number];
export type WideEncoding = 'utf-16le' | 'utf-16be';
export type Encoding = 'utf-8' | WideEncoding | LegacyEncoding;

/** Below this, chardet's percentage says no more than that the bytes are not impossible. */
const leastConfidence = 20;

const severalBytes = /^(shift.?jis|sjis|windows-31j|ms932|cp932|euc|iso-?2022|gb|big5|ks_c|cp9)/i;

/** Whether the characters of an encoding may be of several bytes: then a byte by itself says nothing. */
export function hasSeveralBytes(encoding: string): boolean {
  return severalBytes.test(encoding.trim());
}

/** The encoding that a byte order mark at the start tells, or the zero bytes of UTF-16 without one. */
export function announcedEncoding(head: Uint8Array): 'utf-8' | WideEncoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return utf16ByZeros(head);
}

/** In UTF-16 every delimiter, digit and line end has a zero byte, always on the same side. */
function utf16ByZeros(head: Uint8Array): WideEncoding | undefined {
  let even = 0;
  let odd = 0;
  for (let at = 0; at + 1 < head.length; at += 2) {
    if (head[at] === 0) even += 1;
    if (head[at + 1] === 0) odd += 1;
  }
  const enough = Math.max(2, head.length / 20);
  if (odd >= enough && even <= odd / 20) return 'utf-16le';
  if (even >= enough && odd <= even / 20) return 'utf-16be';
  return undefined;
}

/** The likeliest legacy encoding of bytes that are not UTF-8. */
export function likeliestLegacy(bytes: Uint8Array): LegacyEncoding {
  if (isShiftJis(bytes)) return 'shift_jis';
  const best = chardet
    .analyse(bytes)
    .filter(({ confidence }) => confidence >= leastConfidence)
    .map(({ name }) => alias(name.toLowerCase()))
    .find(isLegacy);
  return best ?? 'windows-1252';
}

/**
 * Statistics need a page of text; a list of a few Japanese names has to be told by its form: valid Shift_JIS whose
 * common characters stand in runs, where in European text a lone accented letter would pair with the letter after it.
 * Kana of half width are single bytes: in words they speak for Japanese no less, one by one they are European capitals.
 */
function isShiftJis(bytes: Uint8Array): boolean {
  let characters = 0;
  let inRuns = 0;
  let run = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const single = byte < 0x80 || isKana(byte);
    const trail = bytes[at + 1] ?? 0x40;
    const pair = byte !== 0x80 && byte !== 0xa0 && byte <= 0xfc && trail >= 0x40 && trail !== 0x7f && trail <= 0xfc;
    if (!single && !pair) return false;
    if (!single) at += 1;
    if (!single) characters += 1;
    run = !single && byte < 0xa0 ? run + 1 : 0;
    inRuns += run === 2 ? 2 : run > 2 ? 1 : 0;
  }
  const words = kanaWords(bytes);
  if (inRuns > 0) return inRuns * 2 >= characters + words.lone;
  return characters === 0 && isHalfWidth(words);
}

interface KanaWords {
  /** Kana in words of three and more, and all others. */
  inWords: number;
  lone: number;
  /** Words with an odd number of kana, which no script of two bytes a letter has. */
  odd: number;
  /** Kana from ｱ to ｿ, two in five of Japanese; the bytes of Cyrillic capitals are all beyond. */
  early: number;
}

/** In a list of nothing but half-width kana, other encodings of the same bytes are ruled out one by one. */
function isHalfWidth({ inWords, lone, odd, early }: KanaWords): boolean {
  return odd > 0 && inWords >= 3 * lone && early * 7 >= inWords;
}

function kanaWords(bytes: Uint8Array): KanaWords {
  const words: KanaWords = { inWords: 0, lone: 0, odd: 0, early: 0 };
  let run = 0;
  const finish = () => {
    if (run > 2) words.inWords += run;
    else words.lone += run;
    if (run > 2 && run % 2 === 1) words.odd += 1;
    run = 0;
  };
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isKana(byte)) run += 1;
    else finish();
    if (byte >= 0xb1 && byte <= 0xbf) words.early += 1;
    if (byte >= 0x80 && !isKana(byte)) at += 1;
  }
  finish();
  return words;
}

function isKana(byte: number): boolean {
  return byte > 0xa0 && byte < 0xe0;
}

/** ISO-8859-1 and -9 are subsets of Windows code pages, which is what programs mean by them. */
function alias(name: string): string {
  return name === 'iso-8859-1' ? 'windows-1252' : name === 'iso-8859-9' ? 'windows-1254' : name;
}

function isLegacy(name: string): name is LegacyEncoding {
  return (legacyEncodings as readonly string[]).includes(name);
}
