import { fold } from '../../shared/text.ts';

/**
 * A name as it is written, and in Latin letters for e-mail addresses where the script is another:
 * `Ελένη|eleni`. Names in Latin script are folded.
 */
export type Name = string;

/** How phones are written in a country. In patterns `#` is a digit and `%` one from 1 to 9. */
export interface PhoneStyle {
  callingCode: string;
  /** What is dialled before the area code inside the country. */
  trunk: string;
  /** What is dialled there before the code of a country: '00' when absent, null where it depends on the company. */
  exit?: string | null;
  /** Numbers without trunk prefix; the first blank ends the area code. */
  patterns: readonly string[];
  /** What people write between the groups inside the country. */
  separators: readonly string[];
  /** Whether the area code is put in brackets. */
  brackets?: boolean;
}

/** A city with its region's code, or null, and the pattern of its postcodes: `#` is a digit, `@` a letter. */
export type City = readonly [name: string, region: string | null, postcode: string];

/** What the contacts of one country and language are made of. */
export interface Culture {
  /** ISO 3166 code. */
  country: string;
  women: readonly Name[];
  men: readonly Name[];
  families: readonly Name[];
  /** The family name of a woman, where it differs. */
  feminine?: (family: string) => string;
  /** The family name of a man, where `families` holds stems. */
  masculine?: (family: string) => string;
  /** Given name and family name in the order of the country; given first, with a blank, by default. */
  fullName?: (given: string, family: string) => string;
  trades: readonly string[];
  /** Names of companies, with `{family}`, `{trade}` and `{city}`. */
  companies: readonly string[];
  phone: PhoneStyle;
  streets: readonly string[];
  /** Street and house number in the order of the country. */
  streetLine: (street: string, number: number) => string;
  cities: readonly City[];
  /** What people there note about a contact, in their language. */
  notes: readonly string[];
}

/** The words of a text: short lists of names are easier to read this way. */
export function split(text: string): string[] {
  return text.trim().split(/\s+/);
}

export function written(name: Name): string {
  const [own = name] = name.split('|', 1);
  return own;
}

/** A name in the lower-case letters and digits that an e-mail address takes everywhere. */
export function latin(name: Name): string {
  const [, transcribed] = name.split('|');
  return fold(transcribed ?? name).replace(/[^a-z0-9]/g, '');
}
