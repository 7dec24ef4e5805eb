#!/usr/bin/env node
import { type ConfigReading, readConfig } from './config/config.ts';
import { loadConfigFile } from './config/config-file.ts';
import { startServer } from './server.ts';

/** However the server stops, the process ends within this time. */
const stopLimitMs = 6_000;

/** The command `koobridge-server`: serves production until SIGTERM or SIGINT. Exits with 2 when the configuration is wrong. */
const loaded = await loadConfigFile(process.env, process.cwd());
const reading: ConfigReading = loaded.ok
  ? readConfig(process.env, loaded.file)
  : { ok: false, problems: [loaded.problem] };
if (!reading.ok) {
  console.error('koobridge-server cannot start, its configuration is wrong:');
  for (const problem of reading.problems) console.error(`  ${problem}`);
  console.error(
    '"npx -y pnpm@12 start" makes keys and a token on its first run; docs/configuration.md explains every variable.',
  );
  process.exit(2);
}

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
  console.error(`koobridge-server cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
