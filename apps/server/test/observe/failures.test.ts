import { pino } from 'pino';
import { expect, test } from 'vitest';
import { observeCallbacks } from '../../src/observe/callbacks.ts';
import { createMetrics } from '../../src/observe/metrics.ts';

test('callbacks that fail one after the other, as on a full disk, cost one line a second', () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line) => void lines.push(line) });
  const observe = observeCallbacks(
    log,
    { write: (line) => void lines.push(line) },
    createMetrics(async () => 0),
  );
  for (let failures = 0; failures < 100; failures += 1) {
    const answer = { resultCode: '000005' as const, resultMsg: '' };
    observe.answered({ answer, seconds: 0.001, error: new Error('database or disk is full') });
  }
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('database or disk is full');
});
