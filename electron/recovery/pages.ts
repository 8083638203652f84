import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/** The pages of a database file as they are after its last commit, read without SQLite. */
export interface Pages {
  /** Bytes of a page. */
  readonly size: number;
  /** The highest page number. */
  readonly count: number;
  /** A page by its number, which begins with 1; null where there is none. */
  read(number: number): Buffer | null;
  close(): void;
}

const defaultSize = 4096;
const walHeaderBytes = 32;
const frameHeaderBytes = 24;

/**
 * Opens a database file and the write-ahead log beside it (https://sqlite.org/fileformat2.html). Nothing is written.
 * Of a log that is cut off or damaged, the commits before the damage count, as with SQLite itself.
 */
export function openPages(file: string): Pages {
  const log = existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0);
  const descriptor = openSync(file, 'r');
  const bytes = statSync(file).size;
  const header = Buffer.alloc(100);
  readSync(descriptor, header, 0, header.length, 0);
  const size = pageSize(header.readUInt16BE(16)) ?? (log.length >= walHeaderBytes ? pageSize(log.readUInt32BE(8)) : null) ?? defaultSize;
  const committed = committedPages(log, size);
  const count = Math.max(Math.floor(bytes / size), ...committed.keys());
  return {
    size,
    count,
    read(number) {
      if (!Number.isInteger(number) || number < 1 || number > count) return null;
      const offset = committed.get(number);
      if (offset !== undefined) return log.subarray(offset, offset + size);
      const page = Buffer.alloc(size);
      return readSync(descriptor, page, 0, size, (number - 1) * size) === size ? page : null;
    },
    close: () => closeSync(descriptor),
  };
}

function pageSize(written: number): number | null {
  const size = written === 1 ? 65_536 : written;
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0 ? size : null;
}

/** Where in the log the newest committed content of each page is. */
function committedPages(log: Buffer, size: number): Map<number, number> {
  const pages = new Map<number, number>();
  if (log.length < walHeaderBytes || (log.readUInt32BE(0) & ~1) >>> 0 !== 0x377f0682) return pages;
  const sum = createChecksum((log.readUInt32BE(0) & 1) === 1);
  sum.add(log, 0, 24);
  if (!sum.equals(log, 24)) return pages;
  let pending = new Map<number, number>();
  for (let at = walHeaderBytes; at + frameHeaderBytes + size <= log.length; at += frameHeaderBytes + size) {
    if (log.compare(log, 16, 24, at + 8, at + 16) !== 0) break;
    sum.add(log, at, 8);
    sum.add(log, at + frameHeaderBytes, size);
    if (!sum.equals(log, at + 16)) break;
    pending.set(log.readUInt32BE(at), at + frameHeaderBytes);
    if (log.readUInt32BE(at + 4) === 0) continue;
    for (const [number, offset] of pending) pages.set(number, offset);
    pending = new Map();
  }
  return pages;
}

/** The running checksum of a write-ahead log. */
function createChecksum(bigEndian: boolean) {
  let first = 0;
  let second = 0;
  return {
    add(bytes: Buffer, offset: number, length: number): void {
      for (let at = offset; at < offset + length; at += 8) {
        first = (first + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + second) >>> 0;
        second = (second + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + first) >>> 0;
      }
    },
    equals: (bytes: Buffer, offset: number): boolean => bytes.readUInt32BE(offset) === first && bytes.readUInt32BE(offset + 4) === second,
  };
}
