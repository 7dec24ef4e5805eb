import { expect, it } from 'vitest';
import { callsOf } from '../src/cases/registry.ts';
import { NotObservable } from '../src/flow/endings.ts';
import { openFlow } from '../src/flow/open-flow.ts';
import { createClient } from '../src/http/send.ts';
import { allCases, profiles } from '../src/index.ts';
import { runCase } from '../src/run/run-case.ts';
import { literal } from '../src/text.ts';
import { keys } from './reference/keys.ts';

const [anyCase] = allCases;

function flow() {
  return openFlow({
    address: 'http://127.0.0.1:9',
    profile: profiles.license,
    calls: callsOf('license'),
    keys,
    retiredKeys: undefined,
    seed: 's',
    caseId: 'c',
    client: createClient(1),
    limits: { ms: 1000, bytes: 1000 },
    probe: undefined,
    clockSkewMs: 0,
    licenses: undefined,
    restart: undefined,
    serverLog: undefined,
  });
}

it('a case that throws anything else has crashed, and says where', async () => {
  if (anyCase === undefined) throw new Error('there are cases');
  const broken = { ...anyCase, run: () => Promise.reject(new TypeError('undefined is no function')) };
  const { verdict, reason } = await runCase(broken, flow(), false);
  expect(verdict).toBe('crashed');
  expect(reason?.en).toContain('undefined is no function');
});

it('a case that cannot see its effect has not passed', async () => {
  if (anyCase === undefined) throw new Error('there are cases');
  const blind = { ...anyCase, run: () => Promise.reject(new NotObservable(literal('needs eyes'))) };
  expect((await runCase(blind, flow(), true)).verdict).toBe('not-observable');
});
