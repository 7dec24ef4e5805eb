import { expect, test } from 'vitest';
import type { DebuggingCase } from '../../src/debugging/case.ts';
import { composeRequest } from '../../src/debugging/compose.ts';
import { beginProbes } from '../../src/probes/begin.ts';
import { answering, memoryMarket } from '../memory-market.ts';

/** A marketplace with one saved case, which ended before its probe had left. */
function interrupted(takes: boolean) {
  const market = memoryMarket(
    Date.UTC(2027, 0, 1, 9),
    answering(() => takes),
  );
  const { records } = market.parts;
  const composed = composeRequest('orderNotify', {});
  if (!composed.ok) throw new Error(composed.error);
  const { members } = composed;
  const saved: DebuggingCase = {
    id: 'case-1',
    listing: 'saas-announced',
    interface: 'orderNotify',
    members,
    savedAt: 0,
    lastMessage: 0,
  };
  records.debuggingCases.save(saved);
  records.transaction(() => beginProbes(records));
  return market;
}

test.each([
  [true, 'SUCCEEDED', []],
  [false, 'STOPPED', ['PROBE_FAILED']],
] as const)('a probe that was under way when the marketplace ended is taken up (%s)', async (takes, status, kinds) => {
  const market = interrupted(takes);
  const { records } = market.parts;
  await market.delivery.resume();
  expect(records.messages.list({ limit: 10 })).toMatchObject([{ purpose: 'PROBE', status }]);
  expect(records.notices.list({ limit: 10 }).map(({ kind }) => kind)).toEqual(kinds);
  expect(records.standings.of('saas-announced').probeFailureDays).toBe(takes ? 0 : 1);
});
