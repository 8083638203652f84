import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { importFormats } from '../../shared/operations/imports.ts';
import { noMore, oneOf, readArguments, required, runCommand } from './arguments.ts';
import { standard, writeWhole } from './files.ts';
import { withBook } from './with-book.ts';

const usage = `Usage: npm run export -- --format csv|vcf|json [--data-dir DIR] [FILE]
Writes all contacts to FILE, or to standard output without one or with -.`;

runCommand(usage, async (args) => {
  const { values, words, dataDir } = readArguments(args, { format: { type: 'string' } });
  const [file, ...rest] = words;
  noMore(rest);
  const format = oneOf(required(values.format, '--format'), '--format', importFormats);

  try {
    await withBook(dataDir, async (book) => {
      const chunks = async () => Readable.from(await book.download('contact.export', { format }));
      if (file === undefined || file === standard) await pipeline(await chunks(), process.stdout, { end: false });
      else await writeWhole(file, chunks);
    });
  } catch (error) {
    // A reader that has seen enough (`| head`) is no failure.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
});
