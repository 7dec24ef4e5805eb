import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KeyRings } from '@koobridge/contracts';
import { makeCredentials } from '@koobridge/scripts/credentials';
import { type RunningProcess, server, startProcess } from '@koobridge/scripts/processes';
import { figureOf } from './figures.ts';
import { type Load, type Measured, requestsOf } from './load/load.ts';
import { paced } from './load/paced.ts';
import { keep } from './results.ts';

/**
 * `npx -y pnpm@12 flood [kind]`: how long signed calls wait while 200 connections send what nobody signed, as fast as it
 * is answered, or 10,000 are open and send nothing, against how long they wait otherwise; in one run, in alternating
 * rounds. Exit 1 if the 99th percentile under a flood of all kinds is more than five times the usual one.
 */
const callers = 16;
const perSecond = 200;
const seconds = 3;
const rounds = 3;
const target = 5;
const nothing = 'nothing';
const connections: Readonly<Record<string, number>> = { [nothing]: 10_000 };
const everyKind = [
  'no token',
  'wrong signature',
  'wrong signature, 64 KiB',
  'wrong signature, 1 MiB',
  'wrong signature, 70,000 members',
  'wrong signature, 1 MiB to the Kit',
  'too large, 2 MiB',
  'unknown paths',
  'other paths',
  'no HTTP',
  'all',
  nothing,
];
const kinds = process.argv[2] === undefined ? everyKind : [process.argv[2]];

const directory = mkdtempSync(join(tmpdir(), 'koobridge-flood-'));
const credentials = makeCredentials();
const secret = KeyRings.parse(JSON.parse(credentials['KOOBRIDGE_KEYS'] ?? '{}')).license[0]?.secret ?? '';
const ours = await startProcess({
  name: 'koobridge-server',
  command: server,
  env: {
    ...credentials,
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: `sqlite:${join(directory, 'server.db')}`,
    LOG_LEVEL: 'error',
  },
});
const asks: Load['asks'] = { what: 'renewals', secret, codes: { from: 0, count: 10_000, choose: 'any' } };
const call = (): Promise<Measured> =>
  paced(
    { url: ours.url, connections: callers, warmUpSeconds: 0, seconds, asks },
    perSecond,
    requestsOf(ours.url, asks),
  );

/** Resident memory of the server in MiB. */
const memory = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${ours.child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

let attack: RunningProcess | undefined;
let answered = 0;

/** Signed calls while an attack goes on. `before` is the memory in MiB that the server had until then. */
async function underFlood(kind: string, before: number): Promise<Measured> {
  const count = connections[kind] ?? 200;
  attack = await startProcess({
    name: 'the attack',
    command: [process.execPath, 'bench/src/flood-attack.ts', ours.url, kind, String(count)],
    env: {},
    onLine: (line) => {
      answered = Number(/^answered (\d+)/.exec(line)?.[1] ?? answered);
    },
  });
  // Its first calls come all at once; a flood is what goes on.
  await sleep(500);
  const measured = await call();
  tell(kind, measured);
  if (kind === nothing) console.log(`${Math.round(((memory() - before) * 1024) / count)} KiB for each connection`);
  await attack.stop();
  attack = undefined;
  console.log(`${answered} calls were refused`);
  await sleep(500);
  return measured;
}

const tell = (name: string, { p50Ms, p99Ms }: Measured): void =>
  console.log(`${name.padEnd(34)} p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, ${memory().toFixed(0)} MiB`);

process.once('SIGTERM', () => {
  void Promise.all([attack?.stop(), ours.stop()]).finally(() => process.exit(1));
});

try {
  await call();
  const ratios = new Map<string, number[]>(kinds.map((kind) => [kind, []]));
  for (let round = 1; round <= rounds; round += 1) {
    console.log(`round ${round}`);
    for (const kind of kinds) {
      const before = await call();
      tell('without', before);
      const mebibytes = memory();
      ratios.get(kind)?.push((await underFlood(kind, mebibytes)).p99Ms / before.p99Ms);
    }
  }
  console.log(`\n99th percentile under a flood ÷ without, median of ${rounds} rounds (lowest to highest)`);
  for (const [kind, measured] of ratios) {
    const figure = figureOf(measured);
    const [lowest, highest] = figure.spread;
    console.log(`${kind.padEnd(34)} ${figure.value} (${lowest} to ${highest})`);
    if (kind !== 'all') continue;
    keep({ flood_p99_ratio: figure });
    if (figure.value > target) process.exitCode = 1;
  }
} finally {
  await Promise.all([attack?.stop(), ours.stop()]);
  rmSync(directory, { recursive: true, force: true });
}
