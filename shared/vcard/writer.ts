import { formatContentLine } from './content-line.ts';
import { convertCard } from './convert.ts';
import { isNamed, type VCardProperty, type WrittenVersion } from './property.ts';

const maxOctets = 75;

/**
 * One card as text, in the syntax of the version asked for (see `convertCard`), with CRLF and lines folded at 75 octets
 * of UTF-8. A VERSION is added where there is none.
 */
export function writeCard(properties: readonly VCardProperty[], version: WrittenVersion): string {
  const lines = convertCard(properties, version).filter((property) => !isDelimiter(property)).map(formatContentLine);
  return ['BEGIN:VCARD', ...lines, 'END:VCARD'].map((line) => `${foldLine(line)}\r\n`).join('');
}

/** Cuts a line into pieces of at most 75 octets, the folding space included, never inside a character. */
export function foldLine(line: string): string {
  const pieces: string[] = [];
  let start = 0;
  let octets = 0;
  for (let at = 0; at < line.length; ) {
    const code = line.codePointAt(at) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > maxOctets) {
      pieces.push(line.slice(start, at));
      start = at;
      octets = 1;
    }
    octets += size;
    at += code < 0x10000 ? 1 : 2;
  }
  pieces.push(line.slice(start));
  return pieces.join('\r\n ');
}

/** A property of this name and value, which only a forged one has, would end the card. */
function isDelimiter(property: VCardProperty): boolean {
  return (isNamed(property, 'BEGIN') || isNamed(property, 'END')) && /^\s*vcard\s*$/i.test(property.value);
}
