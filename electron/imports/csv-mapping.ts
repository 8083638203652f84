import { invalid, type Issue } from '../../shared/errors.ts';
import { fieldNames, isFieldName, type FieldName, type Mapping } from '../formats/import-record.ts';

/** What columns are: as guessed, but for those a person speaks of. A field the person gives a column has no guessed ones. */
export function combineMapping(guessed: Mapping, said: Mapping): Mapping {
  const given = new Set(Object.values(said));
  const kept = Object.entries(guessed).map(([column, field]): [string, FieldName | null] => [column, given.has(field) ? null : field]);
  return Object.fromEntries([...kept, ...Object.entries(said)]);
}

/** A caller's mapping, checked. Throws `invalid` naming each column the file does not have and each word that is no field. */
export function checkMapping(said: Readonly<Record<string, string | null>>, columns: readonly string[]): Mapping {
  const issues: Issue[] = [];
  const refuse = (column: string, problem: string) => {
    issues.push({ field: `mapping.${column}`, message: `mapping.${column} ${problem}` });
  };
  const mapping = Object.entries(said).map(([column, field]): [string, FieldName | null] => {
    if (!columns.includes(column)) refuse(column, 'is no column of the file');
    if (field === null || isFieldName(field)) return [column, field];
    refuse(column, `must be one of: ${fieldNames.join(', ')}`);
    return [column, null];
  });
  if (issues.length > 0) throw invalid(issues);
  return Object.fromEntries(mapping);
}
