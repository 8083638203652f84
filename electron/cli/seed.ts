import { noMore, readArguments, required, runCommand, wholeNumber } from './arguments.ts';
import { withBook } from './with-book.ts';

const usage = `Usage: npm run seed -- --contacts N [--seed S] [--data-dir DIR]
Fills a book with N sample contacts, the same for the same S. Those it has already stay as they are.`;

runCommand(usage, async (args) => {
  const { values, words, dataDir } = readArguments(args, { contacts: { type: 'string' }, seed: { type: 'string' } });
  noMore(words);
  const wanted = {
    contacts: wholeNumber(required(values.contacts, '--contacts'), '--contacts', 1, 2_000_000),
    ...(values.seed === undefined ? {} : { seed: wholeNumber(values.seed, '--seed', Number.MIN_SAFE_INTEGER) }),
  };
  const { contacts } = await withBook(dataDir, (book) => book.call('book.seed', wanted), { mayCreate: true });
  process.stdout.write(`${contacts} contacts created\n`);
});
