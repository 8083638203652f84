import { noMore, readArguments, required, runCommand } from './arguments.ts';

const usage = `Usage: npm run restore -- BACKUP [--data-dir DIR]
Puts a backup in the place of the book, by its name in 'npm run backup -- list'. The book is kept as a backup itself.`;

runCommand(usage, async (args) => {
  const { words, dataDir } = readArguments(args, {});
  const [first, ...rest] = words;
  noMore(rest);
  const id = required(first, 'BACKUP');
  const [{ restoreBackup }, { refuseWithoutBook }] = await Promise.all([import('./replace-book.ts'), import('./open-book.ts')]);
  refuseWithoutBook(dataDir);
  const { contacts } = await restoreBackup(dataDir, id);
  process.stdout.write(`${contacts} contacts restored\n`);
});
