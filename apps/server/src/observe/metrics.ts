import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Attention } from '../admin/queries.ts';

/** What GET /metrics shows, in Prometheus' text format. */
export interface Metrics {
  readonly registry: Registry;
  readonly callbacks: Counter<'activity' | 'result_code'>;
  /** By reason; every callback that was neither taken nor will be by a repetition of it as it is. */
  readonly refused: Counter<'reason'>;
  readonly orderLines: Counter<'outcome'>;
  readonly debuggingCalls: Counter<'result_code'>;
  readonly seconds: Histogram;
  readonly commitSize: Histogram;
  readonly handlerFailures: Counter<'handler'>;
  readonly confirmations: Counter<'outcome'>;
}

/** Counts what operators have to look at; asked when somebody asks for the metrics. */
export type CountAttention = (attention: Attention) => Promise<number>;

export function createMetrics(count: CountAttention): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, attention: Attention): void => {
    counted(registers, name, help, () => count(attention));
  };
  for (const subjects of ['licenses', 'instances'] as const) {
    const frozen = `${words[subjects]} that are frozen although their expiry lies ahead (R17)`;
    gauge(`koobridge_${subjects}_frozen_unexpired`, frozen, { of: subjects, kind: 'frozen-unexpired' });
    const unconfirmed = `${words[subjects]} whose expiry the store has not confirmed (R16)`;
    gauge(`koobridge_${subjects}_expiry_unconfirmed`, unconfirmed, { of: subjects, kind: 'expiry-unconfirmed' });
  }
  const pending = 'Instances that the provisioning handler has not made yet';
  gauge('koobridge_instances_provisioning', pending, { of: 'instances', kind: 'provisioning' });
  return {
    registry,
    callbacks: new Counter({
      name: 'koobridge_callbacks_total',
      help: 'Callbacks answered, by activity ("refused" where none was reached) and result code',
      labelNames: ['activity', 'result_code'],
      registers,
    }),
    refused: new Counter({
      name: 'koobridge_callbacks_refused_total',
      help: 'Callbacks answered neither 000000 nor 000004, by reason',
      labelNames: ['reason'],
      registers,
    }),
    orderLines: new Counter({
      name: 'koobridge_order_lines_total',
      help: 'Callbacks with an order line or event of their own: applied, repeated, or in conflict with what was applied (R15)',
      labelNames: ['outcome'],
      registers,
    }),
    debuggingCalls: new Counter({
      name: 'koobridge_debugging_calls_total',
      help: 'Calls of the debugging page and probes that verified, by result code (R12)',
      labelNames: ['result_code'],
      registers,
    }),
    commitSize: new Histogram({
      name: 'koobridge_commit_callbacks',
      help: 'Callbacks that share one commit',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    }),
    handlerFailures: new Counter({
      name: 'koobridge_answering_failures_total',
      help: 'Answering handlers that threw, took too long or answered nonsense, by handler',
      labelNames: ['handler'],
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
      help: 'Questions to the store, by outcome',
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
      // What cannot be told must not keep the rest from being told.
      this.set(await count().catch(() => Number.NaN));
    },
  });
}

const words = { licenses: 'Licenses', instances: 'Instances' } as const;
