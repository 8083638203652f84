import chardet from 'chardet';
import iconv from 'iconv-lite';

/** Legacy encodings that address books are found in. Everything else is taken for Windows-1252. */
const legacyEncodings = [
  'shift_jis', 'euc-jp', 'euc-kr', 'big5', 'gb18030', 'windows-1250', 'windows-1251', 'windows-1252', 'windows-1253',
  'windows-1254', 'windows-1255', 'windows-1256', 'iso-8859-2', 'iso-8859-5', 'iso-8859-7', 'koi8-r',
] as const;
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | (typeof legacyEncodings)[number];

/** Below this, chardet's percentage says no more than that the bytes are not impossible. */
const leastConfidence = 20;

/** How many bytes are looked at before an encoding is chosen. */
export const headSize = 256 * 1024;

/**
 * The encoding of a text, from its first bytes: a byte order mark, UTF-16 without one (by where its zero bytes are),
 * UTF-8 if the bytes are valid (the last character may be cut, unless the head is the whole text), else the likeliest
 * legacy encoding.
 */
export function detectEncoding(head: Uint8Array, { whole = false } = {}): Encoding {
  const marked = byteOrderMark(head);
  if (marked) return marked.encoding;
  const wide = utf16ByZeros(head);
  if (wide) return wide;
  return byteEncoding(head, whole);
}

function byteEncoding(bytes: Uint8Array, whole: boolean): Encoding {
  return isUtf8(bytes, whole) ? 'utf-8' : legacyEncoding(bytes);
}

/**
 * Bytes as text, in chunks. The encoding is detected from the first 256 KiB. While only ASCII has come the question
 * stays open, so a late "é" in Windows-1252 is still read right. Bytes that fit no encoding become U+FFFD; nothing
 * throws. The byte order mark is removed and no character is split between chunks.
 */
export async function* decodeStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextStream | undefined;
  let waiting: Uint8Array[] = [];
  let size = 0;
  let asciiSoFar = 0;

  for await (const chunk of source) {
    if (decoder) {
      yield* nonEmpty(decoder.write(chunk));
      continue;
    }
    waiting.push(chunk);
    size += chunk.length;
    if (size < headSize) continue;
    const head = Buffer.concat(waiting);
    const plain = asciiLength(head);
    const settled = asciiSoFar === 0 && (byteOrderMark(head) ?? utf16ByZeros(head.subarray(0, headSize))) !== undefined;
    if (!settled && head.length - plain < headSize) {
      // What is ASCII means the same in every candidate: hand it on, and gather a full head after it.
      yield* nonEmpty(head.subarray(0, plain).toString('latin1'));
      asciiSoFar += plain;
      waiting = [head.subarray(plain)];
      size = head.length - plain;
      continue;
    }
    decoder = openDecoder(head, asciiSoFar === 0, false);
    waiting = [];
    yield* nonEmpty(decoder.write(head));
  }

  if (!decoder) {
    const head = Buffer.concat(waiting);
    decoder = openDecoder(head, asciiSoFar === 0, true);
    yield* nonEmpty(decoder.write(head));
  }
  yield* nonEmpty(decoder.end());
}

interface TextStream {
  write(chunk: Uint8Array): string;
  end(): string;
}

function openDecoder(head: Uint8Array, atStart: boolean, atEnd: boolean): TextStream {
  const sample = (atStart ? head : head.subarray(asciiLength(head))).subarray(0, headSize);
  const whole = atEnd && head.length <= headSize;
  const encoding = atStart ? detectEncoding(sample, { whole }) : byteEncoding(sample, whole);
  if (encoding === 'utf-8') {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: !atStart });
    return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
  }
  // Electron's ICU has no legacy converters, so TextDecoder cannot be relied on for anything but UTF-8.
  const decoder = iconv.getDecoder(encoding, { stripBOM: atStart });
  return { write: (chunk) => decoder.write(Buffer.from(chunk)), end: () => decoder.end() ?? '' };
}

function byteOrderMark(head: Uint8Array): { encoding: Encoding } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8' };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le' };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be' };
  return undefined;
}

/** In UTF-16 every delimiter, digit and line end has a zero byte, always on the same side. */
function utf16ByZeros(head: Uint8Array): Encoding | undefined {
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

function isUtf8(bytes: Uint8Array, whole: boolean): boolean {
  try {
    // In streaming mode a character cut at the end is no error.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

function legacyEncoding(bytes: Uint8Array): Encoding {
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
 */
function isShiftJis(bytes: Uint8Array): boolean {
  let characters = 0;
  let inRuns = 0;
  let run = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const single = byte < 0x80 || (byte > 0xa0 && byte < 0xe0);
    const trail = bytes[at + 1] ?? 0x40;
    const pair = byte !== 0x80 && byte !== 0xa0 && byte <= 0xfc && trail >= 0x40 && trail !== 0x7f && trail <= 0xfc;
    if (!single && !pair) return false;
    if (!single) at += 1;
    if (byte >= 0x80) characters += 1;
    run = !single && byte < 0xa0 ? run + 1 : 0;
    inRuns += run === 2 ? 2 : run > 2 ? 1 : 0;
  }
  return inRuns > 0 && inRuns * 2 >= characters;
}

/** ISO-8859-1 and -9 are subsets of Windows code pages, which is what programs mean by them. */
function alias(name: string): string {
  return name === 'iso-8859-1' ? 'windows-1252' : name === 'iso-8859-9' ? 'windows-1254' : name;
}

function isLegacy(name: string): name is (typeof legacyEncodings)[number] {
  return (legacyEncodings as readonly string[]).includes(name);
}

function asciiLength(bytes: Uint8Array): number {
  let end = 0;
  while (end < bytes.length && (bytes[end] ?? 0) < 0x80) end += 1;
  return end;
}

function* nonEmpty(text: string): Generator<string> {
  if (text !== '') yield text;
}
