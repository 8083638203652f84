/** What a run of bytes has beyond ASCII: characters of UTF-8, and bytes that are part of none. */
export interface Utf8Tally {
  characters: number;
  stray: number;
  /** Where a character begins that the end of the bytes cuts off; the length of the bytes if none does. */
  cutAt: number;
}

/** The length of the character of UTF-8 that begins here: 0 for a byte that begins none, -1 where the end cuts it off. */
export function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  for (let place = 1; place < length; place += 1) {
    const byte = bytes[at + place];
    if (byte === undefined) return -1;
    const [least, most] = place === 1 ? secondByte(first) : [0x80, 0xbf];
    if (byte < least || byte > most) return 0;
  }
  return length;
}

/** Overlong forms, surrogates and what is beyond Unicode are ruled out by the second byte. */
function secondByte(first: number): [least: number, most: number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  if (first === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

export function tallyUtf8(bytes: Uint8Array): Utf8Tally {
  const tally: Utf8Tally = { characters: 0, stray: 0, cutAt: bytes.length };
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at += 1;
      continue;
    }
    const length = characterLength(bytes, at);
    if (length === -1) {
      tally.cutAt = at;
      break;
    }
    if (length === 0) tally.stray += 1;
    else tally.characters += 1;
    at += Math.max(length, 1);
  }
  return tally;
}
