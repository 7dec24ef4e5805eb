import { activities, kitActivities, v1Activities } from '@koobridge/contracts';
import * as fc from 'fast-check';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type AnsweredCall, observeCallbacks } from '../../src/observe/callbacks.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { refusalReasons } from '../../src/observe/reasons.ts';
import { startSeller } from '../seller.ts';

const names = [activities, kitActivities, v1Activities].flatMap((each) => Object.keys(each));

/** Names of the server's own, and whatever a stranger may write. */
const name = fc.oneof(
  fc.constantFrom('newInstance', 'tenantSync', 'getLicense', 'nonce-replayed', 'schema', '__proto__', 'constructor'),
  fc.string({ unit: 'binary' }),
);
const series = (text: string): readonly string[] => text.split('\n').filter((line) => /^koobridge_\w+\{/.test(line));

test('whatever callbacks name, the labels are of a closed list, and each costs one line at most', async () => {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const metrics = createMetrics(async () => 0);
  const observe = observeCallbacks(pino({ base: {} }, { write }), { write }, metrics);
  const call: fc.Arbitrary<AnsweredCall> = fc.record(
    {
      answer: fc.record({
        resultCode: fc.constantFrom('000000', '000001', '000002', '000003', '000004', '000005'),
        resultMsg: fc.string(),
      }),
      seconds: fc.double({ min: 0, max: 100, noNaN: true }),
      activity: fc.option(name),
      subject: fc.option(name),
      reason: name,
      conflict: name,
      debugging: fc.boolean(),
    },
    { requiredKeys: ['answer', 'seconds'] },
  );
  await fc.assert(
    fc.asyncProperty(call, async (given) => {
      const before = lines.length;
      observe.answered(given);
      const succeeded = ['000000', '000004'].includes(given.answer.resultCode);
      expect(lines.length - before).toBeLessThanOrEqual(1);
      if (succeeded) expect(lines.length - before).toBe(1);
      const line = lines.at(-1) ?? '{}';
      expect(() => JSON.parse(line)).not.toThrow();
      expect(line.indexOf('\n')).toBe(line.length - 1);
      if (succeeded) expect(JSON.parse(line)).toMatchObject({ subject: given.subject ?? null, msg: 'callback' });
    }),
    { numRuns: 1_000 },
  );
  const found = series(await metrics.registry.metrics()).filter(
    (each) => !each.startsWith('koobridge_callback_seconds'),
  );
  expect(found.length).toBeGreaterThan(10);
  for (const each of found.filter((line) => line.includes('reason='))) {
    expect(refusalReasons).toContain(/reason="([^"]*)"/.exec(each)?.[1]);
  }
  for (const each of found.filter((line) => line.includes('activity='))) {
    expect(['refused', ...names]).toContain(/activity="([^"]*)"/.exec(each)?.[1]);
  }
});

test('nor do requests of strangers make more', async () => {
  const { url, get } = await startSeller();
  const count = async () => series(await (await get('/metrics')).text()).length;
  const segment = fc.stringMatching(/^[\w%.-]{0,12}$/);
  const send = (path: string, query: string, method: string) =>
    fetch(`${url}/production${path}?${query}`, {
      method,
      ...(method === 'POST' && { body: `{"activity":"${query}"}` }),
    });
  const some = async (runs: number) =>
    fc.assert(
      fc.asyncProperty(segment, segment, fc.constantFrom('GET', 'POST', 'PUT'), async (path, query, method) => {
        await send(path === '' ? '' : `/${path}`, query, method);
      }),
      { numRuns: runs },
    );
  await some(20);
  await send('', '', 'POST');
  const before = await count();
  await some(60);
  expect(await count()).toBeLessThanOrEqual(before + 6); // the few reasons that had not come yet
});
