import type { ImportFormat, MatchKey } from './operations/imports.ts';

/** The largest file that is read in, in bytes. */
export const largestImport = 64 * 1024 * 1024;
/** The same for people. */
export const largestImportWords = '64 MB';

const promises: Readonly<Record<string, ImportFormat | undefined>> = {
  // Anything may be called .txt.
  csv: 'csv', tsv: 'csv', txt: undefined, vcf: 'vcf', vcard: 'vcf', json: 'json',
};

/** The endings of files that can be read in, without their dots. */
export const importEndings: readonly string[] = Object.keys(promises);

/** Whether a file of this name can be one that is read in. */
export function isImportName(name: string): boolean {
  return importEndings.includes(endingOf(name));
}

/** The format that a file's name promises; undefined where it promises none. */
export function formatOfName(name: string): ImportFormat | undefined {
  return promises[endingOf(name)];
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
  return /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
