import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arms, startProfiled } from './arms.ts';
import { asks } from './callbacks.ts';
import { writePart } from './documents.ts';
import { loadFromAProcess } from './load-process.ts';
import { removePostgres } from './postgres.ts';
import { type CpuProfile, shares } from './profile-areas.ts';
import { markdown } from './table.ts';

/**
 * `npx -y pnpm@12 bench:profile [sqlite|postgres]`: on what the server's thread spends its time under full load, by area;
 * printed, and written to docs/performance.md.
 */
const on = process.argv[2] ?? 'sqlite';
if (on !== 'sqlite' && on !== 'postgres') throw new Error('profile takes sqlite or postgres');

const directory = mkdtempSync(join(tmpdir(), 'koobridge-profile-'));
try {
  const begun = performance.now();
  const running = await startProfiled(on, directory);
  const { url } = running.process;
  const startingMs = performance.now() - begun;
  const warmUpSeconds = 3;
  const measured = await loadFromAProcess({ url, connections: 64, warmUpSeconds, seconds: 10, asks });
  await running.stop();
  const file = readdirSync(directory).find((name) => name.endsWith('.cpuprofile')) ?? '';
  const profile = JSON.parse(readFileSync(join(directory, file), 'utf8')) as CpuProfile; // as Node.js writes it
  const areas = shares(profile, startingMs + warmUpSeconds * 1000);
  const percent = (share: number): string => (100 * share).toFixed(1);
  console.log(`${arms[on].name}: ${measured.requestsPerSecond.toFixed(0)} requests/s while being profiled`);
  for (const { area, share, functions } of areas) {
    console.log(`${percent(share).padStart(5)} %  ${area}`);
    for (const each of functions) console.log(`           ${percent(each.share).padStart(5)} %  ${each.name}`);
  }
  const rows = areas.filter(({ share }) => share >= 0.005).map(({ area, share }) => [area, `${percent(share)} %`]);
  writePart(
    'docs/performance.md',
    `profile-${on}`,
    markdown([[arms[on].name, 'of its time'], ['---', '--:'], ...rows]),
  );
} finally {
  await removePostgres();
  rmSync(directory, { recursive: true, force: true });
}
