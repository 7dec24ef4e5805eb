import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSuite, type SuiteReport } from '@koobridge/conformance';
import { freePort, type ProcessToStart, startProcess } from '@koobridge/scripts/processes';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasPython, python, pythonEnv } from './python.ts';
import { temporaryDirectory } from './temporary.ts';

const ring = (name: string) =>
  [1, 2].map((number) => ({ id: `${name}-${number}`, secret: `key-${number}-of-${name}` }));
const keys = { license: ring('license'), base: ring('base'), kit: [], general: [], v1: [] };
/** Those of a rotation that is over. */
const retired = (name: string) => [{ id: `${name}-0`, secret: `key-0-of-${name}` }];
const retiredKeys = { license: retired('license'), base: retired('base'), kit: [], general: [], v1: [] };
const token = 'an-admin-token-of-the-examples';

/** Runs the suite for License codes and SaaS against a seller, which it may restart and whose log it may read. */
async function suiteAgainst(script: string, environment: Readonly<Record<string, string>> = {}): Promise<SuiteReport> {
  const logged: string[] = [];
  const seller: ProcessToStart = {
    name: script,
    command: [python, `examples/${script}`],
    env: {
      ...pythonEnv,
      KOOBRIDGE_KEYS: JSON.stringify(keys),
      KOOBRIDGE_ADMIN_TOKEN: token,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      ...environment,
    },
    onLine: (line) => logged.push(line),
  };
  let running = await startProcess(seller);
  try {
    return await runSuite({
      address: running.url,
      keys,
      retiredKeys,
      profiles: ['license', 'saas'],
      strict: true,
      probe: { url: `${new URL(running.url).origin}/admin`, token },
      restart: async () => {
        await running.stop();
        running = await startProcess(seller);
      },
      serverLog: async () => logged.join('\n'),
    });
  } finally {
    await running.stop();
  }
}

describe.runIf(hasPython)('the faithful Python seller', { timeout: 120_000 }, () => {
  it('conforms for License codes and SaaS, strictly', async () => {
    const { results, exitCode } = await suiteAgainst('python-seller/seller.py', {
      DATABASE: join(temporaryDirectory(), 'seller.db'),
    });
    const others = results.filter(({ verdict }) => verdict !== 'passed');
    expect(others.map(({ case: { id }, verdict, deviation, reason }) => ({ id, verdict, deviation, reason }))).toEqual(
      [],
    );
    expect(exitCode).toBe(0);
  });
});

describe.runIf(hasPython)('the careless seller', { timeout: 120_000 }, () => {
  let report: SuiteReport;

  beforeAll(async () => {
    report = await suiteAgainst('careless-seller/seller.py');
  }, 120_000);

  it('does not conform', () => {
    expect(report.exitCode).toBe(1);
    expect(report.counts.crashed).toBe(0);
  });

  it.each([
    ['no replay guard', 'license.replay.same-bytes', 'Nothing remembers which nonces were used'],
    ['future timestamps', 'license.time.ahead-day', 'The clock is checked on one side only'],
    ['compared with ==', 'license.sig.lower-case', 'compared as text, with =='],
    ['the key in the log', 'license.secret.log', 'logs the key'],
    ['a missing instance dereferenced', 'saas.order.unknown-refresh', 'without asking whether it was found'],
    ['an unknown activity is an HTTP 500', 'saas.activity.unknown', 'dispatched without a default branch'],
    ['check, then insert', 'saas.create.50-at-once', 'looked up and then inserted'],
    ['state lost on restart', 'saas.restart.state', 'kept in the memory of the process'],
  ])('%s: the text names the mistake', (_mistake, id, told) => {
    const result = report.results.find(({ case: each }) => each.id === id);
    expect(result?.verdict).toBe('failed');
    expect(result?.case.mistake?.en).toContain(told);
  });

  it('makes each of these mistakes where its source says so', () => {
    const source = readFileSync(join(import.meta.dirname, '../careless-seller/seller.py'), 'utf8');
    expect(source.match(/# Mistake: /g)).toHaveLength(8);
  });
});
