import { readPhone } from '../../shared/phone.ts';
import { digitsOf } from '../../shared/text.ts';
import type { Store } from '../store/open.ts';
import { selectList } from '../store/rows.ts';
import { contact } from '../store/schema.ts';
import { parseExtra, rowColumns, type ContactRecord, type RowRecord } from './record.ts';
import { endingToken, isPhoneLike } from './search-tokens.ts';

/** A contact one of whose numbers ends as asked, and that number as it was typed. */
export interface CallerHit {
  record: RowRecord;
  phone: string;
}

/** The fewest digits that say anything, and the most that are compared: a number without its country and area. */
export const callerDigits = { fewest: 4, most: 9 } as const;
/** With this many digits the same, a number kept without its area code is still likely the one that calls. */
const localDigits = 7;
const mostHits = 20;

const shape = [...rowColumns, 'phoneKey', 'fax', 'extra'] as const satisfies readonly (keyof ContactRecord)[];
type CallerRecord = RowRecord & Pick<ContactRecord, 'phoneKey' | 'fax' | 'extra'>;
/** A number as it is written, and its digits with the country code. */
interface Phone {
  text: string;
  key: string;
}

type Candidate = CallerHit & { key: string };

/** The statement behind every answer: an index on phones written backwards, read in its own order. */
export const callerSql = `select ${selectList(contact, [...shape])} from contact_search s join contact on contact.no = s.rowid
  where s.contact_search match ? order by s.rowid limit ${mostHits}`;

/**
 * Finds who calls by the last digits of a phone, typed in any format and script; the closest first.
 * Numbers in the fax field and in what a card or file brought along are found too.
 */
export function createCaller(store: Store, region: () => string): (typed: string) => CallerHit[] {
  const byEnding = store.db.prepare(callerSql);

  const find = (ending: string): Candidate[] =>
    (byEnding.all(`"${endingToken(ending)}"*`) as CallerRecord[]).flatMap((found) => {
      const { phoneKey: _phoneKey, fax: _fax, extra: _extra, ...record } = found;
      for (const { text, key } of phonesOf(found, region())) {
        if (key.endsWith(ending)) return [{ record, phone: text, key }];
      }
      return [];
    });

  return (typed) => {
    const number = dialled(typed, region());
    if (number.length < callerDigits.fewest) return [];
    const exact = find(number.slice(-callerDigits.most));
    const hits = exact.length > 0 || number.length < localDigits ? exact : find(number.slice(-localDigits));
    const whole = keyOf(typed, region());
    return hits.toSorted((a, b) => sameEnd(b.key, whole) - sameEnd(a.key, whole)).map(({ record, phone }) => ({ record, phone }));
  };
}

/** What is compared: of a whole number the part inside its country, of a few digits those themselves. */
function dialled(typed: string, region: string): string {
  const digits = digitsOf(typed);
  return digits.length > callerDigits.most ? (readPhone(typed, region)?.national ?? digits) : digits;
}

function keyOf(phone: string, region: string): string {
  return readPhone(phone, region)?.key ?? '';
}

/** How many last digits of two numbers are the same. */
function sameEnd(a: string, b: string): number {
  let same = 0;
  while (same < a.length && same < b.length && a.at(-1 - same) === b.at(-1 - same)) same += 1;
  return same;
}

/** The numbers of a contact, one after the other: reading a number is the dear part of the answer. */
function* phonesOf(record: CallerRecord, region: string): Generator<Phone> {
  const { primaryPhone, phoneKey, fax } = record;
  if (primaryPhone !== null && phoneKey !== null) yield { text: primaryPhone, key: phoneKey.replace(/x.*$/, '') };
  if (fax !== null) yield { text: fax, key: keyOf(fax, region) };
  for (const text of texts(parseExtra(record))) if (isPhoneLike(text)) yield { text, key: keyOf(text, region) };
}

/** Every text inside a value: a number may be anywhere in what a card brought. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
}
