import { expect, test } from 'vitest';
import { statement, type Work } from '../../src/ledger/work.ts';
import { databaseBytes } from '../database.ts';
import { newCipher } from './cipher.ts';
import { collecting, refused } from './deliveries.ts';
import { numbered, openRig } from './rig.ts';

test('the data of an event is nowhere in the clear in the database (R27)', async () => {
  const rig = await openRig({ channels: { webhook: async () => refused, handler: async () => refused } });
  await rig.put({ type: 'users.synced', subject: 'T-1', data: { users: [{ name: 'Name-of-a-user-9f3b' }] } });
  await rig.worker.idle();
  expect(await rig.rows()).toHaveLength(2);
  const bytes = await databaseBytes(rig.database);
  expect(bytes.includes('users.synced')).toBe(true);
  expect(bytes.includes('Name-of-a-user')).toBe(false);
  expect(bytes.includes(Buffer.from('Name-of-a-user').toString('base64').slice(0, 16))).toBe(false);
});

test('an event of another storage key is given up at once, and the others go on', async () => {
  const first = await openRig({ channels: { handler: async () => refused } });
  await first.put(numbered('A', 1));
  await first.worker.idle();
  await first.stop();
  const { deliver, received } = collecting();
  const rig = await openRig({ channels: { handler: deliver }, on: { ...first, cipher: newCipher() } });
  for (const subject of ['A', 'B']) await rig.put(numbered(subject, 2));
  rig.clock.now += 60_000;
  await rig.round();
  expect(received.map(({ subject }) => subject).toSorted()).toEqual(['A', 'B']);
  expect(await rig.rows()).toMatchObject([
    { subject: 'A', dead_at: rig.clock.now, problem: expect.stringMatching(/STORAGE_KEY/) },
  ]);
});

test.each<[string, string, ...Uint8Array[]]>([
  ['changed', 'UPDATE outbox SET payload = ? WHERE id = 1', new Uint8Array(40)],
  ['emptied', 'UPDATE outbox SET payload = ? WHERE id = 1', new Uint8Array(0)],
  ['that of another event', 'UPDATE outbox SET payload = (SELECT payload FROM outbox WHERE id = 2) WHERE id = 1'],
  ['under another subject', "UPDATE outbox SET subject = 'C' WHERE id = 1"],
])('a payload that is %s is not delivered', async (_name, tampering, ...values) => {
  const { deliver, tried } = collecting();
  const rig = await openRig({ channels: { webhook: deliver } });
  await rig.ledger.run(['A', 'B'], function* (): Work<void> {
    for (const subject of ['A', 'B']) yield* rig.outbox.put(numbered(subject, 1), rig.clock.now);
    yield* statement(tampering).run(...values);
  });
  await rig.worker.idle();
  expect(tried.map(({ subject }) => subject)).toEqual(['B']);
  expect(await rig.rows()).toMatchObject([{ id: 1, dead_at: rig.clock.now }]);
});
