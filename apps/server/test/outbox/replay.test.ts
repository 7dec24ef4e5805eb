import { expect, test } from 'vitest';
import { bySubject, collecting, refused, taken } from './deliveries.ts';
import { numbered, openRig } from './rig.ts';

test('a dead letter that is replayed goes behind what waits, under its id, with all its attempts', async () => {
  let open = false;
  const { deliver, tried, received } = collecting(() => (open ? taken : refused));
  const rig = await openRig({ channels: { webhook: deliver } });
  await rig.put(numbered('A', 1));
  await rig.untilEmpty();
  const [dead] = await rig.rows();
  for (const number of [2, 3]) await rig.put(numbered('A', number));
  await rig.worker.idle();
  expect(await rig.replay(dead?.event_id ?? '')).toBe('replayed');
  expect((await rig.rows()).map(({ event_id }) => event_id).at(-1)).toBe(dead?.event_id);
  expect((await rig.rows()).at(-1)).toMatchObject({ attempts: 0, next_attempt_at: null, dead_at: null, problem: null });
  open = true;
  rig.clock.now += 60_000;
  await rig.round();
  expect(bySubject(received)).toEqual({ A: ['A-2', 'A-3', 'A-1'] });
  expect(received.at(-1)?.id).toBe(tried[0]?.id);
});

test('with nothing in front of it, it leaves at once', async () => {
  let open = false;
  const { deliver, received } = collecting(() => (open ? taken : refused));
  const rig = await openRig({ channels: { webhook: deliver } });
  await rig.put(numbered('A', 1));
  await rig.untilEmpty();
  open = true;
  await rig.replay((await rig.rows())[0]?.event_id ?? '');
  await rig.worker.idle();
  expect(received).toHaveLength(1);
});

test('only what is dead: the same event in the other channel stays as it is', async () => {
  const rig = await openRig({ channels: { webhook: async () => refused, handler: async () => refused } });
  await rig.put(numbered('A', 1));
  const id = (await rig.rows())[0]?.event_id ?? '';
  const replay = () => rig.replay(id);
  await rig.worker.idle();
  expect(await replay()).toBe('not-dead');
  for (let round = 0; round < 30; round += 1) {
    rig.clock.now += 10 * 3_600_000;
    await rig.round();
  }
  const handler = (await rig.rows()).find(({ channel }) => channel === 'handler');
  expect((await rig.rows()).find(({ channel }) => channel === 'webhook')?.dead_at).not.toBeNull();
  expect(await replay()).toBe('replayed');
  expect(await rig.rows()).toContainEqual(handler);
  expect(await rig.replay('evt_nothing')).toBe('unknown');
});
