import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a server and its PostgreSQL, and knows a commit when it passes. */
export interface CommitProxy {
  /** The database's URL through it. */
  readonly url: string;
  /** From now on commits are counted, and at the one with the number `count` the process is ended. */
  expect(death: Death | undefined): void;
  close(): void;
}

export interface Death {
  /** The commit never gets there, or it takes place and its answer never gets back. */
  readonly at: 'before-commit' | 'after-commit';
  readonly count: number;
  readonly die: () => void;
}

/** As it is on the wire, asked and answered: a text that ends with a NUL; and not the name of the setting that ends so. */
const commit = /(?<!_)commit\0/i;

export async function openCommitProxy(database: string): Promise<CommitProxy> {
  const target = new URL(database);
  const sockets = new Set<Socket>();
  let death: Death | undefined;
  let commits = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    let isLast = false;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay().on('error', () => undefined); // 'close' follows
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (commit.test(chunk.toString('latin1'))) {
        commits += 1;
        isLast = commits === death?.count;
        if (isLast && death?.at === 'before-commit') return death.die();
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (isLast && commit.test(chunk.toString('latin1'))) death?.die();
      else client.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(database);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  return {
    url: url.href,
    expect(next) {
      death = next;
      commits = 0;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
