import { describe, expect, it } from 'vitest';
import { consoleReport } from '../src/report/console.ts';
import { runAgainst, trials } from './kill-matrix/matrix.ts';

/** What sellers get wrong today, and by which words of which case the suite tells them. */
const ways: Readonly<Record<string, readonly (readonly [caseId: string, told: string])[]>> = {
  'no replay guard': [
    ['license.replay.same-bytes', 'Nothing remembers which nonces were used'],
    ['saas.replay.same-bytes', 'Nothing remembers which nonces were used'],
    ['kit.replay.same-bytes', 'Nothing remembers which nonces were used'],
    ['v1.replay.same-query', 'Nothing remembers which tokens were used'],
  ],
  'a replay guard in two steps': [['saas.replay.at-once', 'Check and insert are two steps']],
  'a replay guard that a restart empties': [['license.restart.replay', 'kept in the memory of the process']],
  'future timestamps accepted': [
    ['license.time.ahead-day', 'The clock is checked on one side only'],
    ['saas.time.ahead-outside', 'The clock is checked on one side only'],
    ['v1.time.ahead-day', 'never compared with the clock, or on one side only'],
  ],
  'signatures compared with ==': [
    ['license.sig.lower-case', 'compared as text, with =='],
    ['saas.sig.accepted', 'compared as text, with =='],
  ],
  'the key logged with the canonical string': [
    ['license.secret.log', 'whoever logs it to find a wrong signature logs the key'],
    ['v1.secret.log', 'whoever logs it to find a wrong signature logs the key'],
  ],
  'a missing instance dereferenced': [
    ['saas.order.unknown-refresh', 'used without asking whether it was found'],
    ['saas.order.unknown-query', 'used without asking whether it was found'],
    ['license.order.unknown-code-answered', 'used without asking whether it was found'],
    ['online-license.apply.unknown-instance', 'used without asking whether it was found'],
    ['v1-license.order.unknown-refresh', 'used without asking whether it was found'],
  ],
  'an unknown activity answered with HTTP 500': [
    ['license.activity.unknown', 'dispatched without a default branch'],
    ['order-notice.activity.constructor', 'an object with a prototype'],
    ['v1.activity.unknown', 'dispatched without a default branch'],
    ['kit.path.unknown', 'The error of a framework is no answer of yours'],
  ],
  'check, then insert: two retries make two instances': [
    ['saas.create.50-at-once', 'looked up and then inserted'],
    ['license.idem.renewal-50-at-once', 'looked up and then inserted'],
    ['v1.create.50-at-once', 'looked up and then inserted'],
    ['v1-license.create.50-at-once', 'looked up and then inserted'],
  ],
  'state lost on restart': [
    ['license.restart.state', 'kept in the memory of the process'],
    ['saas.restart.state', 'kept in the memory of the process'],
    ['v1.restart.state', 'kept in the memory of the process'],
  ],
  'saved cases that fail when the probes replay them': [
    ['saas.debug.any-order', 'Debugging calls are looked up like real ones'],
  ],
};

describe.concurrent.each(Object.entries(ways))('%s', (_way, told) => {
  it.each(told)('%s says: %s', { timeout: 60_000 }, async (caseId, words) => {
    const trial = trials.find(({ target }) => target.id === caseId);
    const report = await runAgainst(trial?.steps() ?? {}, [caseId], 1, true);
    expect(report.exitCode).toBe(1);
    const [block = ''] = consoleReport(report, 'en', 'conform').split('\n\n');
    expect(block).toContain(`FAILED ${caseId} `);
    expect(block).toMatch(/^ +seen +\S/m);
    expect(block).toContain(words);
  });
});
