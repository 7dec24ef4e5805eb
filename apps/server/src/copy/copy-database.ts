import { existsSync } from 'node:fs';
import { type DatabaseAddress, openLedger } from '../ledger/open.ts';
import { migrations } from '../schema.ts';
import { type Checksum, checksum, checksumming } from './checksum.ts';
import { openPostgresSide } from './postgres-side.ts';
import { CopyRefused, type Side } from './side.ts';
import { openSqliteSide } from './sqlite-side.ts';

/**
 * Copies everything that a ledger holds into an empty database, sealed values as they are, and leaves the source as it
 * was. All or nothing: it is committed once every table was read back and has the rows and the checksum of its source.
 * `tell` hears of each table. Throws CopyRefused, having written nothing but an empty schema, where the source is in use,
 * has another schema, or the target holds anything.
 */
export async function copyDatabase(
  from: DatabaseAddress,
  to: DatabaseAddress,
  tell: (table: string, copied: Checksum) => void,
): Promise<void> {
  const source = await openSource(from);
  try {
    const target = await openTarget(to);
    try {
      for (const [table, columns] of source.tables) tell(table, await copyTable(table, columns, source, target));
      await target.commit();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyTable(table: string, columns: readonly string[], source: Side, target: Side): Promise<Checksum> {
  if (target.tables.get(table)?.join() !== columns.join())
    throw new CopyRefused(`the target has another table ${table}`);
  const sum = checksumming();
  for await (const batch of source.rows(table)) {
    sum.add(batch);
    await target.insert(table, batch);
  }
  await target.countOn(table);
  const [sent, arrived] = [sum.result(), await checksum(target.rows(table))];
  if (sent.rows !== arrived.rows || sent.digest !== arrived.digest) {
    throw new CopyRefused(`${table} did not arrive as it was: ${told(sent)} sent, ${told(arrived)} arrived`);
  }
  return sent;
}

const told = ({ rows, digest }: Checksum): string => `${rows} rows with checksum ${digest}`;

async function openSource(address: DatabaseAddress): Promise<Side> {
  if (address.kind === 'sqlite' && !existsSync(address.file)) throw new CopyRefused(`there is no file ${address.file}`);
  const source = await openSide(address);
  const [has, needs] = [source.migrations.join(), Object.keys(migrations).join()];
  if (has === needs) return source;
  await source.close();
  throw new CopyRefused(
    has === ''
      ? 'the source holds no ledger'
      : 'the source has the schema of another version: bring it up to date with "koobridge-server migrate" first',
  );
}

/** Looks before it makes the schema, so that nothing of a database in use is changed. */
async function openTarget(address: DatabaseAddress): Promise<Side> {
  if (address.kind === 'postgres' || existsSync(address.file)) await (await openEmpty(address)).close();
  await (await openLedger(address)).close();
  return openEmpty(address);
}

async function openEmpty(address: DatabaseAddress): Promise<Side> {
  const side = await openSide(address);
  const filled: string[] = [];
  for (const table of side.tables.keys()) if (await side.isFilled(table)) filled.push(table);
  if (filled.length === 0) return side;
  await side.close();
  throw new CopyRefused(`the target is not empty: it has rows in ${filled.join(', ')}`);
}

const openSide = async (address: DatabaseAddress): Promise<Side> =>
  address.kind === 'sqlite' ? openSqliteSide(address.file) : openPostgresSide(address.url);
