import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { autocheckpointPages, type Store } from '../store/open.ts';
import type { RunTask } from './run-task.ts';
import type { checkFile } from './inspect.ts';

/** What a copy holds, and whether it is sound. */
export type CopyResult = ReturnType<typeof checkFile>;
/** Copies a book that is in use into a new file, and checks the copy. */
export type CopyBook = (store: Store, target: string, run: RunTask, signal: AbortSignal) => Promise<CopyResult>;

/**
 * Copies the book in a thread of its own, so that nothing waits for it however large the book is. While no checkpoint is made,
 * the database's file does not change and its log only grows at the end: both together are the book at one moment, and what
 * is written meanwhile is not in the copy.
 */
export const copyBook: CopyBook = async (store, target, run, signal) => {
  store.db.pragma('wal_autocheckpoint = 0');
  try {
    return await run('copy', { descriptor: store.descriptor(), log: `${store.file}-wal`, target }, signal);
  } finally {
    store.db.pragma(`wal_autocheckpoint = ${autocheckpointPages}`);
  }
};

const pieceBytes = 1024 * 1024;
/** SQLite puts its locks on the page that begins here and keeps nothing in it; Windows does not let it be read. */
const lockPage = { offset: 0x4000_0000, bytes: 4096 };

/** Copies an open database file and its log. The descriptor stays open: closing it would let go of SQLite's locks. */
export function copyDatabase(descriptor: number, log: string, target: string): void {
  copyBytes(descriptor, target);
  if (!existsSync(log)) return;
  const source = openSync(log, 'r');
  try {
    copyBytes(source, `${target}-wal`);
  } finally {
    closeSync(source);
  }
}

function copyBytes(source: number, file: string): void {
  const target = openSync(file, 'w', 0o600);
  try {
    const { size } = fstatSync(source);
    const piece = Buffer.alloc(pieceBytes);
    for (let at = 0; at < size; ) {
      if (at === lockPage.offset) at += lockPage.bytes;
      const end = at < lockPage.offset ? lockPage.offset : size;
      const read = readSync(source, piece, 0, Math.min(pieceBytes, end - at), at);
      if (read === 0) break;
      for (let written = 0; written < read; ) written += writeSync(target, piece, written, read - written, at + written);
      at += read;
    }
    ftruncateSync(target, size);
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
}
