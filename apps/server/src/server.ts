import type { ActivityRequest, Result } from '@koobridge/contracts';
import Koa from 'koa';
import { admin } from './admin/admin.ts';
import { adminQueries } from './admin/queries.ts';
import { advice } from './config/advice.ts';
import type { Config } from './config/config.ts';
import { confirmations } from './confirmation/confirmations.ts';
import { openHttpServer } from './http-server.ts';
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
  for (const each of advice(config)) log.warn(each);
  const database = await openDatabase(config.databaseFile);
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

  const server = await openHttpServer(app.callback(), config, observe, log).catch(async (error: unknown) => {
    await database.close();
    throw error;
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
    await server.close(timing.graceMs);
    await ledger.drain(timing.drainMs);
    await Promise.all(background);
    await database.close();
    await within(timing.logMs, sink.flushed(), () => undefined);
  };
  let stopped: Promise<void> | undefined;
  return {
    url: server.url,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** The client hung up, which is its own affair. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(String(error.code));
