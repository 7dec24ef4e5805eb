import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Arm, Running } from './arms.ts';
import { check } from './check.ts';
import type { Load, Measured } from './load/load.ts';
import { loadFromAProcess } from './load-process.ts';
import { cpuMicroseconds } from './usage.ts';

/** How long and how often everything is measured. */
export interface Plan {
  readonly connections: number;
  readonly rounds: number;
  /** That a server answers first: by then its code is compiled, however fast the machine is. */
  readonly warmUpRequests: number;
  readonly seconds: number;
}

export interface Contender {
  readonly arm: Arm;
  readonly asks: Load['asks'];
}

/** What one round measured. */
export interface Round extends Measured {
  /** Microseconds of CPU that the server, without its database, took for each answer: steadier than its rate. */
  readonly serverCpu: number;
}

/** For the load's own code, and its connections. */
const loadWarmUpSeconds = 0.5;

export type Raw = Record<string, Round[]>;

/**
 * Measures each contender once a round, in a fresh process, and turns the order each round, so that none always runs on
 * the warmer machine. Answers are checked before anything is timed. Gives the rounds of each, by name.
 */
export async function compare(contenders: readonly Contender[], plan: Plan): Promise<Raw> {
  const raw: Raw = Object.fromEntries(contenders.map(({ arm }) => [arm.name, []]));
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const contender of round % 2 === 1 ? contenders : contenders.toReversed()) {
      const measured = await measure(contender, plan);
      raw[contender.arm.name]?.push(measured);
      console.log(`round ${round}  ${contender.arm.name.padEnd(40)} ${line(measured)}`);
    }
  }
  return raw;
}

/** One round of one contender; at a fixed `rate` of requests a second, or as many as it takes. */
export async function measure({ arm, asks }: Contender, plan: Plan, rate?: number): Promise<Round> {
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-bench-'));
  let running: Running | undefined;
  try {
    running = await arm.start(directory);
    const { url } = running.process;
    await check(url, arm, asks);
    const { connections, warmUpRequests, seconds } = plan;
    const paced = rate === undefined ? {} : { rate };
    const { pid } = running.process.child;
    await loadFromAProcess({ url, connections, warmUpSeconds: 0, requests: warmUpRequests, asks });
    const before = cpuMicroseconds(pid);
    const measured = await loadFromAProcess({
      url,
      connections,
      warmUpSeconds: loadWarmUpSeconds,
      seconds,
      asks,
      ...paced,
    });
    return { ...measured, serverCpu: (cpuMicroseconds(pid) - before) / measured.answers };
  } finally {
    await running?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

export const line = ({ requestsPerSecond, p50Ms, p99Ms, serverCpu, loadCpu }: Round): string =>
  `${requestsPerSecond.toFixed(0).padStart(7)} requests/s   p50 ${p50Ms.toFixed(2)} ms   p99 ${p99Ms.toFixed(2)} ms   ` +
  `server ${serverCpu.toFixed(1)} µs each   load ${(100 * loadCpu).toFixed(0)} % of a core`;
