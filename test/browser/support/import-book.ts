import type { ImportReport, ImportRow, StagedFile } from '../../../shared/operations/imports.ts';
import type { Answers } from './form-bridge.ts';
import { formBook } from './form-book.ts';

export const importId = '70000000-0000-4000-8000-000000000001';

export const staged: StagedFile = {
  id: importId, name: 'people.csv', size: 48_211, format: 'csv',
  csv: {
    program: 'google', encoding: 'utf-8', delimiter: ',',
    columns: ['First Name', 'Last Name', 'E-mail 1 - Value', 'Phone 1 - Value', 'Birthday'],
    mapping: {
      'First Name': 'firstName', 'Last Name': 'lastName', 'E-mail 1 - Value': 'primaryEmail',
      'Phone 1 - Value': 'primaryPhone', Birthday: null,
    },
    sample: [
      ['Zoë', 'Ångström', 'zoe@example.org', '+46 70 123 45 67', '1990-02-01'],
      ['山田', '太郎', 'yamada@example.jp', '03-1234-5678', ''],
    ],
  },
};

export function importReport(changes: Partial<ImportReport> = {}): ImportReport {
  return {
    id: importId, name: 'people.csv', format: 'csv', status: 'done', dryRun: true, match: 'email', total: 472,
    processed: 472, counts: { create: 412, update: 37, skip: 18, error: 5 },
    startedAt: '2026-11-23T14:00:00.000Z', finishedAt: '2026-11-23T14:00:02.000Z', ...changes,
  };
}

const rows: ImportRow[] = Array.from({ length: 472 }, (_, index): ImportRow => {
  const row = index + 2;
  if (index % 100 === 4) return { row, action: 'error', name: 'Bo Diaz', reason: 'E-mail 1 - Value: "bo@" must be an email' };
  if (index % 12 === 1) {
    const changes = [
      { field: 'primaryPhone', old: '030 1234', new: '+49 30 1234' },
      { field: 'tags', old: [], new: ['Fair', 'Berlin'] },
    ];
    return { row, action: 'update', name: 'Jörg Weiß', contactId: importId, changes };
  }
  if (index % 26 === 2) return { row, action: 'skip', name: 'Mia Chen', reason: 'The contact is already like this.' };
  if (index % 2 === 0) return { row, action: 'create', name: 'Zoë Ångström', values: { primaryEmail: 'zoe@example.org', primaryPhone: '+46 70 123 45 67', city: 'Malmö' } };
  return { row, action: 'create', name: '山田 太郎' };
});

/** A host that knows one staged file, and what a dry run and an import of it come to. */
export function importBook(more: Answers = {}): Answers {
  const { answers } = formBook();
  return {
    ...answers,
    'host.info': () => ({
      version: '0.1.0', sqliteVersion: '3.54.1', dataDir: '/home/ann/.config/Fieldbook', tenantId: importId,
      organizationId: importId, userId: importId, apiUrl: 'http://127.0.0.1:4780', apiError: null, safeMode: false, contacts: 1234, trashed: 3,
    }),
    'import.list': () => ({ items: [], total: 0 }),
    'import.stage': () => staged,
    'import.run': ({ dryRun, match }) => importReport({ dryRun: dryRun === true, match: match ?? 'email' }),
    'import.get': ({ offset, limit }) =>
      importReport({ rows: rows.slice(Number(offset), Number(offset) + Number(limit)) }),
    'import.undo': () => importReport({ dryRun: false, status: 'undone' }),
    'import.cancel': () => importReport({ dryRun: false, status: 'cancelled' }),
    'import.failures': () => true,
    ...more,
  };
}
