import { extname } from 'node:path';
import { invalidField } from '../../shared/errors.ts';
import type { ImportFormat, MatchKey } from '../../shared/operations/imports.ts';
import type { Mapping } from '../formats/import-record.ts';
import type { Inspection } from './file-row.ts';

const byExtension: Readonly<Record<string, ImportFormat>> = {
  '.csv': 'csv', '.tsv': 'csv', '.vcf': 'vcf', '.vcard': 'vcf', '.json': 'json',
};

/** The format of a file: as given, else what its content cannot hide, else by its name. Throws 400 where none tells. */
export function chooseFormat(given: ImportFormat | undefined, name: string, byContent: ImportFormat | null): ImportFormat {
  const format = given ?? (byContent === 'vcf' ? 'vcf' : (byExtension[extname(name).toLowerCase()] ?? byContent));
  if (format === null) throw invalidField('format', 'cannot be told from the file: it must be one of csv, vcf, json');
  return format;
}

/** The key that rows are matched by when nobody chose one: the UID where the file has such a thing, else the e-mail. */
export function defaultMatch(format: ImportFormat, csv: Inspection['csv'], mapping: Mapping): MatchKey {
  if (format !== 'csv') return 'uid';
  return Object.values({ ...csv?.mapping, ...mapping }).includes('uid') ? 'uid' : 'email';
}
