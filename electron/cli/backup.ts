import type { Backup } from '../../shared/operations/backups.ts';
import { describe } from '../backups/describe.ts';
import { listBackups } from '../backups/files.ts';
import { noMore, readArguments, runCommand, UsageError } from './arguments.ts';
import { withBook } from './with-book.ts';

const usage = `Usage: npm run backup [-- make] [--data-dir DIR]
       npm run backup -- list [--data-dir DIR]
Makes a checked backup of the book, or lists those there are, newest first.`;

runCommand(usage, async (args) => {
  const { words, dataDir } = readArguments(args, {});
  const [verb = 'make', ...rest] = words;
  noMore(rest);
  if (verb === 'make') {
    const made = await withBook(dataDir, (book) => book.call('backup.make', {}));
    process.stdout.write(line(made));
  } else if (verb === 'list') {
    const { refuseWithoutBook } = await import('./open-book.ts');
    refuseWithoutBook(dataDir);
    // Also of a book that cannot be opened: then they are needed most.
    process.stdout.write(listBackups(dataDir).map((file) => line(describe(file))).join(''));
  } else {
    throw new UsageError(`'${verb}' is not known`);
  }
});

function line({ id, contacts, bytes }: Backup): string {
  const contents = contacts === null ? 'cannot be read' : contacts === 1 ? '1 contact' : `${contacts} contacts`;
  return `${id}  ${contents}, ${(bytes / 1_000_000).toFixed(1)} MB\n`;
}
