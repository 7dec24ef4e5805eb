import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newCluster } from '@koobridge/postgres-cluster';
import { newSqliteFile } from './databases.ts';
import { torture } from './run.ts';
import { summary } from './summary.ts';

const usage = `Usage: npx -y pnpm@12 torture [--seed n] [--kills 200] [--database sqlite] [--replicas 1] [--senders 12]

Kills koobridge-server with SIGKILL as often as told, at moments that follow from the seed, while many senders call it as
the store does; then compares what was answered and announced with what the ledger holds.
--database   sqlite, postgres (one of its own, nothing to install), or an address as DATABASE_URL takes it
--replicas   how many servers share the database; PostgreSQL only
Ends with 0 when nothing was lost or done twice, with 1 when something was, with 2 when it is called wrongly.`;

const given = readOptions();
await run();

async function run(): Promise<void> {
  const { seed, kills, replicas, senders } = given;
  const again = `npx -y pnpm@12 torture --seed ${seed} --kills ${kills} --database ${given.database} --replicas ${replicas} --senders ${senders}`;
  console.log(`again: ${again}`);
  const { url, remove } = await database();
  try {
    let killed = 0;
    const verdict = await torture({
      ...{ seed, kills, replicas, senders, database: url },
      main: join(import.meta.dirname, '../../src/main.ts'),
      drainMs: 300_000,
      told(_kill, _replica, answers) {
        killed += 1;
        if (killed % 10 === 0) console.log(`${killed} kills, ${answers} answers`);
      },
    });
    console.log(summary(verdict));
    if (verdict.violations.length === 0) return;
    process.exitCode = 1;
    const file = join(import.meta.dirname, `../../reports/torture-${seed}.json`);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify({ again, ...verdict }, undefined, 1));
    console.log(`the whole history is in ${file}\nagain: ${again}`);
  } catch (error) {
    // A server that ended by itself, or could not be killed where it was to be.
    process.exitCode = 1;
    console.error(`${error instanceof Error ? error.message : String(error)}\nagain: ${again}`);
  } finally {
    await remove();
  }
}

/** The database of the run; one that was made for it is removed. */
async function database(): Promise<{ readonly url: string; remove(): void | Promise<void> }> {
  if (given.database === 'sqlite') return newSqliteFile();
  if (given.database !== 'postgres') return { url: given.database, remove: () => undefined };
  const cluster = await newCluster();
  return { url: `${cluster.url}/postgres`, remove: cluster.remove };
}

/** The options of the command line. Wrong ones end the process with 2, after a sentence and the usage. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        kills: { type: 'string', default: '200' },
        database: { type: 'string', default: 'sqlite' },
        replicas: { type: 'string', default: '1' },
        senders: { type: 'string', default: '12' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const number = (name: 'seed' | 'kills' | 'replicas' | 'senders', least: number): number => {
      if (/^\d{1,9}$/.test(values[name]) && Number(values[name]) >= least) return Number(values[name]);
      throw new Error(`--${name} must be a whole number from ${least} on`);
    };
    const { database } = values;
    if (!/^(sqlite(:.+)?|postgres(ql)?(:\/\/.+)?)$/.test(database)) throw new Error('--database names none');
    const replicas = number('replicas', 1);
    if (replicas > 1 && database.startsWith('sqlite')) throw new Error('one server to a SQLite file');
    return { seed: number('seed', 0), kills: number('kills', 1), replicas, senders: number('senders', 1), database };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}
