import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { derivedColumns, type ContactRecord } from '../../electron/contacts/record.ts';
import { searchTokens } from '../../electron/contacts/search-tokens.ts';
import { blankRecord } from '../../electron/contacts/new-record.ts';
import { openStore } from '../../electron/store/open.ts';
import { columnKeys, insertStatement } from '../../electron/store/rows.ts';
import { contact } from '../../electron/store/schema.ts';

/*
 * What an import is measured against: the same rows, ready to insert, through prepared statements into the same tables
 * and indexes, with their search index, in transactions of a thousand. `node insert-rows.ts DIR FILE` prints the seconds.
 */

const batch = 1000;
const [dataDir = '', file = ''] = process.argv.slice(2);
const store = openStore(dataDir, join(import.meta.dirname, '../../drizzle'));
const { db } = store;
const rows = (parse(readFileSync(file), { columns: true }) as Record<string, string>[]).map(prepare);

const insertContact = db.prepare(insertStatement(contact, columnKeys(contact).filter((key) => key !== 'no')));
const insertIndex = db.prepare('insert into contact_search (rowid, tokens) values (?, ?)');
const insertAll = db.transaction((part: typeof rows) => {
  for (const { record, tokens } of part) insertIndex.run(insertContact.run(record).lastInsertRowid, tokens);
});
const begun = performance.now();
for (let from = 0; from < rows.length; from += batch) insertAll.immediate(rows.slice(from, from + batch));
const seconds = (performance.now() - begun) / 1000;
store.close();
process.stdout.write(String(seconds));

function prepare({ company, ...cells }: Record<string, string>): { record: ContactRecord; tokens: string } {
  const filled = Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''));
  const extra = company ? { columns: { company } } : null;
  const record: ContactRecord = {
    ...blankRecord(randomUUID(), randomUUID(), new Date().toISOString()),
    ...filled,
    extra: extra && JSON.stringify(extra),
  };
  Object.assign(record, derivedColumns(record, extra, 'DE'));
  return { record, tokens: searchTokens(record, extra, { tags: [], members: [], projects: [] }, 'DE') };
}
