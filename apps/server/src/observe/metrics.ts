import { activities, kitActivities, resultCode, v1Activities } from '@koobridge/contracts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Attention } from '../admin/queries.ts';
import { refusalReasons } from './reasons.ts';

const activityNames = [...new Set([activities, kitActivities, v1Activities].flatMap((each) => Object.keys(each)))];

/** What GET /metrics shows, in Prometheus' text format. */
export interface Metrics {
  readonly registry: Registry;
  readonly callbacks: Counter<'activity' | 'result_code'>;
  /** By reason; every callback that was neither taken nor will be by a repetition of it as it is. */
  readonly refused: Counter<'reason'>;
  /** By activity: calls of the store, about something real, that were not taken. */
  readonly failedCalls: Counter<'activity'>;
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
    refused: fromZero(
      new Counter({
        name: 'koobridge_callbacks_refused_total',
        help: 'Callbacks answered neither 000000 nor 000004, by reason',
        labelNames: ['reason'],
        registers,
      }),
      [...refusalReasons],
    ),
    failedCalls: fromZero(
      new Counter({
        name: 'koobridge_failed_calls_total',
        help: 'Verified calls of the store, debugging left out, answered neither 000000 nor 000004, by activity',
        labelNames: ['activity'],
        registers,
      }),
      activityNames,
    ),
    orderLines: fromZero(
      new Counter({
        name: 'koobridge_order_lines_total',
        help: 'Callbacks with an order line or event of their own: applied, repeated, or in conflict with what was applied (R15)',
        labelNames: ['outcome'],
        registers,
      }),
      ['applied', 'repeated', 'conflict'],
    ),
    debuggingCalls: fromZero(
      new Counter({
        name: 'koobridge_debugging_calls_total',
        help: 'Calls of the debugging page and probes that verified, by result code (R12)',
        labelNames: ['result_code'],
        registers,
      }),
      Object.values(resultCode),
    ),
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

/** Lets every series begin before its first event: an increase from nothing to one would be seen by nobody. */
function fromZero<Label extends string>(counter: Counter<Label>, values: readonly string[]): Counter<Label> {
  for (const value of values) counter.labels(value).inc(0);
  return counter;
}

const words = { licenses: 'Licenses', instances: 'Instances' } as const;
