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
        return found && row(asArray(found));
      }
      case 'all':
        return ready.all(...values).map((found) => row(asArray(found)));
      case 'run':
        return Number(ready.run(...values).changes);
    }
  };
}

// Node.js types rows as objects by name, which setReturnArrays makes arrays.
const asArray = (row: object): readonly SQLOutputValue[] => row as readonly SQLOutputValue[];

interface Prepared {
  readonly ready: StatementSync;
  /** A row by the names of its columns, from its values alone: Node.js would name them anew for each row. */
  readonly row: (values: readonly SQLOutputValue[]) => Record<string, SQLOutputValue>;
}

function prepare(connection: DatabaseSync, sql: string): Prepared {
  const ready = connection.prepare(sql);
  ready.setReturnArrays(true);
  const namesNow = () => ready.columns().map(({ name }) => name);
  let names = namesNow();
  return {
    ready,
    row(values) {
      // Of a table that has got another column meanwhile, a newer server's, a star brings that too.
      if (values.length !== names.length) names = namesNow();
      const row: Record<string, SQLOutputValue> = {};
      for (const [index, name] of names.entries()) row[name] = values[index] ?? null;
      return row;
    },
  };
}
