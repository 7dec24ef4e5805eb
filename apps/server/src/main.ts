#!/usr/bin/env node
import { backupFile, checkFile } from './backup/backup.ts';
import { type ConfigReading, readConfig, readDatabase } from './config/config.ts';
import { loadConfigFile } from './config/config-file.ts';
import { copyAndTell, readCopy } from './copy/command.ts';
import { type DatabaseAddress, openLedger } from './ledger/open.ts';
import { startServer } from './server.ts';

/** However the server stops, the process ends within this time. */
const stopLimitMs = 6_000;

/** The command `koobridge-server`. Exits with 2 when it is called wrongly or its configuration is wrong, with 1 when it cannot do what it was called for. */
const help = `koobridge-server                serves production until SIGTERM or SIGINT
koobridge-server migrate        brings the database of DATABASE_URL up to date and ends; serving does the same at its start
koobridge-server copy-database --to <database> [--from <database>]
                                copies a ledger that no server uses, of DATABASE_URL or --from, into an empty database
koobridge-server backup <file>  writes what a SQLite ledger holds into a new file, while a server may run
koobridge-server check          reads a SQLite ledger through and says whether it is whole, such as after a restore
koobridge-server --help         tells this

It reads environment variables and koobridge.config.ts; docs/configuration.md explains them.`;

const [command, ...rest] = process.argv.slice(2);
if (command === undefined) await serve();
else if (rest.length === 0 && command === 'migrate') await migrate();
else if (rest.length === 1 && rest[0] !== undefined && command === 'backup') await withFile('back up', backup(rest[0]));
else if (rest.length === 0 && command === 'check') await withFile('check', check);
else if (command === 'copy-database') await copy(rest);
else if (rest.length === 0 && ['--help', '-h', 'help'].includes(command)) console.log(help);
else {
  console.error(`koobridge-server knows no such command.\n\n${help}`);
  process.exitCode = 2;
}

async function serve(): Promise<void> {
  const loaded = await loadConfigFile(process.env, process.cwd());
  const reading: ConfigReading = loaded.ok
    ? readConfig(process.env, loaded.file)
    : { ok: false, problems: [loaded.problem] };
  if (!reading.ok) return explain('start', reading.problems);
  try {
    const server = await startServer(reading.config);
    console.log(`koobridge-server listening on ${server.url}`);
    // A handler that forgot an await has broken nothing of the server's own: it goes on, and the attempt has its own outcome.
    process.on('unhandledRejection', (reason) => server.tellStray('rejection', reason));
    // After an exception out of nowhere nobody knows what is half done in memory. What was answered is on disk, and an
    // event with whose attempt the process ends was counted before, so that a new process does not run into it at once.
    process.on('uncaughtException', (error) => {
      server.tellStray('exception', error);
      setTimeout(() => process.exit(1), stopLimitMs).unref();
      void server.stop('crashed').finally(() => process.exit(1));
    });
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        void server.stop().then(() => process.exit(0));
      });
    }
  } catch (error) {
    fail('start', error);
  }
}

async function migrate(): Promise<void> {
  await withDatabase('migrate', async (address) => {
    const database = await openLedger(address);
    await database.close();
    console.log('The database is up to date.');
  });
}

async function copy(given: readonly string[]): Promise<void> {
  const loaded = await loadConfigFile(process.env, process.cwd());
  if (!loaded.ok) return explain('copy', [loaded.problem]);
  const reading = readCopy(given, process.env, loaded.file);
  if (!reading.ok) return explain('copy', reading.problems);
  try {
    await copyAndTell(reading, (line) => console.log(line));
  } catch (error) {
    fail('copy', error);
  }
}

/** Does something with the database of DATABASE_URL. */
async function withDatabase(doing: string, work: (address: DatabaseAddress) => void | Promise<void>): Promise<void> {
  const loaded = await loadConfigFile(process.env, process.cwd());
  if (!loaded.ok) return explain(doing, [loaded.problem]);
  const reading = readDatabase(process.env, loaded.file);
  if (!reading.ok) return explain(doing, reading.problems);
  try {
    await work(reading.database);
  } catch (error) {
    fail(doing, error);
  }
}

/** The same with its file, if it is SQLite. */
function withFile(doing: string, work: (file: string) => void): Promise<void> {
  return withDatabase(doing, (address) => {
    if (address.kind !== 'sqlite') return explain(doing, ['DATABASE_URL is PostgreSQL, which has tools of its own']);
    work(address.file);
  });
}

function backup(to: string): (file: string) => void {
  return (file) => {
    const { bytes, receipts } = backupFile(file, to);
    console.log(`${file} was written to ${to} and found whole: ${bytes} bytes, ${receipts} receipts.`);
  };
}

function check(file: string): void {
  const { bytes, receipts } = checkFile(file);
  console.log(`${file} is whole: ${bytes} bytes, ${receipts} receipts.`);
}

function explain(to: string, problems: readonly string[]): never {
  console.error(`koobridge-server cannot ${to}, its configuration is wrong:`);
  for (const problem of problems) console.error(`  ${problem}`);
  console.error(
    '"npx -y pnpm@12 start" makes keys and a token on its first run; docs/configuration.md explains every variable.',
  );
  process.exit(2);
}

function fail(to: string, error: unknown): never {
  console.error(`koobridge-server cannot ${to}: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
