/** Turns bytes into text by the name of their character set. Throws if it does not know the name. */
export type DecodeBytes = (bytes: Uint8Array, charset: string) => string;

/** The text of quoted-printable UTF-8, or `undefined` if its bytes are not UTF-8. A stray `=` stays as it is. */
export function decodeQuotedPrintable(value: string): string | undefined {
  try {
    return decodeURIComponent(value.replaceAll('%', '%25').replace(/=([0-9A-Fa-f]{2})/g, '%$1'));
  } catch {
    return undefined;
  }
}

/** The bytes of a quoted-printable value, all of it ASCII. */
export function quotedPrintableBytes(value: string): Uint8Array {
  const bytes = value.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}

/** Text as quoted-printable UTF-8 in one line, without soft breaks. Semicolons of the text are no separators. */
export function encodeQuotedPrintable(text: string): string {
  const encode = (character: string) => encodeURIComponent(character).replaceAll('%', '=');
  return text.toWellFormed().replace(/[^ -~]|[=;]/gu, encode);
}
