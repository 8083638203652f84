import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { digitsOf } from './text.ts';

/** A phone as digits: with its country code, and as it is dialled inside its country. */
export interface PhoneDigits {
  /** E.164 without the plus, or the bare digits where the number cannot be read. */
  key: string;
  /** The number without country code and trunk prefix, where it can be read. */
  national: string | null;
}

/**
 * Reads a phone as typed, in any format. `region` is the two-letter country of numbers without a country code.
 * The typed text stays what is stored and shown: this is only for finding, matching and calling.
 * Letters ('1-800-FLOWERS') and anything else that is no number keep their bare digits as the key.
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
  const hasLetters = /[a-z]{3,}/i.test(typed.replace(/;?\s*ext\.?|extension/gi, ''));
  const parsed = hasLetters ? undefined : parsePhoneNumberFromString(typed, region as CountryCode);
  if (!parsed) return { key: digits.replace(/^00/, ''), national: null };
  return { key: parsed.number.slice(1), national: parsed.nationalNumber };
}
