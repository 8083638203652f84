import { invalidField } from '../../shared/errors.ts';
import { formatOfName, isImportName } from '../../shared/import-file.ts';
import type { ImportFormat } from '../../shared/operations/imports.ts';

/** The format of a file: as given, else what its content cannot hide, else by its name. Throws 400 where none tells. */
export function chooseFormat(given: ImportFormat | undefined, name: string, byContent: ImportFormat | null): ImportFormat {
  const told = given ?? (byContent === 'vcf' ? 'vcf' : (formatOfName(name) ?? byContent));
  if (told !== null) return told;
  // A text that shows nothing else is a list of one column.
  if (isImportName(name)) return 'csv';
  throw invalidField('format', 'cannot be told from the file: it must be one of csv, vcf, json');
}
