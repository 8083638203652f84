import { join } from 'node:path';
import { createRunTask, sourceWorker } from '../backups/run-task.ts';
import { createNotices } from '../recovery/notices.ts';
import { startStore } from '../recovery/start-store.ts';
import { noMore, readArguments, runCommand } from './arguments.ts';
import { refuseWithoutBook } from './open-book.ts';

const usage = `Usage: npm run recover [-- --data-dir DIR]
Checks the book. What can be read of a damaged one, or the newest backup where that has more, takes its place; the damaged
files are kept. Says what is missing.`;

const migrationsDir = join(import.meta.dirname, '..', '..', 'drizzle');

runCommand(usage, async (args) => {
  const { words, dataDir } = readArguments(args, {});
  noMore(words);
  refuseWithoutBook(dataDir);
  let isRecovered = false;
  const { store, notices } = await startStore({
    dataDir,
    migrationsDir,
    clock: () => new Date(),
    run: createRunTask(sourceWorker),
    suspect: true,
    choose: ({ better }) => {
      isRecovered = true;
      return better;
    },
  });
  try {
    process.stdout.write(isRecovered ? latestReport() : `${notices.find(({ kind }) => kind === 'repaired')?.message ?? 'The book is sound.'}\n`);
  } finally {
    store.close();
  }

  function latestReport(): string {
    const known = createNotices(store, dataDir, [], () => undefined);
    const [latest] = known.list().filter(({ kind }) => kind === 'recovered');
    return latest === undefined ? '' : known.report(latest.id);
  }
});
