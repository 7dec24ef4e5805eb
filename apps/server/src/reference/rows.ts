import type { OpenApi, StoreInterface } from '@koobridge/contracts';

type Row = StoreInterface | OpenApi;

/** What the table of interfaces tells of an operation: one row in a sentence, several as a table by `activity`. */
export function rowsText(rows: readonly Row[]): string {
  const [only, ...more] = rows;
  if (only === undefined) return '';
  if (more.length === 0) return `Product: ${only.product}. Generation: ${only.generation}. ${keyOf(only)}.`;
  const lines = rows.map(
    ({ name, product, keyClass, source }) => `| \`${name}\` | ${product} | ${keyClass} | [page](${source}) |`,
  );
  return ['| activity | product | key class | source |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

const keyOf = ({ keyClass }: Row): string =>
  keyClass === undefined ? 'No production key signs it' : `Key class: ${keyClass} (R6)`;
