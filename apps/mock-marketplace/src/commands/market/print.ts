import { oneLine } from '../../callbacks/output.ts';
import type { Terminal } from '../terminal.ts';

/** Forms of output. What came from elsewhere never writes lines of its own. */

export const printJson = (value: unknown, { stdout }: Terminal): void =>
  void stdout.write(`${JSON.stringify(value, null, 2)}\n`);

type Cell = string | number | boolean | null | undefined;
export type Row = Readonly<Record<string, Cell>>;

const cell = (value: Cell): string => (value === null || value === undefined ? '-' : oneLine(String(value)));

/** A list in columns, under the names of the first row's members; `none` where it is empty. */
export function columns(rows: readonly Row[], none: string): string[] {
  const [first] = rows;
  if (first === undefined) return [none];
  const names = Object.keys(first);
  const table = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, index) => Math.max(...table.map((cells) => cells[index]?.length ?? 0)));
  return table.map((cells) =>
    cells
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The members of an object, one a line; what has members itself as JSON. */
export function fields(value: object): string[] {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, member]) => {
    const isCell = typeof member !== 'object' || member === null;
    return `${name.padEnd(width)}  ${isCell ? cell(member) : oneLine(JSON.stringify(member))}`;
  });
}

/** Where a list was cut, how to go on. */
export const more = <Item>(items: readonly Item[], limit: number, lastOf: (item: Item) => string): string[] => {
  const last = items.at(-1);
  return last !== undefined && items.length >= limit ? [`… more: --after ${oneLine(lastOf(last))}`] : [];
};
