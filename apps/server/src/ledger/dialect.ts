import { type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

/** Where the two databases differ in how a table is made; everything else in a tables.ts holds for both. */
export interface Dialect {
  readonly isPostgres: boolean;
  readonly bytes: 'blob' | 'bytea';
  /** The type of an id that counts up, and what makes it do so. */
  readonly counter: 'integer' | 'bigint';
  readonly counting: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  /** For a table that is only ever read by its primary key. */
  readonly byKey: <T extends string, C extends string>(table: CreateTableBuilder<T, C>) => CreateTableBuilder<T, C>;
}

const sqlite: Dialect = {
  isPostgres: false,
  bytes: 'blob',
  counter: 'integer',
  counting: (column) => column.primaryKey(),
  byKey: (table) => table.modifyEnd(sql`without rowid`),
};

const postgres: Dialect = {
  isPostgres: true,
  bytes: 'bytea',
  counter: 'bigint',
  counting: (column) => column.generatedByDefaultAsIdentity().primaryKey(),
  byKey: (table) => table,
};

export const dialectOf = <DB>(db: Kysely<DB>): Dialect =>
  db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite;
