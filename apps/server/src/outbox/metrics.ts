import { Counter, Gauge, type Registry } from 'prom-client';
import { type Channel, channels } from './tables.ts';

/** What GET /metrics shows of the outbox. */
export interface OutboxMetrics {
  readonly deliveries: Counter<'channel' | 'outcome'>;
}

/** What is left of one channel. */
export interface Backlog {
  readonly channel: Channel;
  readonly waiting: number;
  readonly dead: number;
  /** When the oldest that waits was put, milliseconds since the epoch; null when none does. */
  readonly oldestAt: number | null;
}

/** `backlog` is read when somebody asks; a channel it leaves out is empty. `now` in milliseconds since the epoch. */
export function createOutboxMetrics(
  registry: Registry,
  backlog: () => Promise<readonly Backlog[]>,
  now: () => number,
): OutboxMetrics {
  const registers = [registry];
  // One reading for all gauges of a scrape.
  let reading: Promise<readonly Backlog[]> | undefined;
  const read = (): Promise<readonly Backlog[]> => {
    reading ??= backlog().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const gauge = (name: string, help: string, value: (left: Backlog) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['channel'],
      registers,
      async collect() {
        // What cannot be told must not keep the rest from being told.
        const all = await read().catch(() => undefined);
        for (const channel of channels) {
          const left = all?.find((each) => each.channel === channel);
          const nothing = all === undefined ? Number.NaN : 0;
          this.set({ channel }, left === undefined ? nothing : value(left));
        }
      },
    });
  };
  gauge('koobridge_outbox_waiting', 'Events that have not been delivered yet, by channel', ({ waiting }) => waiting);
  gauge('koobridge_outbox_dead', 'Events that were given up, by channel', ({ dead }) => dead);
  gauge('koobridge_outbox_oldest_seconds', 'Age of the oldest event that waits, by channel', ({ oldestAt }) =>
    oldestAt === null ? 0 : Math.max(0, (now() - oldestAt) / 1_000),
  );
  return {
    deliveries: new Counter({
      name: 'koobridge_outbox_deliveries_total',
      help: 'Attempts to deliver an event, by channel and outcome',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
  };
}
