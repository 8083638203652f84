import { encodingOf, isNamed, paramValues, type VCardParam, type VCardProperty } from './property.ts';
import {
  type DecodeBytes, decodeQuotedPrintable, encodeQuotedPrintable, quotedPrintableBytes,
} from './quoted-printable.ts';
import { unreadName } from './stored-card.ts';
import { splitEscaped } from './text.ts';

/**
 * The property with base64 free of white space and quoted-printable in UTF-8, whatever character set it came in, so
 * that nobody after the reader needs a decoder. Without CHARSET, bytes that are not UTF-8 count as Windows-1252.
 */
export function normaliseValue(property: VCardProperty, decode: DecodeBytes = latin1): VCardProperty {
  const encoding = encodingOf(property);
  if (encoding === 'base64') return { ...property, value: property.value.replace(/\s+/g, '') };
  if (encoding !== 'quoted-printable') return property;
  const charset = paramValues(property, 'CHARSET')[0]?.trim();
  const isUtf8 = charset === undefined || /^(utf-?8|us-ascii|ascii)?$/i.test(charset);
  if (isUtf8 && decodeQuotedPrintable(property.value) !== undefined) return property;
  const bytesAsText = (run: string) =>
    decodeAs(quotedPrintableBytes(run), isUtf8 ? 'windows-1252' : (charset ?? ''), decode);
  // Characters beyond ASCII were not encoded, so they are decoded with the file already.
  const recode = (part: string) => encodeQuotedPrintable(part.replace(/[^\u0080-\uffff]+/g, bytesAsText));
  return {
    ...property,
    params: inUtf8(property).params,
    value: splitEscaped(withEncodedTrails(property.value, charset ?? ''), ';').map(recode).join(';'),
  };
}

/** The property, whose value is text by now, without the name of the character set that it came in. */
export function inUtf8(property: VCardProperty): VCardProperty {
  const params = property.params.map((param): VCardParam => (param[0].toUpperCase() === 'CHARSET' ? [param[0], ['UTF-8']] : param));
  return { ...property, params };
}

/**
 * The properties of a card with their line breaks escaped. A card that says it is of 2.1 escapes separators and nothing
 * else: its other backslashes are written as later versions do, for `C:\new` is a path there and no line break.
 */
export function normaliseBreaks(properties: VCardProperty[]): VCardProperty[] {
  const version = properties.find((property) => isNamed(property, 'VERSION'))?.value.trim();
  return properties.map((property) => {
    const isPlain = version === '2.1' && encodingOf(property) === undefined && !isEscaped(property);
    const value = isPlain ? property.value.replace(/\\(?![;,:])/g, '\\\\') : property.value;
    const unbroken = value.includes('\n') ? value.replaceAll('\n', '\\n') : value;
    return unbroken === property.value ? property : { ...property, value: unbroken };
  });
}

/** What the reader has escaped itself. */
function isEscaped(property: VCardProperty): boolean {
  return isNamed(property, 'AGENT') || isNamed(property, unreadName);
}

/** Where a letter is of two bytes, the second can be a backslash that phones leave as it is: it escapes nothing. */
function withEncodedTrails(value: string, charset: string): string {
  if (!value.includes('\\') || !/shift|sjis|932|31j|big5|gbk|gb18030/i.test(charset)) return value;
  let afterLead = false;
  return value.replace(/=([0-9A-Fa-f]{2})|[^]/g, (unit, hex: string | undefined) => {
    const byte = hex === undefined ? unit.charCodeAt(0) : Number.parseInt(hex, 16);
    const isTrail = afterLead;
    const isKana = /big5|gb/i.test(charset) ? false : byte > 0xa0 && byte < 0xe0;
    afterLead = !isTrail && byte > 0x80 && byte < 0xfd && !isKana;
    return isTrail && unit === '\\' ? '=5C' : unit;
  });
}

function decodeAs(bytes: Uint8Array, charset: string, decode: DecodeBytes): string {
  try {
    return decode(bytes, charset);
  } catch {
    return latin1(bytes);
  }
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
