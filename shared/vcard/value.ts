import { decodeBase64, decodeUtf8, isBase64 } from './base64.ts';
import { encodingOf, type VCardProperty } from './property.ts';
import { decodeQuotedPrintable } from './quoted-printable.ts';
import { splitEscaped, unescapeText } from './text.ts';

/** The whole value as text: decoded and unescaped. */
export function textOf(property: VCardProperty): string {
  return decode(property, property.value);
}

/** The `;`-separated components of a value (N, ADR, ORG) as text. Commas in a component are part of it. */
export function componentsOf(property: VCardProperty): string[] {
  return splitEscaped(property.value, ';').map((component) => decode(property, component));
}

/** The `,`-separated values of a list (CATEGORIES, NICKNAME) as text. */
export function listOf(property: VCardProperty): string[] {
  return splitEscaped(property.value, ',').map((item) => decode(property, item));
}

function decode(property: VCardProperty, raw: string): string {
  switch (encodingOf(property)) {
    case 'quoted-printable':
      // 2.1 escapes only separators, and quoted-printable has its own line breaks: `C:\new` is a path here.
      return (decodeQuotedPrintable(raw) ?? raw).replace(/\\([;,:])/g, '$1');
    case 'base64':
      return (isBase64(raw) ? decodeUtf8(decodeBase64(raw)) : undefined) ?? raw;
    case '8bit':
    case undefined:
      return unescapeText(raw);
  }
}
