import { pino } from 'pino';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import { adminQueries } from '../../src/admin/queries.ts';
import { createOutboxMetrics } from '../../src/outbox/metrics.ts';
import { type Outbox, openOutbox, replayEvent, skipEvent, type UnsentEvent } from '../../src/outbox/outbox.ts';
import { type Channel, channels, type OutboxRow } from '../../src/outbox/tables.ts';
import { type OutboxWorkerNeed, outboxWorker } from '../../src/outbox/worker.ts';
import { newDatabase, open, rowsOf } from '../database.ts';
import { newCipher } from './cipher.ts';

const start = Date.UTC(2026, 0, 15, 12);

type Cipher = ReturnType<typeof newCipher>;

export interface RigSetting {
  readonly channels: OutboxWorkerNeed['channels'];
  /** The database and cipher of another rig. */
  readonly on?: { readonly database: string; readonly cipher: Cipher; readonly clock: { now: number } };
  readonly cipher?: Cipher;
  readonly limitMs?: Partial<OutboxWorkerNeed['limitMs']>;
  readonly random?: () => number;
  readonly takes?: Parameters<typeof openOutbox>[2];
}

/** An outbox with its worker on a real database, and a clock moved by hand. Ends with its test. */
export async function openRig(setting: RigSetting) {
  const database = setting.on?.database ?? (await newDatabase());
  const clock = setting.on?.clock ?? { now: start };
  const cipher = setting.cipher ?? setting.on?.cipher ?? newCipher();
  const { ledger, queries, close } = await open(database);
  const configured = channels.filter((channel) => setting.channels[channel] !== undefined);
  const outbox: Outbox = openOutbox(cipher, configured, setting.takes);
  const registry = new Registry();
  const admin = adminQueries({ ledger, queries });
  const now = () => clock.now;
  const ending = new AbortController();
  const lines: string[] = [];
  const worker = outboxWorker({
    ledger,
    outbox,
    channels: setting.channels,
    limitMs: { webhook: 2_000, handler: 2_000, ...setting.limitMs },
    now,
    random: setting.random ?? (() => 0),
    stopping: ending.signal,
    log: pino({ level: 'debug' }, { write: (line) => void lines.push(line) }),
    metrics: createOutboxMetrics(registry, () => admin.backlog(), now),
  });
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    ending.abort();
    await worker.idle();
    await ledger.drain(500);
    await close();
  };
  const rig = {
    database,
    clock,
    cipher,
    ledger,
    outbox,
    worker,
    admin,
    log: lines,
    put: (event: UnsentEvent) => ledger.run([event.subject], () => outbox.put(event, clock.now)),
    replay: (eventId: string) => replayEvent(ledger, outbox, eventId, clock.now),
    skip: (eventId: string, channel: Channel | undefined) => skipEvent(ledger, outbox, eventId, channel, clock.now),
    rows: () => readOutbox(database),
    /** Looks once, and waits for what that started. */
    async round() {
      await worker.round();
      await worker.idle();
    },
    /** Moves the clock to whatever is due next, again and again, until nothing waits. */
    async untilEmpty() {
      for (;;) {
        await rig.round();
        const next = (await rig.rows()).flatMap(({ next_attempt_at }) => next_attempt_at ?? []);
        if (next.length === 0) return;
        clock.now = Math.max(clock.now, Math.min(...next));
      }
    },
    metrics: () => registry.metrics(),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
  onTestFinished(rig.stop);
  return rig;
}

/** The table through a connection of its own. */
export const readOutbox = (database: string) => rowsOf<OutboxRow>(database, 'SELECT * FROM outbox ORDER BY id');

/** An event that says which of its subject it is. */
export const numbered = (subject: string, number: number): UnsentEvent => ({
  type: 'order.notified',
  subject,
  data: { orderId: subject, orderLineId: `${subject}-${number}` },
});
