import { expect, test } from 'vitest';
import { refused, taken } from './deliveries.ts';
import { numbered, openRig } from './rig.ts';

const samples = (text: string): Record<string, number> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.startsWith('koobridge_outbox'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );

test('the metrics tell attempts by outcome, and what waits or was given up by channel', async () => {
  const rig = await openRig({
    channels: { webhook: async ({ subject }) => (subject === 'A' ? refused : taken), handler: async () => refused },
  });
  expect(samples(await rig.metrics())).toEqual({
    'koobridge_outbox_waiting{channel="webhook"}': 0,
    'koobridge_outbox_waiting{channel="handler"}': 0,
    'koobridge_outbox_dead{channel="webhook"}': 0,
    'koobridge_outbox_dead{channel="handler"}': 0,
    'koobridge_outbox_oldest_seconds{channel="webhook"}': 0,
    'koobridge_outbox_oldest_seconds{channel="handler"}': 0,
  });
  await rig.put(numbered('A', 1));
  await rig.worker.idle();
  for (let round = 0; round < 21; round += 1) {
    rig.clock.now += 6 * 3_600_000;
    await rig.round();
  }
  for (const subject of ['A', 'B', 'C']) await rig.put(numbered(subject, 2));
  await rig.worker.idle();
  rig.clock.now += 90_000;
  expect(samples(await rig.metrics())).toEqual({
    'koobridge_outbox_deliveries_total{channel="webhook",outcome="failed"}': 22,
    'koobridge_outbox_deliveries_total{channel="webhook",outcome="dead"}': 1,
    'koobridge_outbox_deliveries_total{channel="webhook",outcome="delivered"}': 2,
    'koobridge_outbox_deliveries_total{channel="handler",outcome="failed"}': 24,
    'koobridge_outbox_waiting{channel="webhook"}': 1,
    'koobridge_outbox_waiting{channel="handler"}': 4,
    'koobridge_outbox_dead{channel="webhook"}': 1,
    'koobridge_outbox_dead{channel="handler"}': 0,
    'koobridge_outbox_oldest_seconds{channel="webhook"}': 90,
    'koobridge_outbox_oldest_seconds{channel="handler"}': 21 * 6 * 3_600 + 90,
  });
});
