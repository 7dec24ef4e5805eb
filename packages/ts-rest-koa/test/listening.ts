/** A Koa application on a free port of 127.0.0.1, closed when its test ends. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import { onTestFinished } from 'vitest';

export interface Listening {
  url: string;
  port: number;
  /** What the application's error event got; Koa would print it. */
  errors: unknown[];
  app: Koa;
}

export async function listen(...middleware: (Router | Koa.Middleware)[]): Promise<Listening> {
  const app = new Koa();
  const errors: unknown[] = [];
  app.on('error', (error) => errors.push(error));
  for (const each of middleware) {
    if (each instanceof Router) app.use(each.routes());
    else app.use(each);
  }
  // Koa answers through a promise of its own, which never rejects.
  const server = createServer((req, res) => void app.callback()(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, errors, app };
}
