import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from './arguments.ts';
import { fromCaller } from './caller-path.ts';

/** What stands for standard input or output where a file is asked for. */
export const standard = '-';

/** The bytes of a file that a person named, or of standard input. Throws when there is no such file or it is a folder. */
export async function openToRead(word: string): Promise<Readable> {
  if (word === standard) {
    if (process.stdin.isTTY) throw new UsageError('- is standard input, and nothing comes from there: name a file, or send one with <');
    return process.stdin;
  }
  const file = fromCaller(word);
  const handle = await open(file);
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw new Error(`${file} is a folder, not a file`);
  }
  return handle.createReadStream();
}

/**
 * Writes a file that a person named. It appears when it is complete, so that what breaks replaces nothing; `chunks` are only
 * asked for when the file can be made.
 */
export async function writeWhole(word: string, chunks: () => Promise<Readable>): Promise<void> {
  const file = fromCaller(word);
  const folder = dirname(file);
  if (!(await stat(folder).catch(() => null))?.isDirectory()) throw new Error(`There is no folder ${folder}`);
  if ((await stat(file).catch(() => null))?.isDirectory()) throw new Error(`${file} is a folder, not a file`);
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await pipeline(await chunks(), createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    const failed = error as NodeJS.ErrnoException;
    // The name is ours, not the person's.
    if (failed.path === unfinished) failed.path = file;
    throw error;
  }
}
