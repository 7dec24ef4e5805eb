import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Stands between a server and its PostgreSQL. */
export interface Proxy {
  /** The database's URL through it. */
  readonly url: string;
  /** What to do with the next bytes towards PostgreSQL that hold `text`: cut the connection before or after they get there. */
  cutAt(text: string, when: 'before' | 'after'): void;
  /** Lets nothing through any more, and closes nothing either. */
  swallow(): void;
}

export async function proxyTo(database: string): Promise<Proxy> {
  const target = new URL(database);
  let cut: { readonly text: string; readonly when: 'before' | 'after' } | undefined;
  let swallowing = false;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let deaf = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined); // it was cut
    }
    client.on('close', () => upstream.end());
    upstream.on('close', () => client.destroy());
    client.on('data', (chunk) => {
      if (swallowing) return;
      if (cut === undefined || !chunk.includes(cut.text)) return void upstream.write(chunk);
      const { when } = cut;
      cut = undefined;
      if (when === 'before') upstream.destroy();
      else {
        deaf = true;
        upstream.write(chunk);
        upstream.once('data', () => client.destroy());
      }
    });
    upstream.on('data', (chunk) => {
      if (!swallowing && !deaf) client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const url = new URL(database);
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  return {
    url: url.href,
    cutAt(text, when) {
      cut = { text, when };
    },
    swallow() {
      swallowing = true;
    },
  };
}
