import { AppError } from '../../shared/errors.ts';
import { fileBrokeOff } from '../../shared/operations/imports.ts';
import { isObject } from './import-record.ts';

/** One contact of a JSON file, by its place in the list from 1, or the reason why it cannot be read. */
export type JsonItem = { row: number; value: Record<string, unknown> } | { row: number; error: string };

/** As long as a file may be. */
const maxItemLength = 64 * 1024 * 1024;
const maxDepth = 64;
const maxKeyLength = 100;
/** The keys under which an object may hold its list: our own export, and a list answer of the API. */
const listKeys = new Set(['contacts', 'items']);

/**
 * The contacts of a JSON text: a list, or an object with the list as `contacts` or `items`. Reads as a stream and
 * holds one contact at a time. One that is broken, over 64 Mi characters or too deep is an error of its row. Throws
 * `invalid` when the text has no such list.
 */
export async function* readJson(text: AsyncIterable<string>): AsyncGenerator<JsonItem> {
  const scan = createScanner();
  let row = 0;
  for await (const chunk of text) {
    for (const item of scan.push(chunk)) yield parseItem((row += 1), item);
  }
  const end = scan.end();
  if (!end.foundList) {
    const wanted = 'it must be a list, or an object with "contacts" or "items"';
    throw new AppError('invalid', `The file holds no contacts: ${wanted}.`);
  }
  if (end.truncated) yield { row: row + 1, error: fileBrokeOff };
}

/** The text of one list item, or why it was not kept. */
type RawItem = { text: string } | { error: string };

function parseItem(row: number, item: RawItem): JsonItem {
  if ('error' in item) return { row, error: item.error };
  try {
    const value: unknown = JSON.parse(item.text);
    if (isObject(value)) return { row, value };
    return { row, error: 'The list item is not an object.' };
  } catch (error) {
    return { row, error: `The contact is not valid JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

interface Scanner {
  push: (chunk: string) => RawItem[];
  end: () => { foundList: boolean; truncated: boolean };
}

/** Cuts the list's items out of the text by strings, brackets and commas alone; the inside is left to JSON.parse. */
function createScanner(): Scanner {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let rootIsList = false;
  let foundList = false;
  /** The depth at which the commas stand between items, while inside a list of contacts. */
  let listDepth = 0;
  /** The last string at depth 1 of a root object, which is a key if a colon follows. */
  let string = '';
  let key = '';
  let item: string[] = [];
  let itemLength = 0;
  let problem: string | undefined;

  function keep(text: string): void {
    if (listDepth > 0) {
      itemLength += text.length;
      if (itemLength > maxItemLength) {
        problem ??= 'The contact is longer than 64 Mi characters.';
        item = [];
      } else if (problem === undefined) item.push(text);
    } else if (inString && depth === 1 && string.length < maxKeyLength) {
      string += text.slice(0, maxKeyLength);
    }
  }

  function flush(items: RawItem[]): void {
    const text = item.join('');
    if (problem !== undefined) items.push({ error: problem });
    else if (text.trim() !== '') items.push({ text });
    item = [];
    itemLength = 0;
    problem = undefined;
  }

  function enter(bracket: string): void {
    depth += 1;
    if (depth === 1) rootIsList = bracket === '[';
    if (listDepth > 0 && depth > maxDepth) problem ??= `The contact is nested more than ${maxDepth} levels deep.`;
    const isList = depth === 1 || (depth === 2 && !rootIsList && listKeys.has(key));
    if (bracket === '[' && listDepth === 0 && isList) {
      listDepth = depth;
      foundList = true;
    } else keep(bracket);
  }

  function leave(bracket: string, items: RawItem[]): void {
    if (depth === listDepth) {
      flush(items);
      listDepth = 0;
    } else keep(bracket);
    depth = Math.max(0, depth - 1);
  }

  function structural(char: string, items: RawItem[]): void {
    if (char === '{' || char === '[') enter(char);
    else if (char === '}' || char === ']') leave(char, items);
    else if (char === ',' && depth === listDepth) flush(items);
    else if (char === ':' && depth === 1 && !rootIsList) key = string;
    else keep(char);
    if (char === '"') {
      inString = true;
      string = '';
    }
  }

  function push(chunk: string): RawItem[] {
    const items: RawItem[] = [];
    const outside = /["{}[\],:]/g;
    const inside = /["\\]/g;
    let at = 0;
    while (at < chunk.length) {
      if (escaped) {
        escaped = false;
        keep(chunk.charAt(at));
        at += 1;
        continue;
      }
      const pattern = inString ? inside : outside;
      pattern.lastIndex = at;
      const found = pattern.exec(chunk);
      const end = found ? found.index : chunk.length;
      if (end > at) keep(chunk.slice(at, end));
      at = end + 1;
      if (!found) break;
      const [char] = found;
      if (!inString) structural(char, items);
      else if (char === '\\') {
        escaped = true;
        keep(char);
      } else {
        if (listDepth > 0) keep(char);
        inString = false;
      }
    }
    return items;
  }

  return { push, end: () => ({ foundList, truncated: depth > 0 }) };
}
