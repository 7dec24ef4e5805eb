import { decryptAccount } from '@koobridge/contracts';
import Koa from 'koa';
import { admin } from './admin/admin.ts';
import { adminQueries } from './admin/queries.ts';
import { advice } from './config/advice.ts';
import type { Config } from './config/config.ts';
import { unheard, unheardAdvice } from './config/unheard.ts';
import { confirmations } from './confirmation/confirmations.ts';
import { factFinder } from './facts/facts.ts';
import { provisioning } from './handlers/provisioning.ts';
import { openHttpServer } from './http-server.ts';
import { openLeases } from './ledger/leases.ts';
import type { LedgerDatabase } from './ledger/ledger.ts';
import { type DatabaseAddress, openLedger as openRealLedger } from './ledger/open.ts';
import { lookingProbe } from './ledger/probe.ts';
import { nonceOf, type Receipt, receipts } from './ledger/receipts.ts';
import { pruneOld } from './ledger/retention.ts';
import type { Work } from './ledger/work.ts';
import { storeClock } from './life/store-clock.ts';
import { observeCallbacks } from './observe/callbacks.ts';
import { countCommits } from './observe/commit-size.ts';
import { health } from './observe/health.ts';
import { createLog } from './observe/log.ts';
import { createMetrics } from './observe/metrics.ts';
import { createHandlerMetrics } from './observe/missing-handlers.ts';
import { readiness } from './observe/readiness.ts';
import { type TellStray, tellStrayErrors } from './observe/stray-errors.ts';
import { createOutboxMetrics } from './outbox/metrics.ts';
import { openOutbox, replayEvent, skipEvent } from './outbox/outbox.ts';
import { webhookDelivery } from './outbox/webhook.ts';
import { outboxWorker } from './outbox/worker.ts';
import { within } from './production/deadline.ts';
import { type House, openDoor } from './production/door.ts';
import { kitGate, productionGate, v1Gate, v1Secret } from './production/gates.ts';
import { referencePages } from './reference/pages.ts';
import { repeatEvery } from './repeat.ts';
import { openRooms, prepareWith } from './rooms.ts';
import { storageCipher } from './storage/cipher.ts';
import { checkStorageKey } from './storage/key-check.ts';
import { storeClient } from './store/client.ts';
import { kitLogin } from './store/kit-login.ts';
import { secretOpener } from './tenants/client-secret.ts';
import type { Purge } from './tenants/tenants.ts';
import { timing as realTiming, type Timing } from './timing.ts';

export interface RunningServer {
  /** `http://host:port`, without a slash at its end. */
  readonly url: string;
  /** Tells of an error that nobody caught, in the log and the metrics. */
  readonly tellStray: TellStray;
  /**
   * Answers what is under way, then closes; within 5 seconds. A second call waits for the first. With 'crashed', attempts
   * at events that are under way count as made, because one of them may be what crashed.
   */
  stop(why?: 'crashed'): Promise<void>;
}

/** What a test or a measurement may replace. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly random: () => number;
  readonly timing: Timing;
  readonly openLedger: (address: DatabaseAddress) => Promise<LedgerDatabase>;
}

/** Starts the server. Rejects when the ledger is not durable or the port is taken. */
export async function startServer(
  config: Config,
  {
    now = Date.now,
    random = Math.random,
    timing = realTiming,
    openLedger = openRealLedger,
  }: Partial<Surroundings> = {},
): Promise<RunningServer> {
  const { log, sink } = createLog(config.logLevel);
  for (const each of [...advice(config), ...unheardAdvice(config)]) log.warn(each);
  const database = await openLedger(config.database);
  const { ledger } = database;
  const cipher = storageCipher(config.storageKey);
  try {
    await checkStorageKey(ledger, cipher);
  } catch (error) {
    await database.close();
    throw error;
  }
  const ending = new AbortController();
  const stopping = ending.signal;
  const queries = adminQueries(database);
  const metrics = createMetrics((kind) => queries.count(kind, now()));
  createHandlerMetrics(metrics.registry, unheard(config).placeholders);
  const outboxMetrics = createOutboxMetrics(metrics.registry, () => queries.backlog(), now);

  const { keys, handlers } = config;
  const clock = storeClock(config.storeTimeZone);
  const store =
    config.store && storeClient({ ...config.store, key: config.store, now, random, limitMs: timing.storeMs, stopping });
  const outbox = openOutbox(
    cipher,
    config.events === undefined ? ['handler'] : ['handler', 'webhook'],
    (channel, type) => channel === 'webhook' || provisioned.takes(type),
  );
  const rooms = openRooms({
    cipher,
    announce: outbox.put,
    asksStore: store !== undefined,
    rules: { ...config, provisioned: handlers.provisioning?.['instance.created'] !== undefined },
  });
  const rehearses = config.store !== undefined && isLoopback(config.store.url);
  const provisioned = provisioning({
    handlers: handlers.provisioning ?? {},
    rooms,
    read: ledger.read,
    store,
    rehearses,
    now,
    log,
  });

  const secretOf = v1Secret(keys);
  const failed = (handler: string) => metrics.handlerFailures.labels(handler).inc();
  const facts = factFinder({ handlers: handlers.answering ?? {}, store, limitMs: timing.factsMs, log, failed });
  const prepare = prepareWith({
    rooms,
    ledger,
    facts,
    reading: {
      clock,
      renewalUnfreezes: config.renewalUnfreezes,
      decrypt: (text, keyId) => openedAccount(text, secretOf(keyId)),
    },
  });
  // Which of two keys is bound at the store, only the store's own calls tell (R6).
  let [baseKey] = keys.base;
  const note = ({ keyId }: Receipt): void => {
    baseKey = keys.base.find(({ id }) => keyId === `base/${id}`) ?? baseKey;
  };
  const counted = countCommits((size) => metrics.commitSize.observe(size));
  const house: House = {
    async apply(receipt, call, token) {
      note(receipt);
      const preparing = prepare(call, token);
      const { touches, work } = preparing instanceof Promise ? await preparing : preparing;
      return ledger.run([nonceOf(receipt), ...touches], () =>
        counted(() => receipts.once(receipt, () => work(receipt.receivedAt))),
      );
    },
    keep(receipt, answer) {
      note(receipt);
      return ledger.run([nonceOf(receipt)], () => counted(() => receipts.once(receipt, { answer })));
    },
  };

  const app = new Koa();
  app.on('error', (error: unknown) => {
    if (!isGone(error)) log.warn({ err: error }, 'a request could not be answered');
  });
  app.use(async (ctx, next) => {
    await next();
    // A client that keeps its connection would be cut off in the midst of a later call.
    if (stopping.aborted && !ctx.headerSent) ctx.set('Connection', 'close');
  });
  /** Inside a transaction: forgets a dissolved tenant, and the events about it that were given up. */
  function* purged(tenantId: string): Work<Purge> {
    const purge = yield* rooms.tenants.purge(tenantId);
    if (purge === 'purged') yield* outbox.purgeSynced(tenantId);
    return purge;
  }
  const observe = observeCallbacks(log, sink, metrics);
  openDoor(app, {
    path: config.productionPath,
    gates: {
      production: productionGate(keys, config.tokenReadings),
      kit: kitGate(keys, config.tokenReadings),
      v1: config.v1.enabled ? v1Gate(keys, config.v1.windowMs) : undefined,
    },
    house,
    v1Secret: secretOf,
    openSecret: secretOpener(config.kitPrivateKey),
    observe,
    timing,
    now,
  });
  const write = lookingProbe((work) => ledger.run(['durability_check'], work), performance.now.bind(performance));
  app.use(health(readiness({ write, limitMs: timing.readinessMs, stopping }), metrics));
  app.use(referencePages(config));
  app.use(
    admin({
      queries,
      tenants: {
        records: (id) => ledger.read(() => rooms.tenants.records(id)),
        client: (...application) => ledger.read(() => rooms.tenants.client(...application)),
      },
      usage: {
        store,
        // Read at each push.
        get accessKey() {
          return baseKey?.secret;
        },
      },
      kit: kitLogin({ limitMs: timing.storeMs, stopping }),
      token: config.adminToken,
      now,
      replay: (id) => replayEvent(ledger, outbox, id, now()),
      purgeTenant: (id) => ledger.run([id], () => purged(id)),
      skip: (id, channel) => skipEvent(ledger, outbox, id, channel, now()),
    }).routes(),
  );

  const server = await openHttpServer(app.callback(), config, observe, log, timing).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });

  const { events } = config;
  const worker = outboxWorker({
    ledger,
    outbox,
    channels: {
      handler: provisioned.deliver,
      ...(events === undefined ? {} : { webhook: webhookDelivery({ ...events, limitMs: timing.webhookMs, now }) }),
    },
    limitMs: { webhook: timing.webhookMs, handler: timing.handlerMs },
    now,
    random,
    stopping,
    log,
    metrics: outboxMetrics,
  });
  const leases = openLeases(ledger, now);
  const background = [
    repeatEvery(timing.pruningPauseMs, stopping, log, async () => {
      await leases.alone('pruning', timing.pruningPauseMs, async () => {
        const pruned = await pruneOld(ledger, receipts.prune, receiptDays(config), now(), stopping);
        if (pruned > 0) log.info({ pruned }, 'old receipts deleted');
        const { pruneDeliveries } = rooms.instances;
        const forgotten = await pruneOld(ledger, pruneDeliveries, config.receiptDays, now(), stopping);
        if (forgotten > 0) log.info({ forgotten }, 'what buyers got of released instances deleted');
      });
    }),
    repeatEvery(timing.outboxPauseMs, stopping, log, () => worker.round()),
  ];
  if (store !== undefined) {
    const { licenses, instances, orders } = rooms;
    const need = { ledger, leases, licenses, instances, orders, store, clock, now, random, stopping, log, metrics };
    const asking = confirmations(need);
    background.push(repeatEvery(timing.confirmationPauseMs, stopping, log, () => asking.round()));
  }

  const stop = async (why: 'crashed' | undefined): Promise<void> => {
    ending.abort(why);
    await server.close(timing.graceMs);
    // They end by themselves, and still have to write down where they stopped.
    const ended = Promise.all([...background, worker.idle()]);
    await within(timing.endingMs, ended, () => undefined);
    await ledger.drain(timing.drainMs);
    await within(timing.endingMs, ended, () => undefined);
    await database.close();
    await within(timing.logMs, sink.flushed(), () => undefined);
  };
  let stopped: Promise<void> | undefined;
  return {
    url: server.url,
    tellStray: tellStrayErrors(log, metrics.registry),
    stop(why) {
      stopped ??= stop(why);
      return stopped;
    },
  };
}

/** A receipt holds what was used up, and stays as long as V1 would still accept that: both sides of its window (R25). */
const receiptDays = ({ receiptDays: days, v1 }: Config): number =>
  v1.enabled ? Math.max(days, (2 * v1.windowMs) / 86_400_000) : days;

/** Whether a URL leads to this machine, where only a marketplace to rehearse with can be. */
const isLoopback = (url: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** The client hung up, which is its own affair. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(String(error.code));

/** V1 does not say in a call how it encrypts: with the length that was chosen when the product was released. */
function openedAccount(text: string, key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  for (const bits of [256, 128] as const) {
    const opened = decryptAccount(text, key, bits);
    if (opened.ok) return opened.plaintext;
  }
  return undefined;
}
