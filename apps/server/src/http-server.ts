import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { limitConnections } from './connections.ts';
import type { CallbackObserver } from './observe/callbacks.ts';
import { lineLimit } from './observe/line-limit.ts';
import { answerUnparsable, withReadableTarget } from './production/unparsable.ts';
import type { Timing } from './timing.ts';

export interface HttpServer {
  /** `http://host:port`, without a slash at its end. */
  readonly url: string;
  /** Takes no new connection, answers what is under way, and cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** The store needs a few. Fewer where the process may not open as many files. */
const mostConnections = 12_000;
const leastConnections = 16;
/** Files that are kept for the ledger and for what the server itself calls. */
const reservedFiles = 200;

/** Serves the application with limits that a stranger cannot stretch. Rejects when the address is not to be had. */
export async function openHttpServer(
  application: RequestListener,
  config: Config,
  observe: CallbackObserver,
  log: Logger,
  timing: Timing,
): Promise<HttpServer> {
  const handle = withReadableTarget(application, observe);
  const server = createServer(
    {
      maxHeaderSize: 32 * 1024,
      headersTimeout: timing.headersMs,
      requestTimeout: timing.requestMs,
      keepAliveTimeout: timing.keepAliveMs,
      connectionsCheckingInterval: Math.min(1_000, timing.headersMs),
      requireHostHeader: false,
    },
    handle,
  );
  // Node would answer an odd Expect by itself with 417, and the store takes nothing but 200 (R8).
  server.on('checkExpectation', handle);
  server.timeout = timing.inactiveMs;
  const most = Math.max(leastConnections, Math.min(mostConnections, openFilesLimit() - reservedFiles));
  const refusals = lineLimit(1, () => performance.now());
  limitConnections(server, most, () => {
    const heldBack = refusals.pass();
    if (heldBack === undefined) return;
    const more = heldBack > 0 && { heldBack };
    log.warn({ most, ...more }, 'there are too many connections: the one without a new call for longest was closed');
  });
  answerUnparsable(server, config.productionPath, observe);
  const url = await listen(server, config);
  // Such as no file left to open: connections wait, or are closed, until there is one again.
  server.on('error', (err) => {
    if (refusals.pass() !== undefined) log.warn({ err }, 'a connection could not be taken');
  });
  return { url, close: (graceMs) => close(server, graceMs) };
}

/** How many files this process may have open; Node.js raised it to what is allowed. */
function openFilesLimit(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
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
