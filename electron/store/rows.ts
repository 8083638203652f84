import { getTableColumns, getTableName, type InferSelectModel, type SQLiteTable } from './drizzle.ts';

/** `no, created_at as "createdAt", …`: a table's columns under the names of the schema, for hand-written queries. */
export function selectList<T extends SQLiteTable>(
  table: T,
  keys: readonly (keyof InferSelectModel<T> & string)[] = columnKeys(table),
  alias = getTableName(table),
): string {
  const columns = getTableColumns(table);
  return keys
    .map((key) => {
      const column = columns[key]?.name ?? key;
      return `"${alias}"."${column}"${column === key ? '' : ` as "${key}"`}`;
    })
    .join(', ');
}

/** `insert into …` of all the given columns, with `@key` parameters. */
export function insertStatement<T extends SQLiteTable>(
  table: T,
  keys: readonly (keyof InferSelectModel<T> & string)[],
): string {
  const columns = getTableColumns(table);
  const names = keys.map((key) => `"${columns[key]?.name ?? key}"`).join(', ');
  return `insert into "${getTableName(table)}" (${names}) values (${keys.map((key) => `@${key}`).join(', ')})`;
}

export function columnKeys<T extends SQLiteTable>(table: T): (keyof InferSelectModel<T> & string)[] {
  return Object.keys(getTableColumns(table)) as (keyof InferSelectModel<T> & string)[];
}

/** `update … set …` of the given columns, with `@key` parameters, for the row with `@no`. */
export function updateStatement<T extends SQLiteTable>(
  table: T,
  keys: readonly (keyof InferSelectModel<T> & string)[],
): string {
  const columns = getTableColumns(table);
  const assignments = keys.map((key) => `"${columns[key]?.name ?? key}" = @${key}`).join(', ');
  return `update "${getTableName(table)}" set ${assignments} where no = @no`;
}
