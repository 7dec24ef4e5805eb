import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Answer, Value } from './work.ts';

/** Asks a connection, with every statement prepared once. */
export type Execute = (kind: 'first' | 'all' | 'run', sql: string, values: readonly Value[]) => Answer;

export function executor(connection: DatabaseSync): Execute {
  const known = new Map<string, Prepared>();
  return (kind, sql, values) => {
    let prepared = known.get(sql);
    if (prepared === undefined) {
      prepared = prepare(connection, sql);
      known.set(sql, prepared);
    }
    const { ready, row } = prepared;
    switch (kind) {
      case 'first': {
        const found = ready.get(...values);
        return found && row(found);
      }
      case 'all':
        return ready.all(...values).map(row);
      case 'run':
        return Number(ready.run(...values).changes);
    }
  };
}

interface Prepared {
  readonly ready: StatementSync;
  /** A row by the names of its columns, from its values alone: Node.js would name them anew for each row. */
  readonly row: (values: Record<number, SQLOutputValue>) => Record<string, SQLOutputValue>;
}

function prepare(connection: DatabaseSync, sql: string): Prepared {
  const ready = connection.prepare(sql);
  ready.setReturnArrays(true);
  const names = ready.columns().map(({ name }) => name);
  return {
    ready,
    row(values) {
      const row: Record<string, SQLOutputValue> = {};
      for (const [index, name] of names.entries()) row[name] = values[index] ?? null;
      return row;
    },
  };
}
