import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger.ts';
import type { Work } from '../ledger/work.ts';
import { lineLimit } from '../observe/line-limit.ts';
import { attempt, type Deliver, type Delivery } from './attempt.ts';
import type { OutboxMetrics } from './metrics.ts';
import { type Claim, lineOf, type Outbox } from './outbox.ts';
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
/** How long after an attempt its outcome may still be written down, before another process takes the event. */
const keepingMs = 10_000;
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
  let looking: Promise<void> | undefined;
  let again = false;

  const look = async (): Promise<void> => {
    for (const channel of channels) {
      const deliver = need.channels[channel];
      const room = atOnce - underWay[channel].size;
      if (deliver === undefined || room <= 0 || stopping.aborted) continue;
      const here = underWay[channel];
      if ((await ledger.read(() => outbox.due(channel, now(), 1, here))).length === 0) continue;
      for (const claim of await claims(channel, room)) start(claim, deliver);
    }
  };

  /** Counts each attempt first: whatever it does to the process, or to the disk, the next one comes after a growing pause. */
  const claims = async (channel: Channel, room: number): Promise<readonly Claim[]> => {
    const until = now() + limitMs[channel] + keepingMs;
    const claim = () => outbox.claim(channel, now(), room, underWay[channel], until, pauseAfter);
    return (await written([lineOf(channel)], { channel }, claim))?.value ?? [];
  };

  const pauseAfter = ({ channel, attempts }: OutboxRow): number =>
    pauseAfterFailure(channel, attempts, need.random()) ?? longestPauseOf(channel);

  const start = (claim: Claim, deliver: Deliver): void => {
    const { channel, id } = claim.before;
    const here = underWay[channel];
    here.add(id);
    void handle(claim, deliver).then((kept) => {
      here.delete(id);
      // What could not be written down stays taken for a while, and nothing new is due.
      if (kept) wake();
      else tellIdle();
    });
  };

  /** Whether the outcome was kept. Never rejects. */
  const handle = async (claim: Claim, deliver: Deliver): Promise<boolean> => {
    const { before, begun } = claim;
    const event = outbox.open(before);
    const delivery = wasLast(before.channel, before.attempts)
      ? ended
      : event === undefined
        ? undefined
        : await attempt(deliver, event, limitMs[before.channel], stopping);
    if (delivery === 'stopped' || (stopping.aborted && !delivery?.ok)) {
      const isOver = stopping.reason === 'crashed';
      // If that fails it is taken up all the same, only later.
      await written([before.subject], { event: before.event_id }, () =>
        isOver ? outbox.release(begun) : outbox.giveBack(claim),
      );
      return false;
    }
    if (await keep(claim, delivery)) return true;
    // Whatever came of the attempt, a defect in keeping it must not repeat the attempt without a pause.
    return stopping.aborted ? false : keep(claim, { ok: false, problem: 'its outcome could not be kept' });
  };

  /** What a transaction of its own returned; undefined, and a line in the log, where it could not be written. */
  const written = async <T>(
    touches: readonly string[],
    about: { readonly event: string } | { readonly channel: Channel },
    work: () => Work<T>,
  ): Promise<{ readonly value: T } | undefined> => {
    try {
      return { value: await ledger.run(touches, work) };
    } catch (error) {
      const heldBack = unwrittenLines.pass();
      if (stopping.aborted || heldBack === undefined) return undefined;
      log.error({ err: error, ...about, ...(heldBack > 0 && { heldBack }) }, 'the outbox could not be written to');
      return undefined;
    }
  };

  const keep = async (claim: Claim, delivery: Delivery | undefined): Promise<boolean> => {
    const { subject, event_id: event } = claim.before;
    const touches = [subject, ...((delivery?.ok && delivery.touches) || [])];
    const taken = await written(touches, { event }, () => take(claim, delivery));
    if (taken === undefined) return false;
    const { outcome, problem } = taken.value;
    need.metrics.deliveries.labels(claim.before.channel, outcome).inc();
    tell(claim.before, outcome, problem);
    return true;
  };

  function* take({ before, begun }: Claim, delivery: Delivery | undefined): Work<Taken> {
    if (delivery?.ok) {
      // Another process may have been faster; what it kept stands.
      if ((yield* outbox.settle(begun, now())) && delivery.settle !== undefined) yield* delivery.settle();
      return { outcome: 'delivered' };
    }
    const problem = delivery?.problem ?? unreadable;
    const pause =
      delivery === undefined ? undefined : pauseAfterFailure(before.channel, before.attempts, need.random());
    if (pause === undefined) yield* outbox.bury(begun, now(), problem);
    else yield* outbox.postpone(begun, now() + Math.round(pause), problem);
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
