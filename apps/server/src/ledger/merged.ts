/** One PostgreSQL statement that does the work of many equal ones with different values, for whatever of ours allows it. */

export interface Merged {
  /** Parameters are `$1` to `$n`: of each parameter of the single statement, an array of its values. */
  readonly text: string;
  /** Whether the rows tell, in `given_row`, which of the single statements they answer; counted from 1. */
  readonly tells: boolean;
}

/**
 * Merges a statement with `?` parameters of these types, such as `text`; undefined where that cannot be done. The values
 * of no two may meet in the same row, and none sees what another does.
 */
export function merged(sql: string, types: readonly string[]): Merged | undefined {
  if (types.length === 0) return undefined;
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  const names = types.map((_, index) => parameter(index + 1)).join(', ');
  const given = `unnest(${arrays}) WITH ORDINALITY AS given (${names}, given_row)`;
  const single = numbered(sql, (number) => `given.${parameter(number)}`);
  if (single.startsWith('SELECT '))
    return { text: `SELECT found.*, given_row FROM ${given} CROSS JOIN LATERAL (${single}) AS found`, tells: true };
  const values = valuesIn(single);
  if (single.startsWith('INSERT ') && values !== undefined)
    return {
      text: `${values.before}SELECT ${values.list} FROM ${given} ORDER BY given_row${values.after}`,
      tells: false,
    };
  if (single.startsWith('DELETE '))
    return { text: `${single.replace(' WHERE ', ` USING ${given} WHERE `)} RETURNING given_row`, tells: true };
  return undefined;
}

/** A statement with something else for each parameter, `?` or `?1`. */
export function numbered(sql: string, parameter: (number: number) => string): string {
  let count = 0;
  return sql.replace(/\?(\d*)/g, (_, given: string) => {
    count += 1;
    return parameter(given === '' ? count : Number(given));
  });
}

const parameter = (number: number): string => `given_${number}`;

/** What stands in the parentheses behind VALUES, and around it. */
function valuesIn(sql: string): { readonly before: string; readonly list: string; readonly after: string } | undefined {
  const found = /\bVALUES \(/.exec(sql);
  if (found === null) return undefined;
  const begin = found.index + found[0].length;
  let depth = 1;
  for (let at = begin; at < sql.length; at += 1) {
    if (sql[at] === '(') depth += 1;
    if (sql[at] === ')') depth -= 1;
    if (depth === 0) return { before: sql.slice(0, found.index), list: sql.slice(begin, at), after: sql.slice(at + 1) };
  }
  return undefined;
}
