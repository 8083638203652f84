import type { ImportFormat, MatchKey } from './operations/imports.ts';

/** The largest file that is read in, in bytes. */
export const largestImport = 64 * 1024 * 1024;
/** The same for people. */
export const largestImportWords = '64 MB';

/** What each ending promises; anything may be called .txt. */
const promises = new Map<string, ImportFormat | undefined>([
  ['.csv', 'csv'], ['.tsv', 'csv'], ['.txt', undefined], ['.vcf', 'vcf'], ['.vcard', 'vcf'], ['.json', 'json'],
]);

/** The endings of files that can be read in. */
export const importEndings: readonly string[] = [...promises.keys()];

/** Whether a file of this name can be one that is read in. */
export function isImportName(name: string): boolean {
  return promises.has(endingOf(name));
}

/** The format that a file's name promises; undefined where it promises none. */
export function formatOfName(name: string): ImportFormat | undefined {
  return promises.get(endingOf(name));
}

/**
 * By what a file's contacts are recognised in the book unless somebody says otherwise: the surest thing that it holds.
 * `fields` are those that the columns of a CSV are mapped to.
 */
export function defaultMatch(format: ImportFormat, fields: readonly (string | null)[]): MatchKey {
  if (format !== 'csv' || fields.includes('uid')) return 'uid';
  if (fields.includes('primaryEmail')) return 'email';
  return fields.includes('primaryPhone') ? 'phone' : 'name';
}

function endingOf(name: string): string {
  return /\.[^.]*$/.exec(name)?.[0].toLowerCase() ?? '';
}
