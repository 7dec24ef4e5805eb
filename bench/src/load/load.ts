import { reads } from './reads.ts';
import { type Codes, renewals } from './renewals.ts';

/** What a load process is told. */
export interface Load {
  /** `http://host:port`. */
  readonly url: string;
  readonly connections: number;
  readonly warmUpSeconds: number;
  /** How long is measured, or, with `requests`, how many are sent in all. */
  readonly seconds?: number;
  readonly requests?: number;
  /** Requests a second; as many as the server takes without. */
  readonly rate?: number;
  readonly asks:
    | { readonly what: 'renewals'; readonly secret: string; readonly codes: Codes }
    | { readonly what: 'reads'; readonly adminToken: string; readonly codes: Codes };
}

/** What a load process tells. */
export interface Measured {
  /** Of the whole load, its warm-up included. */
  readonly answers: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How much of one core the load itself took: near 1 it was the load that was measured. */
  readonly loadCpu: number;
}

/** Makes whole HTTP/1.1 requests, each a new one. */
export function requestsOf(url: string, asks: Load['asks']): () => string {
  const { host } = new URL(url);
  return asks.what === 'renewals' ? renewals({ host, ...asks }) : reads({ host, ...asks });
}

/** What every answer must hold. */
export const expectedOf = ({ what }: Load['asks']): string =>
  what === 'renewals' ? '"resultCode":"000000"' : '"status":"ACTIVE"';

/** Sums up what was counted in `ms` milliseconds. */
export function measured(
  answers: number,
  latencies: readonly number[],
  ms: number,
  { user, system }: NodeJS.CpuUsage,
): Measured {
  const sorted = Float64Array.from(latencies).sort();
  const percentile = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return {
    answers,
    requestsPerSecond: (sorted.length / ms) * 1000,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
    loadCpu: (user + system) / 1000 / ms,
  };
}
