import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { hasSeveralBytes } from './encodings.ts';
import type { Survey } from './survey.ts';
import { characterLength, tallyUtf8 } from './utf8.ts';

/** A line as text. `repaired` when bytes of it had to be read in another encoding than the file is in. */
export interface DecodedLine {
  text: string;
  repaired: boolean;
}

export interface LineDecoding {
  /** The character set that the line itself names. */
  charset?: string | undefined;
  /** The last line of a text may be cut off inside a character. */
  isLast?: boolean;
  /** Is put before what was read in another encoding. */
  mark?: string;
}

/**
 * Decodes the lines of a text one by one, so that a bad one harms no other. UTF-8 comes first, since nothing else looks
 * like it by chance; then what the line itself says it is in; then what the file is taken for. A line of UTF-8 with
 * stray bytes keeps its characters, and only the stray ones are read otherwise.
 */
export function createLineDecoder({ encoding, legacy }: Survey): (line: Buffer, options?: LineDecoding) => DecodedLine {
  const single = hasSeveralBytes(legacy) ? 'windows-1252' : legacy;
  const isUtf8File = encoding === 'utf-8';

  return (line, { charset, isLast = false, mark = '' } = {}) => {
    const named = charset === undefined || !iconv.encodingExists(charset) ? undefined : charset;
    // What has letters of several bytes can look like UTF-8, and iso-2022-jp even like ASCII.
    const believed = named !== undefined && hasSeveralBytes(named) ? named : undefined;
    const first = believed ?? (hasSeveralBytes(encoding) ? encoding : undefined);
    if (first !== undefined && !(isAscii(line) && believed === undefined)) {
      const text = iconv.decode(line, first);
      if (!text.includes('\ufffd')) return { text, repaired: false };
    }
    if (isAscii(line)) return { text: line.toString('latin1'), repaired: false };
    if (isUtf8(line)) return { text: line.toString(), repaired: false };
    if (named !== undefined && !/^(utf-?8|us-ascii|ascii)$/i.test(named)) return { text: iconv.decode(line, named), repaired: false };
    if (!isUtf8File) return { text: iconv.decode(line, legacy), repaired: false };
    return { text: repair(line, { legacy, single, isLast, mark }), repaired: true };
  };
}

interface Repair {
  legacy: string;
  single: string;
  isLast: boolean;
  mark: string;
}

function repair(line: Buffer, { legacy, single, isLast, mark }: Repair): string {
  const tally = tallyUtf8(line);
  const body = isLast ? line.subarray(0, tally.cutAt) : line;
  const isCut = body.length < line.length;
  if (legacy !== single && tally.stray > tally.characters) {
    const start = firstBeyondAscii(body);
    return body.toString('latin1', 0, start) + mark + iconv.decode(body.subarray(start), legacy) + (isCut ? '\ufffd' : '');
  }
  let text = '';
  let from = 0;
  for (let at = 0; at < body.length; ) {
    const length = characterLength(body, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += body.toString('utf8', from, at) + mark + iconv.decode(body.subarray(at, at + 1), single);
    at += 1;
    from = at;
  }
  const end = isCut ? `${mark}\ufffd` : '';
  return text + body.toString('utf8', from, body.length) + end;
}

function firstBeyondAscii(bytes: Uint8Array): number {
  const at = bytes.findIndex((byte) => byte >= 0x80);
  return at === -1 ? bytes.length : at;
}
