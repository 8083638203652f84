import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { noMore, readArguments, required, runCommand, UsageError } from './arguments.ts';
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
    await exportProfile(dataDir, file);
    process.stdout.write(`Saved in ${file}; tokens and passwords are not in it\n`);
    return;
  }
  await access(file, constants.R_OK);
  const { restoreFile } = await import('./replace-book.ts');
  const { contacts } = await restoreFile(dataDir, createReadStream(file));
  process.stdout.write(`${contacts} contacts restored\n`);
});

/** Written under another name first: there is never half a file under the one that was asked for. */
async function exportProfile(dataDir: string, file: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await withBook(dataDir, async (book) =>
      pipeline(Readable.from(await book.download('profile.export', {})), createWriteStream(part, { mode: 0o600 })));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
