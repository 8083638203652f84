import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Download } from '../../shared/operation.ts';

/** Writes a download to a file: complete under its name, or not there at all. */
export async function writeDownload(file: string, download: Download): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(Readable.from(download.chunks, { objectMode: true }), createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
