import { readPhone } from '../../shared/phone.ts';
import { digitsOf, fold } from '../../shared/text.ts';
import type { ContactRecord } from './record.ts';

/** What the index knows of a contact besides its own columns: the numbers of what it is linked with. */
export interface Links {
  tags: readonly number[];
  members: readonly number[];
  projects: readonly number[];
}

/**
 * Marks that keep tokens of one kind apart from plain words; the tokenizer of `contact_search` lets them pass.
 * `ending` stands before a phone written backwards: its last digits are then the beginning of a word.
 */
export const mark = { name: '=', tag: '#', member: '@', project: '%', type: '~', ending: '~~' } as const;

const maxWordLength = 40;
const maxWords = 20_000;
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts written without blanks between words: they are indexed by pairs of characters. */
const unspacedRun = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

/** The folded words of a text. A run of a script without blanks gives its pairs and its last character. */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const [word] of fold(text).matchAll(wordPattern)) {
    if (found.length >= maxWords) break;
    let end = 0;
    for (const run of word.matchAll(unspacedRun)) {
      if (run.index > end) found.push(word.slice(end, run.index));
      const characters = Array.from(run[0]);
      for (const [index, character] of characters.entries()) found.push(character + (characters[index + 1] ?? ''));
      end = run.index + run[0].length;
    }
    if (end < word.length) found.push(word.slice(end, end + maxWordLength));
  }
  return found;
}

/** The token of a phone's last digits. */
export function endingToken(digits: string): string {
  return mark.ending + digits.split('').reverse().join('');
}

/**
 * A phone in every way a person may begin to type it: as written, with country code, with and without trunk zero; and
 * backwards, for who only sees its last digits.
 */
export function phoneTokens(typed: string, region: string): string[] {
  const phone = readPhone(typed, region);
  if (!phone) return [];
  const tokens = new Set([digitsOf(typed), phone.key, endingToken(phone.key)]);
  if (phone.national) {
    tokens.add(phone.national);
    tokens.add(`0${phone.national}`);
  }
  return [...tokens];
}

const plainColumns = [
  'primaryEmail', 'notes', 'firstName', 'lastName', 'website', 'address', 'address2', 'city', 'regionCode', 'postcode',
  'country', 'fiscalInformation', 'company',
] as const satisfies readonly (keyof ContactRecord)[];

/** Everything that a contact can be found by, as the text of one row of `contact_search`. */
export function searchTokens(
  record: ContactRecord,
  extra: Record<string, unknown> | null,
  links: Links,
  region: string,
): string {
  const tokens = new Set<string>();
  for (const word of words(record.name)) {
    tokens.add(word);
    tokens.add(mark.name + word);
  }
  for (const column of plainColumns) {
    const value = record[column];
    if (value !== null) for (const word of words(value)) tokens.add(word);
  }
  for (const phone of [record.primaryPhone, record.fax]) {
    if (phone !== null) for (const token of phoneTokens(phone, region)) tokens.add(token);
  }
  if (extra !== null) addValues(extra, tokens, region);
  tokens.add(mark.type + record.contactType.toLowerCase());
  return [...tokens].join(' ') + linkTokens(links);
}

/** The tokens of what a contact is linked with, each with a blank before it. */
export function linkTokens({ tags, members, projects }: Links): string {
  const marked = (sign: string, nos: readonly number[]) => nos.map((no) => ` ${sign}${no}`).join('');
  return marked(mark.tag, tags) + marked(mark.member, members) + marked(mark.project, projects);
}

/** Whether a text of unknown meaning is searched as a phone as well. */
export function isPhoneLike(text: string): boolean {
  return /^[\s+()\d./-]{6,25}$/.test(text);
}

/** The words of all texts inside a value, and the digits of what looks like a phone. */
function addValues(value: unknown, tokens: Set<string>, region: string): void {
  if (typeof value === 'string') {
    for (const word of words(value)) tokens.add(word);
    if (isPhoneLike(value)) for (const token of phoneTokens(value, region)) tokens.add(token);
  } else if (Array.isArray(value)) {
    for (const item of value) addValues(item, tokens, region);
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) addValues(item, tokens, region);
  }
}
