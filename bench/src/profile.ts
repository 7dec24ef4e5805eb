import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arms, startProfiled } from './arms.ts';
import { asks } from './callbacks.ts';
import { writePart } from './documents.ts';
import { loadFromAProcess } from './load-process.ts';
import { removePostgres } from './postgres.ts';
import { type CpuProfile, shares, type Thread } from './profile-areas.ts';
import { markdown } from './table.ts';

/**
 * `npx -y pnpm@12 bench:profile [sqlite|postgres]`: on what the server's threads spend their time under full load, by area;
 * printed, and written to docs/performance.md.
 */
const on = process.argv[2] ?? 'sqlite';
if (on !== 'sqlite' && on !== 'postgres') throw new Error('profile takes sqlite or postgres');

const directory = mkdtempSync(join(tmpdir(), 'koobridge-profile-'));
try {
  const begun = performance.now();
  const running = await startProfiled(on, directory);
  const { url } = running.process;
  const load = { url, connections: 64, warmUpSeconds: 0, asks };
  await loadFromAProcess({ ...load, requests: 15_000 });
  const warmMs = performance.now() - begun;
  const measured = await loadFromAProcess({ ...load, seconds: 10 });
  await running.stop();
  console.log(`${arms[on].name}: ${measured.requestsPerSecond.toFixed(0)} requests/s while being profiled`);
  const tables = readdirSync(directory)
    .filter((file) => file.endsWith('.cpuprofile'))
    .sort((a, b) => threadOf(a) - threadOf(b))
    .map((file) => {
      const profile = JSON.parse(readFileSync(join(directory, file), 'utf8')) as CpuProfile; // as Node.js writes it
      return tableOf(threadOf(file), shares(profile, warmMs));
    });
  writePart('docs/performance.md', `profile-${on}`, tables.join('\n\n'));
} finally {
  await removePostgres();
  rmSync(directory, { recursive: true, force: true });
}

/** The number of a thread, which Node.js puts into the name of its profile; that of the event loop is 0. */
function threadOf(file: string): number {
  return Number(file.split('.').at(-3));
}

/** Prints what a thread did, and gives it as a table of Markdown. */
function tableOf(thread: number, { busy, areas }: Thread): string {
  const percent = (share: number): string => (100 * share).toFixed(1);
  const name = `${thread === 0 ? 'the event loop' : 'the thread that writes'}, busy for ${percent(busy)} % of the time`;
  console.log(name);
  for (const { area, share, functions } of areas) {
    console.log(`${percent(share).padStart(5)} %  ${area}`);
    for (const each of functions) console.log(`           ${percent(each.share).padStart(5)} %  ${each.name}`);
  }
  const rows = areas.filter(({ share }) => share >= 0.005).map(({ area, share }) => [area, `${percent(share)} %`]);
  return markdown([[name, 'of that'], ['---', '--:'], ...rows]);
}
