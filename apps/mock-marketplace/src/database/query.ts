import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as z from 'zod';

type Parameters = Readonly<Record<string, SQLInputValue>>;

/** A prepared query whose rows are read through a schema, so that their types are true. */
export interface Query<Row> {
  all(parameters?: Parameters): Row[];
  /** The first row. */
  one(parameters?: Parameters): Row | undefined;
}

export function query<Schema extends z.ZodType>(
  database: DatabaseSync,
  row: Schema,
  sql: string,
): Query<z.output<Schema>> {
  const statement = database.prepare(sql);
  const rows = z.array(row);
  return {
    all: (parameters = {}) => rows.parse(statement.all(parameters)),
    one: (parameters = {}) => {
      const found = statement.get(parameters);
      return found === undefined ? undefined : row.parse(found);
    },
  };
}

/** A text column that holds JSON. */
export const jsonColumn = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
