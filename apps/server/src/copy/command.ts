import { parseArgs } from 'node:util';
import { readDatabase } from '../config/config.ts';
import type { ConfigFile } from '../config/config-file.ts';
import type { DatabaseAddress } from '../ledger/open.ts';
import { copyDatabase } from './copy-database.ts';

export interface CopyOrder {
  readonly from: DatabaseAddress;
  readonly to: DatabaseAddress;
}

export type CopyReading =
  | ({ readonly ok: true } & CopyOrder)
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads what `copy-database` was given; what it copies from is the server's own database unless it is told otherwise. */
export function readCopy(
  given: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  file: ConfigFile,
): CopyReading {
  const options = optionsOf(given);
  if (options?.to === undefined)
    return { ok: false, problems: ['copy-database takes --to <database> and --from <database>'] };
  const read = (option: '--from' | '--to', url: string | undefined) => {
    const reading = url === undefined ? readDatabase(env, file) : readDatabase({ DATABASE_URL: url });
    if (reading.ok || url === undefined) return reading;
    return { ok: false, problems: reading.problems.map((each) => each.replace('DATABASE_URL', option)) } as const;
  };
  const [from, to] = [read('--from', options.from), read('--to', options.to)];
  if (from.ok && to.ok) return { ok: true, from: from.database, to: to.database };
  return { ok: false, problems: [from, to].flatMap((each) => (each.ok ? [] : each.problems)) };
}

function optionsOf(given: readonly string[]): { readonly from?: string; readonly to?: string } | undefined {
  try {
    return parseArgs({ args: [...given], options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch {
    return undefined;
  }
}

/** Copies, with a line for each table and one for the whole. Rejects where nothing was copied. */
export async function copyAndTell({ from, to }: CopyOrder, print: (line: string) => void): Promise<void> {
  print(`Copying ${nameOf(from)} to ${nameOf(to)}; no server may use either of them.`);
  let tables = 0;
  let all = 0;
  await copyDatabase(from, to, (table, { rows, digest }) => {
    print(`  ${table.padEnd(22)}${String(rows).padStart(12)} rows  checksum ${digest}`);
    tables += 1;
    all += rows;
  });
  print(`Copied and compared: ${tables} tables, ${all} rows. The source is as it was.`);
  print('Now start every server with the new DATABASE_URL and the same STORAGE_KEY, and none on the old database.');
}

/** As it may be printed: without user and password. */
function nameOf(address: DatabaseAddress): string {
  if (address.kind === 'sqlite') return address.file;
  const { host, pathname } = new URL(address.url);
  return `postgres://${host}${pathname}`;
}
