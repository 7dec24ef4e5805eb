import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ActivityRequest, activities, type Result } from '@koobridge/contracts';
import Koa from 'koa';
import type { Logger } from 'pino';
import { admin } from './admin/admin.ts';
import { adminQueries } from './admin/queries.ts';
import type { Config } from './config/config.ts';
import { confirmations } from './confirmation/confirmations.ts';
import { openDatabase, prepareProbe } from './ledger/database.ts';
import { sqliteLedger } from './ledger/ledger.ts';
import { sqliteReceipts } from './ledger/receipts.ts';
import { pruneReceipts } from './ledger/retention.ts';
import { licenseCommand } from './licenses/command.ts';
import { sqliteLicenses } from './licenses/licenses.ts';
import { storeClock } from './licenses/store-clock.ts';
import { observeCallbacks } from './observe/callbacks.ts';
import { health } from './observe/health.ts';
import { createLog } from './observe/log.ts';
import { createMetrics } from './observe/metrics.ts';
import { admitWith } from './production/admit.ts';
import { within } from './production/deadline.ts';
import { openDoor, type Rooms } from './production/door.ts';
import { answerUnparsable, withReadableTarget } from './production/unparsable.ts';
import { repeatEvery } from './repeat.ts';
import { storeClient } from './store/client.ts';
import { timing as realTiming, type Timing } from './timing.ts';

export interface RunningServer {
  /** `http://host:port`, without a slash at its end. */
  readonly url: string;
  /** Answers what is under way, then closes; within 5 seconds. A second call waits for the first. */
  stop(): Promise<void>;
}

/** What a test may replace. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly random: () => number;
  readonly timing: Timing;
}

/** Starts the server. Rejects when the ledger is not durable or the port is taken. */
export async function startServer(
  config: Config,
  { now = Date.now, random = Math.random, timing = realTiming }: Partial<Surroundings> = {},
): Promise<RunningServer> {
  const { log, sink } = createLog(config.logLevel);
  warnOfMissingKeys(config, log);
  const database = await openDatabase(config.databaseFile).catch((error: unknown) => {
    throw new Error(
      `the ledger ${config.databaseFile} cannot be opened: ${messageOf(error)}. ` +
        'DATABASE_URL must name a file, new or made by this server, that it may write to.',
      { cause: error },
    );
  });
  const { connection } = database;
  const ledger = sqliteLedger(connection);
  const receipts = sqliteReceipts(connection);
  const probe = prepareProbe(connection);
  const licenses = sqliteLicenses(connection, { ...config, verifyAdoptions: config.store !== undefined });
  const queries = adminQueries(database.queries);
  const metrics = createMetrics({
    frozenUnexpired: () => queries.count('frozen-unexpired', now()),
    expiryUnconfirmed: () => queries.count('expiry-unconfirmed', now()),
  });

  const clock = storeClock(config.storeTimeZone);
  const rooms: Rooms = {
    apply(receipt, request: ActivityRequest, tokenTimestamp) {
      const command = licenseCommand(request, tokenTimestamp, clock);
      return ledger.run(() => receipts.once(receipt, () => licenses.apply(command, receipt.receivedAt)));
    },
    keep: (receipt, answer: Result) => ledger.run(() => receipts.once(receipt, () => ({ answer }))),
  };

  const app = new Koa();
  app.on('error', (error: unknown) => {
    if (!isGone(error)) log.warn({ err: error }, 'a request could not be answered');
  });
  const ending = new AbortController();
  const stopping = ending.signal;
  app.use(async (ctx, next) => {
    await next();
    // A client that keeps its connection would be cut off in the midst of a later call.
    if (stopping.aborted && !ctx.headerSent) ctx.set('Connection', 'close');
  });
  const observe = observeCallbacks(log, metrics);
  openDoor(app, {
    path: config.productionPath,
    admit: admitWith(config.keys, config.tokenReadings),
    rooms,
    observe,
    timing,
    now,
  });
  app.use(health(() => ledger.run(probe), timing.readinessMs, metrics));
  app.use(admin(queries, config.adminToken, now).routes());

  const handle = withReadableTarget(app.callback(), observe);
  const server = createServer(
    {
      maxHeaderSize: 32 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      connectionsCheckingInterval: 1_000,
      requireHostHeader: false,
    },
    handle,
  );
  // Node would answer an odd Expect by itself with 417, and the store takes nothing but 200 (R8).
  server.on('checkExpectation', handle);
  server.maxConnections = mostConnections;
  server.on('drop', () => log.warn({ most: mostConnections }, 'a connection was refused: there are too many'));
  answerUnparsable(server, config.productionPath, observe);
  const url = await listen(server, config).catch(async (error: unknown) => {
    await database.close();
    const what = `${config.host}:${config.port}`;
    throw new Error(`it cannot listen on ${what}: ${messageOf(error)}. Set HOST and PORT to an address that is free.`);
  });

  const background = [
    repeatEvery(timing.pruningPauseMs, stopping, log, async () => {
      const pruned = await pruneReceipts(ledger, receipts, config.receiptDays, now(), stopping);
      if (pruned > 0) log.info({ pruned }, 'old receipts deleted');
    }),
  ];
  if (config.store !== undefined) {
    const { url: storeUrl, ...key } = config.store;
    const store = storeClient({ url: storeUrl, key, now, limitMs: timing.storeMs, stopping });
    const asking = confirmations({ connection, ledger, licenses, store, clock, now, random, stopping, log, metrics });
    background.push(repeatEvery(timing.confirmationPauseMs, stopping, log, () => asking.round()));
  }

  const stop = async (): Promise<void> => {
    ending.abort();
    await close(server, timing.graceMs);
    await ledger.drain(timing.drainMs);
    await Promise.all(background);
    await database.close();
    await within(timing.logMs, sink.flushed(), () => undefined);
  };
  let stopped: Promise<void> | undefined;
  return {
    url,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Each may hold a body of 1 MiB, so this also bounds the memory that strangers can take. The store needs a few. */
const mostConnections = 500;

/** A key of another class is refused like a stranger's (R6), which looks like an attack and is a mistake. */
function warnOfMissingKeys({ keys }: Config, log: Logger): void {
  for (const keyClass of new Set(Object.values(activities).map((activity) => activity.keyClass))) {
    if (keys[keyClass].length > 0) continue;
    log.warn({ keyClass }, `KOOBRIDGE_KEYS holds no ${keyClass} key: every callback of that class will be refused`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The client hung up, which is its own affair. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(String(error.code));

function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
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
