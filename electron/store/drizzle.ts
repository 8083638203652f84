// Part by part: the package's index files load two hundred modules, which every command would wait for.
export { sql } from 'drizzle-orm/sql/sql';
export { blob } from 'drizzle-orm/sqlite-core/columns/blob';
export { integer } from 'drizzle-orm/sqlite-core/columns/integer';
export { real } from 'drizzle-orm/sqlite-core/columns/real';
export { text } from 'drizzle-orm/sqlite-core/columns/text';
export { index, uniqueIndex } from 'drizzle-orm/sqlite-core/indexes';
export { primaryKey } from 'drizzle-orm/sqlite-core/primary-keys';
export { sqliteTable, type SQLiteTable } from 'drizzle-orm/sqlite-core/table';
export { getTableName, type InferSelectModel } from 'drizzle-orm/table';
export { getTableColumns } from 'drizzle-orm/utils';
