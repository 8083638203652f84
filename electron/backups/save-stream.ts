import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes what comes in to a file, which only its owner can read. */
export async function saveStream(bytes: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  await pipeline(Readable.from(bytes), createWriteStream(file, { mode: 0o600 }));
}
