import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { digitsOf } from './text.ts';

/** A phone as digits: with its country code, and as it is dialled inside its country. */
export interface PhoneDigits {
  /** E.164 without the plus, or the bare digits where the number cannot be read; letters to dial by are digits. */
  key: string;
  /** What two numbers have in common that are the same: the key, and an extension behind it. */
  match: string;
  /** The number without country code and trunk prefix, where it can be read. */
  national: string | null;
}

/**
 * Reads a phone as typed, in any format. `region` is the two-letter country of numbers without a country code.
 * The typed text stays what is stored and shown: this is only for finding, matching and calling.
 * Anything that is no number keeps its bare digits as the key.
 */
export function readPhone(typed: string, region: string): PhoneDigits | null {
  if (last?.typed !== typed || last.region !== region) last = { typed, region, digits: parsePhone(typed, region) };
  return last.digits;
}

/** A contact's phone is read for its key and again for the search: parsing is dear enough to remember the last one. */
let last: { typed: string; region: string; digits: PhoneDigits | null } | undefined;

function parsePhone(typed: string, region: string): PhoneDigits | null {
  const digits = digitsOf(typed);
  if (digits === '') return null;
  const bare = typed.replace(/;?\s*ext(?:ension)?\.?/gi, '');
  const hasLetters = /[a-z]{3,}/i.test(bare);
  const parsed = hasLetters ? undefined : parsePhoneNumberFromString(typed, region as CountryCode);
  if (!parsed) {
    const key = (vanity.test(bare) ? digitsOf(dialledLetters(bare)) : digits).replace(/^00/, '');
    return { key, match: key, national: null };
  }
  const key = parsed.number.slice(1);
  return { key, match: parsed.ext === undefined || parsed.ext === '' ? key : `${key}x${parsed.ext}`, national: parsed.nationalNumber };
}

/** Letters that are part of a number ('1-800-FLOWERS'), not a remark after it ('030 1234 privat'). */
const vanity = /^[+\d\s().-]*\d(?:[-.]?[A-Za-z]{3,}[A-Za-z\d\s.-]*|[\s)]+[A-Z]{3,}[A-Z\d\s.-]*)$/;
const keypad = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** A number with its letters as the digits they share a key with. */
function dialledLetters(typed: string): string {
  return typed.toLowerCase().replace(/[a-z]/g, (letter) => String(keypad.findIndex((letters) => letters.includes(letter)) + 2));
}
