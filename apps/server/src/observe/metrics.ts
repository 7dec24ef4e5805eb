import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What GET /metrics shows, in Prometheus' text format. */
export interface Metrics {
  readonly registry: Registry;
  readonly callbacks: Counter<'activity' | 'result_code'>;
  readonly seconds: Histogram;
  readonly confirmations: Counter<'outcome'>;
}

/** What operators have to look at, counted when somebody asks. */
export interface Attention {
  frozenUnexpired(): Promise<number>;
  expiryUnconfirmed(): Promise<number>;
}

export function createMetrics(attention: Attention): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  counted(
    registers,
    'koobridge_licenses_frozen_unexpired',
    'Licenses that are frozen although their expiry lies ahead (R17)',
    () => attention.frozenUnexpired(),
  );
  counted(
    registers,
    'koobridge_licenses_expiry_unconfirmed',
    'Licenses whose expiry the store has not confirmed (R16)',
    () => attention.expiryUnconfirmed(),
  );
  return {
    registry,
    callbacks: new Counter({
      name: 'koobridge_callbacks_total',
      help: 'Callbacks answered, by activity ("refused" where none was reached) and result code',
      labelNames: ['activity', 'result_code'],
      registers,
    }),
    seconds: new Histogram({
      name: 'koobridge_callback_seconds',
      help: 'From the start of a callback to its answer',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
    confirmations: new Counter({
      name: 'koobridge_confirmations_total',
      help: 'Questions to the store about a license, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
  };
}

function counted(registers: Registry[], name: string, help: string, count: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers,
    async collect() {
      this.set(await count());
    },
  });
}
