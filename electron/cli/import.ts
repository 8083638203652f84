import { setTimeout as wait } from 'node:timers/promises';
import { formatOfName } from '../../shared/import-file.ts';
import { fileBrokeOff, importFormats, type ImportReport } from '../../shared/operations/imports.ts';
import { noMore, oneOf, readArguments, required, runCommand } from './arguments.ts';
import { openToRead } from './files.ts';
import { visible } from './plain-words.ts';
import { withBook } from './with-book.ts';

const usage = `Usage: npm run import -- [--format csv|vcf|json] [--data-dir DIR] FILE
Imports an address book: CSV of the usual programs, vCards or JSON; - reads it from standard input. Ends with 1 when the
import failed, the file broke off or nothing of it could be taken.`;

const pollMs = 200;
const shownRows = 20;

runCommand(usage, async (args) => {
  const { values, words, dataDir } = readArguments(args, { format: { type: 'string' } });
  const [first, ...rest] = words;
  noMore(rest);
  const file = required(first, 'FILE');
  const format = values.format === undefined ? formatOfName(file) : oneOf(values.format, '--format', importFormats);
  const bytes = await openToRead(file);

  const report = await withBook(dataDir, async (book) => {
    let current = await book.upload('import.start', format === undefined ? {} : { format }, bytes);
    while (current.status === 'running') {
      process.stderr.write(progress(current));
      await wait(pollMs);
      current = await book.call('import.get', { id: current.id, limit: 1 });
    }
    return current;
  }, { mayCreate: true });
  process.stderr.write(complaints(report));
  process.stdout.write(`${summary(report)}\n`);
  return statusOf(report);
});

/** One line that is written over where a person watches. */
function progress({ processed, total }: ImportReport): string {
  const line = total > 0 ? `${processed} of ${total}` : `${processed}`;
  return process.stderr.isTTY ? `\r${line}` : `${line}\n`;
}

/** The first rows that were refused, each with all its reasons, and how many more there are. */
function complaints({ errors = [], counts }: ImportReport): string {
  const rows = [...new Set(errors.map(({ row }) => row))].slice(0, shownRows);
  const lines = errors.filter(({ row }) => rows.includes(row)).map(({ row, message }) => `Row ${row}: ${visible(message)}\n`);
  const more = counts.error - rows.length;
  return `${process.stderr.isTTY ? '\r\u001B[K' : ''}${lines.join('')}${more > 0 ? `… and ${more} more\n` : ''}`;
}

/** 0 for an import that did what was asked; single rows that are refused are no failure, a file that is not whole is one. */
function statusOf({ status, counts, errors = [] }: ImportReport): number {
  if (status !== 'done' || errors.some(({ message }) => message === fileBrokeOff)) return 1;
  return counts.error > 0 && counts.create + counts.update + counts.skip === 0 ? 1 : 0;
}

function summary({ status, message, counts }: ImportReport): string {
  const done = `${counts.create} created, ${counts.update} updated, ${counts.skip} skipped, ${counts.error} refused`;
  return status === 'done' ? done : `${status}: ${message ?? done}`;
}
