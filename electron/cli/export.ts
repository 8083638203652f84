import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { importFormats } from '../../shared/operations/imports.ts';
import { noMore, oneOf, readArguments, required, runCommand } from './arguments.ts';
import { withBook } from './with-book.ts';

const usage = `Usage: npm run export -- --format csv|vcf|json [--data-dir DIR] [FILE]
Writes all contacts to FILE, or to standard output.`;

runCommand(usage, async (args) => {
  const { values, words, dataDir } = readArguments(args, { format: { type: 'string' } });
  const [file, ...rest] = words;
  noMore(rest);
  const format = oneOf(required(values.format, '--format'), '--format', importFormats);

  try {
    await withBook(dataDir, async (book) => {
      const chunks = Readable.from(await book.download('contact.export', { format }));
      await (file === undefined ? pipeline(chunks, process.stdout, { end: false }) : writeWhole(chunks, file));
    });
  } catch (error) {
    // A reader that has seen enough (`| head`) is no failure.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
});

/** The file appears when it is complete, so that a broken export replaces nothing. */
async function writeWhole(chunks: Readable, file: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await pipeline(chunks, createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
