import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyRings } from '@koobridge/contracts';
import { makeCredentials } from '@koobridge/scripts/credentials';
import { type RunningProcess, root, server, startProcess } from '@koobridge/scripts/processes';
import { renewals } from './callbacks.ts';
import { type Round, run } from './load.ts';

/** `npx -y pnpm@12 bench`: the server against a bare Koa, and a token against stripe-node's webhook check, in one run, in alternating rounds. */
const connections = 64;
const seconds = 5;
const warmUpSeconds = 3;
const rounds = 5;

// Before anything else runs: it takes one core, and a few seconds.
// verify.ts prints exactly this.
const verification = JSON.parse(
  execFileSync(process.execPath, [join(root, 'bench/src/verify.ts')], { encoding: 'utf8' }),
) as { tokenMicroseconds: number; stripeMicroseconds: number; ratio: number; spread: number[] };
console.log(
  `verifying one token of a 230-byte body   ${verification.tokenMicroseconds.toFixed(1)} µs, stripe-node’s constructEvent ${verification.stripeMicroseconds.toFixed(1)} µs\nratio ${verification.ratio.toFixed(2)} (${verification.spread.map((each) => each.toFixed(2)).join(' to ')})\n`,
);

const directory = mkdtempSync(join(tmpdir(), 'koobridge-bench-'));
const credentials = makeCredentials();
const secret = KeyRings.parse(JSON.parse(credentials['KOOBRIDGE_KEYS'] ?? '{}')).license[0]?.secret ?? '';

const bare = await startProcess({ name: 'bare Koa', command: [process.execPath, 'bench/src/bare-koa.ts'], env: {} });
const ours = await startProcess({
  name: 'koobridge-server',
  command: server,
  env: { ...credentials, HOST: '127.0.0.1', PORT: '0', DATABASE_URL: `sqlite:${join(directory, 'server.db')}` },
});

async function measure({ url }: RunningProcess, duration: number): Promise<Round> {
  const request = renewals(new URL(url).host, '/production', secret);
  return run({ url, connections, seconds: duration, request, expected: '"resultCode":"000000"' });
}

try {
  const results = new Map<RunningProcess, Round[]>([
    [bare, []],
    [ours, []],
  ]);
  for (const target of results.keys()) await measure(target, warmUpSeconds);
  for (let round = 1; round <= rounds; round += 1) {
    // The order turns each round, so that neither always runs on the warmer machine.
    for (const target of round % 2 === 1 ? [bare, ours] : [ours, bare]) {
      const measured = await measure(target, seconds);
      results.get(target)?.push(measured);
      console.log(`round ${round}  ${target.name.padEnd(16)} ${line(measured)}`);
    }
  }
  const [a, b] = [median(results.get(bare) ?? []), median(results.get(ours) ?? [])];
  console.log(`
median of ${rounds} rounds of ${seconds} s, ${connections} connections, a fresh token for every request
a  bare Koa, reads the body and answers            ${line(a)}
b  koobridge-server, each renewal durable          ${line(b)}
ratio b/a                                          ${(b.requestsPerSecond / a.requestsPerSecond).toFixed(3)}`);
} finally {
  await Promise.all([bare.stop(), ours.stop()]);
  rmSync(directory, { recursive: true, force: true });
}

function median(measured: readonly Round[]): Round {
  const middle = (pick: (round: Round) => number): number =>
    measured.map(pick).sort((x, y) => x - y)[Math.floor(measured.length / 2)] ?? 0;
  return {
    requestsPerSecond: middle((round) => round.requestsPerSecond),
    p50Ms: middle((round) => round.p50Ms),
    p99Ms: middle((round) => round.p99Ms),
  };
}

function line({ requestsPerSecond, p50Ms, p99Ms }: Round): string {
  return `${requestsPerSecond.toFixed(0).padStart(7)} requests/s   p50 ${p50Ms.toFixed(2)} ms   p99 ${p99Ms.toFixed(2)} ms`;
}
