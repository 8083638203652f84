import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { removeDatabase } from './files.ts';

/**
 * Saves what comes in as a file of its own in the profile's folder, which only its owner can read, for as long as `work`
 * works with it. One that a crash leaves behind is swept away at the next start.
 */
export async function withReceivedFile<T>(
  dataDir: string,
  bytes: AsyncIterable<Uint8Array>,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const file = join(dataDir, `upload-${randomUUID()}.part`);
  try {
    await pipeline(Readable.from(bytes), createWriteStream(file, { mode: 0o600 }));
    return await work(file);
  } finally {
    removeDatabase(file);
  }
}
