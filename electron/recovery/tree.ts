import type { Pages } from './pages.ts';

/** A value of a row as SQLite keeps it. */
export type StoredValue = null | number | bigint | string | Buffer;

export interface StoredRow {
  rowid: number;
  /** In the order of the table's columns; a row from before a column was added is shorter. */
  values: StoredValue[];
}

/** What reading a page or a tree came to. */
export interface Reading {
  rows: StoredRow[];
  /** Rows that are there but cannot be read. */
  unreadable: number;
}

const leaf = 0x0d;
const interior = 0x05;

/** Whether a page says of itself that it holds rows of a table. */
export function isLeaf(pages: Pages, number: number): boolean {
  return pages.read(number)?.[start(number)] === leaf;
}

/**
 * The leaf pages of a table, in order. Every page that belongs to it is added to `visited`; a page that does not look like one
 * of a table, or was met before, is counted by `onDamage` and left out.
 */
export function* leavesOf(pages: Pages, root: number, visited: Set<number>, onDamage: () => void): Generator<number> {
  const open = [root];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const page = pages.read(number);
    const type = page?.[start(number)];
    if (!page || visited.has(number) || (type !== leaf && type !== interior)) {
      onDamage();
      continue;
    }
    visited.add(number);
    if (type === leaf) {
      yield number;
      continue;
    }
    const offset = start(number);
    const children: number[] = [];
    for (const pointer of pointers(page, offset, 12)) {
      if (pointer + 4 > page.length) onDamage();
      else children.push(page.readUInt32BE(pointer));
    }
    children.push(page.readUInt32BE(offset + 8));
    open.push(...children.reverse());
  }
}

/** The rows of a leaf page; those that cannot be read are only counted. */
export function readLeaf(pages: Pages, number: number): Reading {
  const page = pages.read(number);
  const reading: Reading = { rows: [], unreadable: 0 };
  if (!page) return reading;
  for (const pointer of pointers(page, start(number), 8)) {
    try {
      reading.rows.push(readRow(pages, page, pointer));
    } catch {
      // Whatever is wrong with a row shows as a length or a page that cannot be.
      reading.unreadable += 1;
    }
  }
  return reading;
}

/** Page 1 begins with the header of the file. */
function start(number: number): number {
  return number === 1 ? 100 : 0;
}

/** Where the cells of a page are; a count that cannot be is cut at what the page has room for. */
function pointers(page: Buffer, offset: number, headerBytes: number): number[] {
  const room = Math.floor((page.length - offset - headerBytes) / 2);
  const count = Math.min(page.readUInt16BE(offset + 3), room);
  return Array.from({ length: count }, (_, index) => page.readUInt16BE(offset + headerBytes + index * 2));
}

function readRow(pages: Pages, page: Buffer, at: number): StoredRow {
  const payload = readVarint(page, at);
  const key = readVarint(page, payload.end);
  const bytes = readPayload(pages, page, key.end, payload.value);
  return { rowid: key.value, values: decode(bytes) };
}

/** What is too long for its page goes on in a chain of further pages. */
function readPayload(pages: Pages, page: Buffer, at: number, length: number): Buffer {
  const longest = page.length - 35;
  if (length <= longest) {
    if (at + length > page.length) throw new RangeError('The row ends outside its page');
    return page.subarray(at, at + length);
  }
  const shortest = Math.floor(((page.length - 12) * 32) / 255) - 23;
  const wanted = shortest + ((length - shortest) % (page.length - 4));
  const local = wanted <= longest ? wanted : shortest;
  if (length > pages.count * pages.size) throw new RangeError('The row is longer than the file');
  const parts = [page.subarray(at, at + local)];
  let missing = length - local;
  let next = page.readUInt32BE(at + local);
  while (missing > 0) {
    const overflow = pages.read(next);
    if (!overflow) throw new RangeError('The row goes on outside the file');
    parts.push(overflow.subarray(4, 4 + Math.min(missing, overflow.length - 4)));
    missing -= overflow.length - 4;
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** A record: the types of its values, then the values (https://sqlite.org/fileformat2.html#record_format). */
function decode(bytes: Buffer): StoredValue[] {
  const header = readVarint(bytes, 0);
  const values: StoredValue[] = [];
  let at = header.value;
  let typeAt = header.end;
  while (typeAt < header.value) {
    const type = readVarint(bytes, typeAt);
    typeAt = type.end;
    const length = lengthOf(type.value);
    if (at + length > bytes.length) throw new RangeError('A value ends outside its row');
    values.push(valueOf(type.value, bytes, at, length));
    at += length;
  }
  if (at !== bytes.length || typeAt !== header.value) throw new RangeError('The values do not fill the row');
  return values;
}

function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  const length = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type];
  if (length === undefined) throw new RangeError('There is no such type');
  return length;
}

function valueOf(type: number, bytes: Buffer, at: number, length: number): StoredValue {
  if (type === 0) return null;
  if (type === 6) {
    const value = bytes.readBigInt64BE(at);
    return BigInt.asIntN(53, value) === value ? Number(value) : value;
  }
  if (type === 7) return bytes.readDoubleBE(at);
  if (type === 8 || type === 9) return type - 8;
  if (type < 6) return bytes.readIntBE(at, length);
  return type % 2 === 1 ? bytes.toString('utf8', at, at + length) : Buffer.from(bytes.subarray(at, at + length));
}

/** A number of one to nine bytes. Throws RangeError beyond the end and for what is no exact number here. */
function readVarint(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0n;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes.readUInt8(at + index);
    if (index === 8) value = (value << 8n) | BigInt(byte);
    else value = (value << 7n) | BigInt(byte & 0x7f);
    if (index < 8 && byte >= 0x80) continue;
    const number = Number(BigInt.asIntN(64, value));
    if (!Number.isSafeInteger(number) || number < 0) throw new RangeError('The number is too large');
    return { value: number, end: at + index + 1 };
  }
  throw new RangeError('The number has no end');
}
