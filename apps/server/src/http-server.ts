import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import type { CallbackObserver } from './observe/callbacks.ts';
import { lineLimit } from './observe/line-limit.ts';
import { answerUnparsable, withReadableTarget } from './production/unparsable.ts';

export interface HttpServer {
  /** `http://host:port`, without a slash at its end. */
  readonly url: string;
  /** Takes no new connection, answers what is under way, and cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Each may hold a body of 1 MiB, so this also bounds the memory that strangers can take. The store needs a few. */
const mostConnections = 500;

/** Serves the application with limits that a stranger cannot stretch. Rejects when the address is not to be had. */
export async function openHttpServer(
  application: RequestListener,
  config: Config,
  observe: CallbackObserver,
  log: Logger,
): Promise<HttpServer> {
  const handle = withReadableTarget(application, observe);
  const limits = { maxHeaderSize: 32 * 1024, headersTimeout: 10_000, requestTimeout: 15_000 };
  const server = createServer({ ...limits, connectionsCheckingInterval: 1_000, requireHostHeader: false }, handle);
  // Node would answer an odd Expect by itself with 417, and the store takes nothing but 200 (R8).
  server.on('checkExpectation', handle);
  server.maxConnections = mostConnections;
  const refusals = lineLimit(1, () => performance.now());
  server.on('drop', () => {
    const heldBack = refusals.pass();
    if (heldBack === undefined) return;
    const more = heldBack > 0 && { heldBack };
    log.warn({ most: mostConnections, ...more }, 'a connection was refused: there are too many');
  });
  answerUnparsable(server, config.productionPath, observe);
  const url = await listen(server, config);
  return { url, close: (graceMs) => close(server, graceMs) };
}

function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ message }) =>
      reject(new Error(`cannot listen on ${host}:${port}: ${message}. Set HOST and PORT to an address that is free.`)),
    );
    server.listen(port, host, () => {
      const bound = server.address() as AddressInfo; // a server on a TCP port has one
      resolve(`http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`);
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
