/**
 * Text as the whole value of a property: backslash, comma and line break are escaped. A semicolon may stay in 4.0
 * (RFC 6350, 3.4); RFC 2426 would escape it in 3.0, but then Thunderbird shows the backslash, and all read it bare.
 */
export function escapeText(text: string): string {
  return text.replace(/[\\,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

/** Text as one component of a structured value, or one item of a list: semicolons are escaped too. */
export function escapeComponent(text: string): string {
  return escapeText(text).replaceAll(';', '\\;');
}

/** The text of an escaped value. `\:` is read too, as Apple writes it; a backslash before another letter stays. */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([nN\\;,:])/g, (_, escaped: string) => (escaped === 'n' || escaped === 'N' ? '\n' : escaped));
}

/** Cuts a raw value at each separator that is not escaped; the parts stay raw, and joined they are the value again. */
export function splitEscaped(value: string, separator: ';' | ','): string[] {
  if (!value.includes('\\')) return value.split(separator);
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '\\') at++;
    else if (value[at] === separator) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(value.slice(start));
  return parts;
}

/** Text that a column can hold: well-formed, without NUL, its line breaks as `\n`, its edges trimmed. */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().replace(/\r\n?/g, '\n').trim();
}
