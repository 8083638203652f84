import { Readable } from 'node:stream';
import { noMore, readArguments, required, runCommand, UsageError } from './arguments.ts';
import { openToRead, standard, writeWhole } from './files.ts';
import { withBook } from './with-book.ts';

const usage = `Usage: npm run profile -- export FILE [--data-dir DIR]
       npm run profile -- restore FILE [--data-dir DIR]
The whole book as one file: contacts, history, images and settings. Tokens of programs and passwords are not in it.
A restored book takes the place of the present one, which is kept as a backup.`;

runCommand(usage, async (args) => {
  const { words, dataDir } = readArguments(args, {});
  const [verb, first, ...rest] = words;
  if (verb !== 'export' && verb !== 'restore') {
    throw new UsageError(verb === undefined ? 'export or restore is missing' : `'${verb}' is not known`);
  }
  noMore(rest);
  const file = required(first, 'FILE');
  if (verb === 'export') {
    if (file === standard) throw new UsageError('A whole book goes into a file, not to standard output');
    await withBook(dataDir, (book) => writeWhole(file, async () => Readable.from(await book.download('profile.export', {}))));
    process.stdout.write(`Saved in ${file}; tokens and passwords are not in it\n`);
    return;
  }
  const bytes = await openToRead(file);
  const { restoreFile } = await import('./replace-book.ts');
  const { contacts } = await restoreFile(dataDir, bytes);
  process.stdout.write(`${contacts} contacts restored\n`);
});
