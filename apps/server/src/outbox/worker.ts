import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger.ts';
import { lineLimit } from '../observe/line-limit.ts';
import { attempt, type Deliver, type Delivery } from './attempt.ts';
import type { OutboxMetrics } from './metrics.ts';
import type { Outbox } from './outbox.ts';
import { longestPauseOf, pauseAfterFailure, wasLast } from './retry.ts';
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
  /** Ends what is under way, which stays due; with the reason 'crashed' after a pause. */
  readonly stopping: AbortSignal;
  readonly log: Logger;
  readonly metrics: OutboxMetrics;
}

/** For each channel, so that one that hangs takes no room from the other. */
const atOnce = 20;
const failuresPerSecond = 20;
/** While the disk is full, every event says so. */
const unwrittenPerSecond = 1;
const ended: Delivery = { ok: false, problem: 'the process ended during its last attempt' };
const unreadable = 'it cannot be decrypted: STORAGE_KEY is another, or the row was changed';

export function outboxWorker(need: OutboxWorkerNeed): OutboxWorker {
  const { ledger, outbox, limitMs, now, stopping, log } = need;
  const underWay: Readonly<Record<Channel, Set<number>>> = { webhook: new Set(), handler: new Set() };
  const failureLines = lineLimit(failuresPerSecond, () => performance.now());
  const unwrittenLines = lineLimit(unwrittenPerSecond, () => performance.now());
  const waiters: (() => void)[] = [];
  let looking = false;

  const look = (): void => {
    for (const channel of channels) {
      const deliver = need.channels[channel];
      const room = atOnce - underWay[channel].size;
      if (deliver === undefined || room <= 0 || stopping.aborted) continue;
      for (const row of outbox.due(channel, now(), room, underWay[channel])) start(row, deliver);
    }
  };

  const start = (row: OutboxRow, deliver: Deliver): void => {
    const here = underWay[row.channel];
    here.add(row.id);
    void handle(row, deliver).then((kept) => {
      here.delete(row.id);
      // What could not be written down would be due again at once: it waits for the next round.
      if (kept) wake();
      else tellIdle();
    });
  };

  /** Whether the outcome was kept. Never rejects. */
  const handle = async (row: OutboxRow, deliver: Deliver): Promise<boolean> => {
    const begun = await begin(row);
    if (begun === undefined) return false;
    const event = outbox.open(row);
    const delivery = wasLast(row.channel, row.attempts)
      ? ended
      : event === undefined
        ? undefined
        : await attempt(deliver, event, limitMs[row.channel], stopping);
    if (delivery === 'stopped' || (stopping.aborted && !delivery?.ok)) {
      if (stopping.reason !== 'crashed') await written(row, () => outbox.giveBack(begun, row));
      return false;
    }
    if (await keep(row, begun, delivery)) return true;
    // Whatever came of the attempt, a defect in keeping it must not repeat the attempt without a pause.
    return stopping.aborted ? false : keep(row, begun, { ok: false, problem: 'its outcome could not be kept' });
  };

  /** Counts the attempt first: whatever it does to the process, or to the disk, the next one comes after a growing pause. */
  const begin = async (row: OutboxRow): Promise<OutboxRow | undefined> => {
    const pause = pauseAfterFailure(row.channel, row.attempts, need.random()) ?? longestPauseOf(row.channel);
    return (await written(row, () => outbox.begin(row, now() + Math.round(pause))))?.value;
  };

  /** What a transaction of its own returned; undefined, and a line in the log, where it could not be written. */
  const written = async <T>(
    { event_id: event }: OutboxRow,
    work: () => T,
  ): Promise<{ readonly value: T } | undefined> => {
    try {
      return { value: await ledger.run(work) };
    } catch (error) {
      const heldBack = unwrittenLines.pass();
      if (stopping.aborted || heldBack === undefined) return undefined;
      log.error({ err: error, event, ...(heldBack > 0 && { heldBack }) }, 'the outbox could not be written to');
      return undefined;
    }
  };

  const keep = async (row: OutboxRow, begun: OutboxRow, delivery: Delivery | undefined): Promise<boolean> => {
    const taken = await written(row, () => take(row, begun, delivery));
    if (taken === undefined) return false;
    const { outcome, problem } = taken.value;
    need.metrics.deliveries.labels(row.channel, outcome).inc();
    tell(row, outcome, problem);
    return true;
  };

  const take = (row: OutboxRow, begun: OutboxRow, delivery: Delivery | undefined): Taken => {
    if (delivery?.ok) {
      // Another process may have been faster; what it kept stands.
      if (outbox.settle(begun, now())) delivery.settle?.();
      return { outcome: 'delivered' };
    }
    const problem = delivery?.problem ?? unreadable;
    const pause = delivery === undefined ? undefined : pauseAfterFailure(row.channel, row.attempts, need.random());
    if (pause === undefined) outbox.bury(begun, now(), problem);
    else outbox.postpone(begun, now() + Math.round(pause), problem);
    return { outcome: pause === undefined ? 'dead' : 'failed', problem };
  };

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

  const wake = (): void => {
    if (looking) return;
    looking = true;
    // A listener of the outbox is inside a transaction, which has ended when this runs.
    setImmediate(() => {
      looking = false;
      try {
        look();
      } catch (error) {
        log.error({ err: error }, 'the outbox could not be read; the next round tries again');
      }
      tellIdle();
    });
  };

  const isIdle = (): boolean => !looking && channels.every((channel) => underWay[channel].size === 0);
  const tellIdle = (): void => {
    if (isIdle()) for (const resolve of waiters.splice(0)) resolve();
  };

  outbox.listen(wake);
  return {
    wake,
    async round() {
      look();
    },
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
  };
}

interface Taken {
  readonly outcome: 'delivered' | 'failed' | 'dead';
  readonly problem?: string;
}
