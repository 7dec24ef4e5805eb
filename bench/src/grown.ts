import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Arm, adminToken, arms, type Running, secret, startServerOn } from './arms.ts';
import { compare, type Plan, type Raw } from './compare.ts';
import { type FigureName, figureOf, median, ratios } from './figures.ts';
import type { Codes } from './load/renewals.ts';
import { loadFromAProcess } from './load-process.ts';
import type { Figure } from './results.ts';
import { residentMebibytes } from './usage.ts';

/** How many codes the databases of this comparison hold. */
export interface Sizes {
  readonly small: number;
  /** Memory is looked at after so many callbacks, and after `large`. */
  readonly early: number;
  readonly large: number;
}

/**
 * What a database that has grown costs: the server is given each code once over HTTP, its memory looked at on the way,
 * and the file that it leaves is then read and renewed. Seeding is part of what is measured, so nothing is faked.
 */
export async function measureGrown(
  wanted: ReadonlySet<FigureName>,
  plan: Plan,
  sizes: Sizes,
): Promise<{ readonly figures: Partial<Record<FigureName, Figure>>; readonly raw: Raw }> {
  const figures: Partial<Record<FigureName, Figure>> = {};
  const raw: Raw = {};
  const [rss, reads, growth] = ['rss_growth', 'license_reads_vs_bare_koa', 'growth_10k_to_1m'] as const;
  if (![rss, reads, growth].some((name) => wanted.has(name))) return { figures, raw };
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-bench-grown-'));
  try {
    const large = join(directory, 'large.db');
    const memory = await seed(large, [sizes.early, sizes.large], plan);
    if (wanted.has(rss)) figures[rss] = growthOf(memory);

    const all = (count: number): Codes => ({ from: 0, count, choose: 'any' });
    if (wanted.has(reads)) {
      const asks = { what: 'reads', adminToken, codes: all(sizes.large) } as const;
      const bare = { ...arms.bareKoa, name: 'bare Koa, asked by GET' };
      const stored = grown(`koobridge-server, one of ${sizes.large} codes read`, large);
      Object.assign(
        raw,
        await compare(
          [
            { arm: bare, asks },
            { arm: { ...stored, refuses: [] }, asks },
          ],
          plan,
        ),
      );
      figures[reads] = ratios(rates(raw, stored), rates(raw, bare));
    }
    if (wanted.has(growth)) {
      const small = join(directory, 'small.db');
      await seed(small, [sizes.small], plan);
      const contenders = [
        { arm: grown(`koobridge-server, ${sizes.small} codes stored`, small), count: sizes.small },
        { arm: grown(`koobridge-server, ${sizes.large} codes stored`, large), count: sizes.large },
      ].map(({ arm, count }) => ({ arm, asks: { what: 'renewals', secret, codes: all(count) } as const }));
      Object.assign(raw, await compare(contenders, plan));
      const [few, many] = contenders.map(({ arm }) => rates(raw, arm));
      figures[growth] = ratios(many ?? [], few ?? []);
    }
    return { figures, raw };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const grown = (name: string, file: string): Arm => ({ ...arms.sqlite, name, start: () => startServerOn(file) });

const rates = (raw: Raw, { name }: Arm): number[] =>
  (raw[name] ?? []).map(({ requestsPerSecond }) => requestsPerSecond);

/** Sends as many codes as the last of `counts`, each once, and gives the samples of memory after each count. */
async function seed(file: string, counts: readonly number[], { connections }: Plan): Promise<number[][]> {
  const running = await startServerOn(file);
  const samples: number[][] = [];
  let from = 0;
  try {
    for (const count of counts) {
      const codes: Codes = { from, count: count - from, choose: 'each' };
      const { requestsPerSecond } = await loadFromAProcess({
        url: running.process.url,
        connections,
        warmUpSeconds: 0,
        requests: codes.count,
        asks: { what: 'renewals', secret, codes },
      });
      from = count;
      const memory = await sampled(running);
      samples.push(memory);
      console.log(
        `${count} codes stored, ${requestsPerSecond.toFixed(0)} requests/s, ${median(memory).toFixed(0)} MiB`,
      );
    }
    return samples;
  } finally {
    await running.stop();
  }
}

/** For two seconds, in which what is no longer needed may go. */
async function sampled({ process: { child } }: Running): Promise<number[]> {
  const samples: number[] = [];
  for (let sample = 0; sample < 10; sample += 1) {
    await sleep(200);
    samples.push(residentMebibytes(child.pid));
  }
  return samples;
}

/** The medians, and how far apart any two samples are. */
function growthOf([before = [], after = []]: readonly (readonly number[])[]): Figure {
  const extremes = [Math.min(...after) / Math.max(...before), Math.max(...after) / Math.min(...before)];
  const { value } = figureOf([median(after) / median(before)]);
  return { value, spread: figureOf(extremes).spread };
}
