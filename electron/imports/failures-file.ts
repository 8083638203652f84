import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { csvLine } from '../formats/csv-write.ts';
import { reasonColumn } from './csv-rows.ts';

/** A CSV of the rows that failed, as they were in their file, with the reason in a last column. */
export interface FailuresFile {
  add(source: readonly string[], reason: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the file, private to its person, with the columns of the source as its header. */
export function openFailuresFile(file: string, columns: () => readonly string[]): FailuresFile {
  const stream = createWriteStream(file, { mode: 0o600 });
  let begun = false;

  async function write(cells: readonly string[]): Promise<void> {
    if (!stream.write(csvLine(cells))) await once(stream, 'drain');
  }
  async function begin(): Promise<void> {
    if (begun) return;
    begun = true;
    await write([...columns(), reasonColumn]);
  }

  return {
    async add(source, reason) {
      await begin();
      const blank = Array.from({ length: Math.max(0, columns().length - source.length) }, () => '');
      await write([...source, ...blank, reason]);
    },
    async close() {
      await begin();
      await ended(stream);
    },
  };
}

function ended(stream: WriteStream): Promise<void> {
  return new Promise((resolve, reject) => stream.once('error', reject).end(resolve));
}
