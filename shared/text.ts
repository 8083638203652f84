/** Letters that Unicode does not decompose, but people type without their stroke or ligature. */
const undecomposed: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't', ĸ: 'k', ə: 'e',
};
const undecomposedPattern = new RegExp(`[${Object.keys(undecomposed).join('')}]`, 'g');
const beyondAscii = /[^\p{ASCII}]/u;

/**
 * Text as it is compared and sorted: lower case, compatibility forms unified, diacritics removed.
 * 'Ångström' and 'ANGSTROM' fold to the same; scripts without case or diacritics stay as they are.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (!beyondAscii.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .replace(undecomposedPattern, (letter) => undecomposed[letter] ?? letter)
    .normalize('NFC');
}

/** The decimal digits of a text, in ASCII, whatever script they were typed in. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => asciiDigit(digit)).replace(/[^0-9]/g, '');
}

function asciiDigit(digit: string): string {
  if (digit >= '0' && digit <= '9') return digit;
  // Every script has its ten digits in a row, and the first of them is the only one preceded by no digit or by a nine.
  let code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code -= 1;
    value += 1;
  }
  return String(value);
}

/** Text that can be stored and sent anywhere: no NUL, no half of a surrogate pair. */
export function isCleanText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** JSON whose texts and keys can all be stored and sent anywhere. */
export function isCleanJson(value: unknown): boolean {
  if (typeof value === 'string') return isCleanText(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isCleanText(key) && isCleanJson(inner));
}

/** Whether a text shows anything at all: blanks, line breaks and characters of no width do not. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cc}\p{Cf}]/u.test(text);
}

/** Text without line breaks or any other control character: for labels, titles and the fields of a link. */
export function isPlainLine(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}

/** Addresses a person may follow from a contact: never a scheme that runs code or reads this machine. */
export function isSafeAddress(address: string): boolean {
  const bare = address.replace(/[\p{C}\p{Z}]/gu, '').toLowerCase();
  return !/^(javascript|vbscript|file|data|blob|about|chrome|view-source):/.test(bare);
}
