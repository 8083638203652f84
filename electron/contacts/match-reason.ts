import type { ContactRow, MatchReason } from '../../shared/operations/contacts.ts';
import { digitsOf, fold } from '../../shared/text.ts';
import { displayProperties } from '../../shared/vcard/card-display.ts';
import type { Lists } from '../lists/lists.ts';
import type { ContactReader } from './reader.ts';
import { parseExtra, type ContactRecord } from './record.ts';
import { words } from './search-tokens.ts';

/** Rows of a page for which a reason is looked for, and letters of a field that are looked at: both bound the time. */
const mostRows = 100;
const mostLetters = 20_000;
const lettersBefore = 28;
const lettersInAll = 110;

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;
const numberPattern = /^[\s+()\p{Nd}./-]*$/u;

/** What a query asks for: folded words, or the digits of a number without its trunk zeros. */
interface Wanted {
  words: readonly string[];
  digits: string;
}

interface FieldText extends Omit<MatchReason, 'snippet'> {
  text: string;
}

/** The fields of a record that the list never shows, in the order in which a person would look. */
const hiddenColumns = [
  'notes', 'firstName', 'lastName', 'website', 'address', 'address2', 'postcode', 'city', 'regionCode', 'country', 'fax',
  'fiscalInformation',
] as const satisfies readonly (keyof ContactRecord)[];

/** Says of each found row, where no cell of the list shows it, which field the search found and what stands there. */
export function createMatchReasons(reader: ContactReader, lists: Lists): (items: readonly ContactRow[], query: string) => ContactRow[] {
  return (items, query) => {
    const wanted = wantedOf(query);
    if (wanted.words.length === 0) return [...items];
    let left = mostRows;
    return items.map((row) => {
      if (isShown(row, wanted) || left === 0) return row;
      left -= 1;
      const record = reader.find(row.id);
      const reason = record && reasonOf(fieldsOf(record), wanted, row);
      return reason ? { ...row, reason } : row;
    });
  };

  function* fieldsOf(record: ContactRecord): Generator<FieldText> {
    for (const field of hiddenColumns) {
      const text = record[field];
      if (text !== null) yield { field, label: null, text };
    }
    for (const set of ['tags', 'members', 'projects'] as const) {
      for (const no of reader.links(set, [record.no]).get(record.no) ?? []) {
        const text = set === 'members' ? lists.members.byNo(no)?.fullName : lists[set].byNo(no)?.name;
        if (text !== undefined) yield { field: set, label: null, text };
      }
    }
    for (const { label, value } of displayProperties(parseExtra(record))) yield { field: 'extra', label, text: value };
  }
}

function wantedOf(query: string): Wanted {
  const isNumber = numberPattern.test(query) && digitsOf(query).length > 1;
  return { words: words(query), digits: isNumber ? digitsOf(query).replace(/^0+/, '') : '' };
}

/** What the list shows of a row, as far as it can hold a word of a search. */
function shownTexts({ name, company, city, primaryEmail }: ContactRow): string[] {
  return [name, company ?? city, primaryEmail].filter((text) => text !== null);
}

function isShown(row: ContactRow, wanted: Wanted): boolean {
  if (wanted.digits !== '' && hasDigits(row.primaryPhone ?? '', wanted.digits)) return true;
  return missing(row, wanted).length === 0;
}

/** The words of the search that no shown cell begins a word with. */
function missing(row: ContactRow, wanted: Wanted): string[] {
  const shown = shownTexts(row).flatMap(words);
  return wanted.words.filter((word) => !shown.some((known) => known.startsWith(word)));
}

/** The field that has most of what was sought, the first of several. */
function reasonOf(fields: Iterable<FieldText>, wanted: Wanted, row: ContactRow): MatchReason | null {
  // The longest first: 'return' says more of a place than 'of'.
  const sought = missing(row, wanted).toSorted((a, b) => b.length - a.length);
  let best: MatchReason | null = null;
  let most = 0;
  for (const { field, label, text } of fields) {
    const places = placesIn(text.slice(0, mostLetters), sought, wanted.digits);
    const [first] = places;
    if (first === undefined || places.length <= most) continue;
    best = { field, label, snippet: around(text, first) };
    most = places.length;
    if (most >= sought.length) break;
  }
  return best;
}

/** Where each of the words that a text has begins in it, or where the number does. */
function placesIn(text: string, sought: readonly string[], digits: string): number[] {
  if (hasDigits(text, digits)) return sought.map(() => 0);
  const known = [...text.matchAll(wordPattern)].map(({ 0: found, index }) => ({ folded: fold(found), index }));
  return sought.flatMap((word) => {
    // In a script without blanks the word may stand inside a run.
    const inside = unspaced.test(word);
    return known.find(({ folded }) => folded.startsWith(word) || (inside && folded.includes(word)))?.index ?? [];
  });
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function hasDigits(text: string, digits: string): boolean {
  return digits !== '' && digitsOf(text).includes(digits);
}

/** A line of the text with the place near its beginning. */
function around(text: string, at: number): string {
  const from = at <= lettersBefore ? 0 : text.indexOf(' ', at - lettersBefore);
  const start = from === -1 || from >= at ? at : from === 0 ? 0 : from + 1;
  const cut = text.slice(start, start + lettersInAll).toWellFormed().replace(/\s+/g, ' ').trim();
  return `${start > 0 ? '…' : ''}${cut}${start + lettersInAll < text.length ? '…' : ''}`;
}
