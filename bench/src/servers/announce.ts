import type { Server } from 'node:http';
import type Koa from 'koa';

/** Listens on a free port, says so as every server of this repository does, and ends with SIGTERM. */
export function announce(name: string, app: Koa): void {
  const server: Server = app.listen(0, '127.0.0.1', () => {
    const bound = server.address();
    console.log(`${name} listening on http://127.0.0.1:${typeof bound === 'object' ? bound?.port : bound}`);
  });
  process.once('SIGTERM', () => process.exit(0));
}
