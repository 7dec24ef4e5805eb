import { join } from 'node:path';
import { KeyRings } from '@koobridge/contracts';
import { makeCredentials } from '@koobridge/scripts/credentials';
import { type RunningProcess, server, startProcess } from '@koobridge/scripts/processes';
import { startPostgres } from './postgres.ts';

/** A server that is compared with others. Each start is a process of its own. */
export interface Arm {
  readonly name: string;
  /** What it must refuse before it is measured: a forged signature, a request that it had before. */
  readonly refuses: readonly ('forged' | 'repeated')[];
  /** `directory` is empty and nobody else's. */
  start(directory: string): Promise<Running>;
}

export interface Running {
  readonly process: RunningProcess;
  stop(): Promise<void>;
}

type Command = readonly [string, ...string[]];
type Environment = Readonly<Record<string, string>>;

const credentials = makeCredentials();
export const secret = KeyRings.parse(JSON.parse(credentials['KOOBRIDGE_KEYS'] ?? '{}')).license[0]?.secret ?? '';
export const adminToken = credentials['KOOBRIDGE_ADMIN_TOKEN'] ?? '';

async function start(name: string, command: Command, env: Environment = {}): Promise<Running> {
  const all = { ...credentials, HOST: '127.0.0.1', PORT: '0', ...env };
  const running = await startProcess({ name, command, env: all });
  return { process: running, stop: async () => void (await running.stop()) };
}

async function startOnPostgres(name: string, command: Command): Promise<Running> {
  const postgres = await startPostgres();
  try {
    const running = await start(name, command, { DATABASE_URL: postgres.url });
    return {
      ...running,
      async stop() {
        await running.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** A server of this folder. */
const own = (file: string): Command => [process.execPath, `bench/src/servers/${file}`];

/** The server as it is shipped, on a file that may hold licenses already. */
export const startServerOn = (file: string): Promise<Running> =>
  start('koobridge-server', server, { DATABASE_URL: `sqlite:${file}` });

/** The same under Node.js's profiler, which writes into `directory` when the server stops. */
export function startProfiled(on: 'sqlite' | 'postgres', directory: string): Promise<Running> {
  const [node, ...args] = server;
  const command = [node, '--cpu-prof', `--cpu-prof-dir=${directory}`, ...args] as const;
  if (on === 'postgres') return startOnPostgres('koobridge-server', command);
  return start('koobridge-server', command, { DATABASE_URL: `sqlite:${join(directory, 'server.db')}` });
}

const bareKoa = (name: string): Arm => ({ name, refuses: [], start: () => start(name, own('bare-koa.ts')) });

/** Bare Koa twice, for the noise of the machine. */
export const arms = {
  bareKoa: bareKoa('bare Koa'),
  noDatabase: {
    name: 'koobridge-server without its database',
    refuses: ['forged'],
    start: (directory) =>
      start('no-database', own('no-database.ts'), { DATABASE_URL: `sqlite:${join(directory, 'unused.db')}` }),
  },
  sqlite: {
    name: 'koobridge-server on SQLite',
    refuses: ['forged', 'repeated'],
    start: (directory) => startServerOn(join(directory, 'server.db')),
  },
  naiveSqlite: {
    name: 'naive server on SQLite',
    refuses: ['forged', 'repeated'],
    start: (directory) => start('naive-sqlite', own('naive-sqlite.ts'), { DATABASE_FILE: join(directory, 'naive.db') }),
  },
  postgres: {
    name: 'koobridge-server on PostgreSQL',
    refuses: ['forged', 'repeated'],
    start: () => startOnPostgres('koobridge-server', server),
  },
  naivePostgres: {
    name: 'naive server on PostgreSQL',
    refuses: ['forged', 'repeated'],
    start: () => startOnPostgres('naive-postgres', own('naive-postgres.ts')),
  },
  bareKoaAgain: bareKoa('bare Koa, again'),
} as const satisfies Readonly<Record<string, Arm>>;

export type ArmName = keyof typeof arms;
