import { fold } from '../../shared/text.ts';
import type { MatchKey } from '../../shared/operations/imports.ts';
import type { FileRow, RowKeys } from './file-row.ts';
import type { Book, Target } from './target.ts';

/** The contact a row is about, none, or several by one key, between which nobody but a person can choose. */
export type RowMatch = { kind: 'one'; target: Target } | { kind: 'none' } | { kind: 'several'; key: MatchKey; count: number };

const none: RowMatch = { kind: 'none' };

/**
 * Finds the contact a row is about by the chosen key. A row that finds nothing by it is looked for by its UID, and one
 * without a UID by its whole content, so that the same file again finds what it made. A row that does not have the key
 * at all is also known by its name together with its e-mail or phone. With `none` nothing is looked for.
 */
export function matchRow(
  book: Book,
  row: FileRow,
  match: MatchKey,
  isSame: (target: Target) => boolean,
): RowMatch {
  if (match === 'none') return none;
  const { keys } = row;
  const chosen = candidatesBy(match, book, keys);
  const byKey = choose(chosen ?? [], match, isSame);
  if (byKey.kind !== 'none') return byKey;
  if (keys.uid !== null) return match === 'uid' ? none : choose(book.byUid(keys.uid), 'uid', isSame);

  const namesakes = keys.name === '' ? [] : book.byKey('name', keys.name);
  const same = namesakes.find(isSame);
  if (same) return { kind: 'one', target: same };
  return chosen === null ? choose(closest(namesakes, keys), 'name', isSame) : none;
}

/** The contacts with the row's value of a key; null where the row has none. */
function candidatesBy(match: Exclude<MatchKey, 'none'>, book: Book, keys: RowKeys): Target[] | null {
  switch (match) {
    case 'uid':
      return keys.uid === null ? null : book.byUid(keys.uid);
    case 'email':
      return keys.email === null ? null : book.byKey('email', keys.email);
    case 'phone':
      return keys.phone === null ? null : book.byKey('phone', keys.phone);
    case 'name':
      return book.byKey('name', keys.name).filter(({ record }) => fold(record.company ?? '') === keys.company);
  }
}

function choose(targets: readonly Target[], key: MatchKey, isSame: (target: Target) => boolean): RowMatch {
  const [first, second] = targets;
  if (!first) return none;
  if (!second) return { kind: 'one', target: first };
  const same = targets.find(isSame);
  return same ? { kind: 'one', target: same } : { kind: 'several', key, count: targets.length };
}

/** Of contacts with the row's name those that have both its e-mail and its phone, or else those that have one of them. */
function closest(namesakes: readonly Target[], { email, phone }: RowKeys): Target[] {
  const shared = namesakes.map(({ record }) => {
    const hasEmail = email !== null && foldEmail(record.primaryEmail ?? '') === foldEmail(email);
    return Number(hasEmail) + Number(phone !== null && record.phoneKey === phone);
  });
  const most = Math.max(1, ...shared);
  return namesakes.filter((_, index) => shared[index] === most);
}

/** An e-mail as the store's index compares it: SQLite's lower() knows ASCII only. */
export function foldEmail(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
