import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { extname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { importFormats, type ImportFormat, type ImportReport } from '../../shared/operations/imports.ts';
import { noMore, oneOf, readArguments, required, runCommand } from './arguments.ts';
import { withBook } from './with-book.ts';

const usage = `Usage: npm run import -- [--format csv|vcf|json] [--data-dir DIR] FILE
Imports an address book: CSV of the usual programs, vCards or JSON. Ends with 1 when the import failed.`;

const pollMs = 200;
const shownErrors = 20;
const formatsByExtension: Readonly<Record<string, ImportFormat>> = { '.csv': 'csv', '.vcf': 'vcf', '.vcard': 'vcf', '.json': 'json' };

runCommand(usage, async (args) => {
  const { values, words, dataDir } = readArguments(args, { format: { type: 'string' } });
  const [first, ...rest] = words;
  noMore(rest);
  const file = required(first, 'FILE');
  const format = values.format === undefined
    ? formatsByExtension[extname(file).toLowerCase()]
    : oneOf(values.format, '--format', importFormats);
  await access(file, constants.R_OK);

  const report = await withBook(dataDir, async (book) => {
    let current = await book.upload('import.start', format === undefined ? {} : { format }, createReadStream(file));
    while (current.status === 'running') {
      process.stderr.write(progress(current));
      await wait(pollMs);
      current = await book.call('import.get', { id: current.id, limit: 1 });
    }
    return current;
  });
  process.stderr.write(complaints(report));
  process.stdout.write(`${summary(report)}\n`);
  return report.status === 'done' ? 0 : 1;
});

/** One line that is written over where a person watches. */
function progress({ processed, total }: ImportReport): string {
  const line = total > 0 ? `${processed} of ${total}` : `${processed}`;
  return process.stderr.isTTY ? `\r${line}` : `${line}\n`;
}

function complaints({ errors = [], counts }: ImportReport): string {
  const lines = errors.slice(0, shownErrors).map(({ row, message }) => `Row ${row}: ${message}\n`);
  const more = counts.error - lines.length;
  return `${process.stderr.isTTY ? '\r' : ''}${lines.join('')}${more > 0 ? `… and ${more} more\n` : ''}`;
}

function summary({ status, message, counts }: ImportReport): string {
  const done = `${counts.create} created, ${counts.update} updated, ${counts.skip} skipped, ${counts.error} refused`;
  return status === 'done' ? done : `${status}: ${message ?? done}`;
}
