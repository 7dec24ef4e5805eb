import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger.ts';
import type { Work } from '../ledger/work.ts';
import { lineLimit } from '../observe/line-limit.ts';
import { attempt, type Deliver, type Delivery } from './attempt.ts';
import type { OutboxMetrics } from './metrics.ts';
import { lineOf, type Outbox } from './outbox.ts';
import { pauseAfterFailure } from './retry.ts';
import { type Channel, channels, type OutboxRow } from './tables.ts';

/** Takes events out of the outbox after the commit: at least once each, in order per channel and subject. */
export interface OutboxWorker {
  /** Looks, soon and without waiting for anything, for what is due. A `put` or `replay` in this process does so itself. */
  wake(): void;
  /** Starts what is due, as far as there is room; each end makes room for the next. Rejects if the ledger cannot be read. */
  round(): Promise<void>;
  /** Resolves when nothing is under way: everything due was tried, or `stopping` has ended it. */
  idle(): Promise<void>;
}

export interface OutboxWorkerNeed {
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  /** Events of a channel without a Deliver stay. */
  readonly channels: { readonly [C in Channel]?: Deliver };
  /** The longest an attempt may take, in milliseconds. */
  readonly limitMs: Readonly<Record<Channel, number>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** 0 up to 1, spreads the repeats. */
  readonly random: () => number;
  /** Ends what is under way, which stays due. */
  readonly stopping: AbortSignal;
  readonly log: Logger;
  readonly metrics: OutboxMetrics;
}

/** For each channel, so that one that hangs takes no room from the other. */
const atOnce = 20;
const failuresPerSecond = 20;
/** How long after an attempt its outcome may still be written down, before another process takes the event. */
const keepingMs = 10_000;
const unreadable = 'it cannot be decrypted: STORAGE_KEY is another, or the row was changed';

export function outboxWorker(need: OutboxWorkerNeed): OutboxWorker {
  const { ledger, outbox, limitMs, now, stopping, log } = need;
  const underWay: Readonly<Record<Channel, Set<number>>> = { webhook: new Set(), handler: new Set() };
  const failureLines = lineLimit(failuresPerSecond, () => performance.now());
  const waiters: (() => void)[] = [];
  let looking: Promise<void> | undefined;
  let again = false;

  const look = async (): Promise<void> => {
    for (const channel of channels) {
      const deliver = need.channels[channel];
      const room = atOnce - underWay[channel].size;
      if (deliver === undefined || room <= 0 || stopping.aborted) continue;
      const here = underWay[channel];
      if ((await ledger.read(() => outbox.due(channel, now(), 1, here))).length === 0) continue;
      const until = now() + limitMs[channel] + keepingMs;
      const rows = await ledger.run([lineOf(channel)], () => outbox.claim(channel, now(), room, here, until));
      for (const row of rows) start(row, deliver);
    }
  };

  const start = (row: OutboxRow, deliver: Deliver): void => {
    const here = underWay[row.channel];
    here.add(row.id);
    void handle(row, deliver).then((kept) => {
      here.delete(row.id);
      // What could not be written down stays taken for a while, and nothing new is due.
      if (kept) wake();
      else tellIdle();
    });
  };

  /** Whether the outcome was kept. Never rejects. */
  const handle = async (row: OutboxRow, deliver: Deliver): Promise<boolean> => {
    const event = outbox.open(row);
    const delivery = event === undefined ? undefined : await attempt(deliver, event, limitMs[row.channel], stopping);
    if (delivery === 'stopped' || (stopping.aborted && !delivery?.ok)) {
      // If that fails it is taken up all the same, only later.
      await ledger.run([row.subject], () => outbox.release(row)).catch(() => undefined);
      return false;
    }
    if (await keep(row, delivery)) return true;
    // Whatever came of the attempt, a defect in keeping it must not repeat the attempt without a pause.
    return stopping.aborted ? false : keep(row, { ok: false, problem: 'its outcome could not be kept' });
  };

  const keep = async (row: OutboxRow, delivery: Delivery | undefined): Promise<boolean> => {
    try {
      const { outcome, problem } = await ledger.run([row.subject], () => take(row, delivery));
      need.metrics.deliveries.labels(row.channel, outcome).inc();
      tell(row, outcome, problem);
      return true;
    } catch (error) {
      if (!stopping.aborted) log.error({ err: error, event: row.event_id }, 'what came of an event could not be kept');
      return false;
    }
  };

  function* take(row: OutboxRow, delivery: Delivery | undefined): Work<Taken> {
    if (delivery?.ok) {
      // Another process may have been faster; what it kept stands.
      if ((yield* outbox.settle(row, now())) && delivery.settle !== undefined) yield* delivery.settle();
      return { outcome: 'delivered' };
    }
    const problem = delivery?.problem ?? unreadable;
    const pause = delivery === undefined ? undefined : pauseAfterFailure(row.channel, row.attempts, need.random());
    if (pause === undefined) yield* outbox.bury(row, now(), problem);
    else yield* outbox.postpone(row, now() + Math.round(pause), problem);
    return { outcome: pause === undefined ? 'dead' : 'failed', problem };
  }

  const tell = (row: OutboxRow, outcome: Taken['outcome'], problem: string | undefined): void => {
    const { channel, event_id: event, type, subject } = row;
    const line = { channel, event, type, subject, attempt: row.attempts + 1 };
    if (outcome === 'delivered') log.debug(line, 'event delivered');
    else if (outcome === 'dead') log.error({ ...line, problem }, 'event given up; it can be replayed');
    else {
      const heldBack = failureLines.pass();
      if (heldBack === undefined) return;
      log.warn({ ...line, problem, ...(heldBack > 0 && { heldBack }) }, 'event not delivered');
    }
  };

  // One look at a time, so that none starts what another one just found.
  const lookUntilQuiet = async (): Promise<void> => {
    try {
      do {
        again = false;
        await look();
      } while (again);
    } finally {
      looking = undefined;
      tellIdle();
    }
  };

  const round = (): Promise<void> => {
    again = true;
    looking ??= lookUntilQuiet();
    return looking;
  };

  const wake = (): void => {
    round().catch((error: unknown) =>
      log.error({ err: error }, 'the outbox could not be read; the next round tries again'),
    );
  };

  const isIdle = (): boolean => looking === undefined && channels.every((channel) => underWay[channel].size === 0);
  const tellIdle = (): void => {
    if (isIdle()) for (const resolve of waiters.splice(0)) resolve();
  };

  outbox.listen(wake);
  return {
    wake,
    round,
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
  };
}

interface Taken {
  readonly outcome: 'delivered' | 'failed' | 'dead';
  readonly problem?: string;
}
