import { digitsOf, fold } from '../../shared/text.ts';

/** A stretch of a text, marked or not. */
export interface Stretch {
  text: string;
  marked: boolean;
}

const word = /[\p{L}\p{N}\p{M}]+/gu;
const phone = /[+(]?\p{Nd}[\p{Nd}\s()./-]*\p{Nd}/gu;
/** Scripts written without blanks between words: what is searched for may stand anywhere in them. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

type Range = readonly [start: number, end: number];

/** What a search looks for: folded words, and the digits of the numbers in it. */
export interface SearchTerms {
  words: readonly string[];
  numbers: readonly string[];
}

export function searchTerms(query: string): SearchTerms {
  return { words: fold(query).match(word) ?? [], numbers: (query.match(phone) ?? []).map(digitsOf) };
}

/** The text cut where a word of it begins with a word of the search, whatever the case or diacritics. */
export function markWords(text: string, { words }: SearchTerms): Stretch[] {
  if (words.length === 0) return [{ text, marked: false }];
  const ranges: Range[] = [];
  for (const { 0: found, index } of text.matchAll(word)) {
    for (const prefix of words) {
      const at = unspaced.test(prefix) ? Math.max(found.indexOf(prefix), 0) : 0;
      const length = prefixLength(found.slice(at), prefix);
      if (length > 0) ranges.push([index + at, index + at + length]);
    }
  }
  return cut(text, ranges);
}

/** The text cut where its digits are those of the search, over any spaces, brackets and dashes between them. */
export function markDigits(text: string, terms: SearchTerms): Stretch[] {
  if (terms.numbers.length === 0) return markWords(text, terms);
  const positions = [...text.matchAll(/\p{Nd}/gu)].map((match) => match.index);
  const digits = digitsOf(text);
  const ranges = terms.numbers.flatMap((number): Range[] => {
    // A number typed for dialling within the country may be written with its country code.
    const wanted = digits.includes(number) ? number : number.replace(/^0+/, '');
    const at = wanted === '' ? -1 : digits.indexOf(wanted);
    const first = positions[at];
    const last = positions[at + wanted.length - 1];
    return first === undefined || last === undefined ? [] : [[first, last + 1]];
  });
  return cut(text, ranges);
}

/** How many characters of `original` fold to something that begins with `prefix`; 0 if it does not. */
function prefixLength(original: string, prefix: string): number {
  if (!fold(original).startsWith(prefix)) return 0;
  const segments = original.match(/.\p{M}*/gsu) ?? [];
  let length = 0;
  for (const segment of segments) {
    length += segment.length;
    if (fold(original.slice(0, length)).length >= prefix.length) return length;
  }
  return original.length;
}

function cut(text: string, ranges: readonly Range[]): Stretch[] {
  const stretches: Stretch[] = [];
  let done = 0;
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    if (from > done) stretches.push({ text: text.slice(done, from), marked: false });
    stretches.push({ text: text.slice(from, end), marked: true });
    done = end;
  }
  if (done < text.length) stretches.push({ text: text.slice(done), marked: false });
  return stretches;
}
