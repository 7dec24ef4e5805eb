import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InstanceCommand } from '../../src/instances/command.ts';
import { create, Room, refresh, release, status, upgrade } from './room.ts';

const expiry = fc.integer({ min: 1, max: 1_000 });

const shuffled = <T>(values: T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray(values, { minLength: values.length, maxLength: values.length });

/** A history with a delivery of it in any order and with any repeats: everything at least once. */
const withDelivery = (histories: fc.Arbitrary<InstanceCommand[]>) =>
  histories.chain((history) =>
    fc
      .array(fc.constantFrom(...history), { maxLength: 2 * history.length })
      .chain((repeats) => shuffled([...history, ...repeats]))
      .map((delivery) => ({ history, delivery })),
  );

const renewals = fc
  .array(fc.tuple(fc.constantFrom('RENEWAL' as const, 'RENEWAL_CHANGE' as const), expiry), {
    minLength: 1,
    maxLength: 6,
  })
  .map((given) => given.map(([scene, at], index) => refresh(scene, `R${index}`, at)));

const cancellations = fc
  .array(expiry, { minLength: 1, maxLength: 6 })
  .map((given) => given.map((at, index) => refresh('UNSUBSCRIBE_RENEWAL_PERIOD', `C${index}`, at)));

/** A trial, made formal and renewed afterwards: renewals lie behind the formal expiry. */
const formalThenRenewed = fc
  .tuple(expiry, fc.array(expiry, { maxLength: 5 }))
  .map(([formal, longer]) => [
    refresh('TRIAL_TO_FORMAL', 'T', formal),
    ...longer.map((more, index) => refresh('RENEWAL', `F${index}`, formal + more)),
  ]);

/** Status changes in their true order, each with a later token than the one before. */
const statusChanges = fc
  .array(fc.constantFrom('FREEZE' as const, 'UNFREEZE' as const), { minLength: 1, maxLength: 6 })
  .map((changes) => changes.map((change, index) => status(change, 1_000 + index)));

const upgrades = fc
  .integer({ min: 1, max: 4 })
  .map((count) => Array.from({ length: count }, (_, index) => upgrade(`U${index}`)));

const all = (...parts: readonly fc.Arbitrary<InstanceCommand[]>[]): fc.Arbitrary<InstanceCommand[]> =>
  fc.tuple(...parts).map((given) => given.flat());

function played(commands: readonly InstanceCommand[]) {
  const room = Room.withInstance();
  return { answers: new Set(room.play(commands)), state: room.state(), instance: room.instance };
}

const success = new Set(['000000']);

describe('any delivery order, with repeats, ends where the true order ends (R15–R17)', () => {
  test.each([
    ['renewals among each other', renewals],
    ['a trial that turns formal, and its renewals', formalThenRenewed],
    ['status changes, by the timestamps of their tokens', statusChanges],
    ['renewals, status changes and upgrades', all(renewals, statusChanges, upgrades)],
    [
      'a trial that turns formal, renewals, status changes and upgrades',
      all(formalThenRenewed, statusChanges, upgrades),
    ],
  ])('%s', (_name, histories) => {
    fc.assert(
      fc.property(withDelivery(histories), ({ history, delivery }) => {
        const { answers, state } = played(delivery);
        expect(answers).toEqual(success);
        expect(state).toEqual(played(history).state);
      }),
    );
  });

  test('cancellations among each other, after what they cancel', () => {
    fc.assert(
      fc.property(withDelivery(renewals), withDelivery(cancellations), (renewed, cancelled) => {
        const { answers, state } = played([...renewed.delivery, ...cancelled.delivery]);
        expect(answers).toEqual(success);
        expect(state).toEqual(played([...renewed.history, ...cancelled.history]).state);
      }),
    );
  });

  test('the status is that of the youngest token', () => {
    fc.assert(
      fc.property(withDelivery(statusChanges), ({ history, delivery }) => {
        const last = history.at(-1);
        const freezes = last?.kind === 'status' && last.status === 'FREEZE';
        expect(played(delivery).instance?.status).toBe(freezes ? 'FROZEN' : 'ACTIVE');
      }),
    );
  });
});

test('a release is final, whatever comes after it (R18)', () => {
  const anything = withDelivery(all(renewals, cancellations, statusChanges, upgrades));
  fc.assert(
    fc.property(anything, fc.nat(20), ({ delivery }, at) => {
      const room = Room.withInstance();
      room.play(delivery.slice(0, at));
      expect(room.take(release()).answer.resultCode).toBe('000000');
      const released = room.state();
      for (const command of [...delivery, release('CS-1')]) {
        const wasApplied = 'line' in command && room.lines.has(JSON.stringify(command.line));
        const isSettled =
          wasApplied || command.kind === 'release' || (command.kind === 'status' && command.status === 'FREEZE');
        expect(room.take(command).answer.resultCode).toBe(isSettled ? '000000' : '000003');
      }
      expect(room.state()).toEqual(released);
    }),
  );
});

test('a renewal and a cancellation leave the expiry to be confirmed, whichever came first (R16)', () => {
  const renewed = refresh('RENEWAL', 'R', 200);
  const cancelled = refresh('UNSUBSCRIBE_RENEWAL_PERIOD', 'C', 100);
  for (const order of [
    [renewed, cancelled],
    [cancelled, renewed],
  ]) {
    const room = Room.withInstance();
    expect(order.map((command) => room.take(command).confirmExpiry).at(-1)).toBe('ask');
  }
  expect(Room.withInstance().take(renewed).confirmExpiry).toBeUndefined();
});

describe('an order line is applied once (R15)', () => {
  test.each([
    ['instanceId', refresh('RENEWAL', 'R1', 100), refresh('RENEWAL', 'R1', 100, { instanceId: 'ins-2' })],
    ['expireTime', refresh('RENEWAL', 'R1', 100), refresh('RENEWAL', 'R1', 101)],
    ['instanceId', upgrade('U1'), upgrade('U1', { instanceId: 'ins-2' })],
  ])('a repeat with another %s is refused by name and recorded as a conflict', (member, first, contradiction) => {
    const room = Room.withInstance();
    room.take(first);
    const before = room.state();
    const { answer, conflict, ...changes } = room.take(contradiction);
    expect(answer).toMatchObject({
      resultCode: '000002',
      resultMsg: expect.stringMatching(new RegExp(`^${member}: `)),
    });
    expect(conflict).toBe(member);
    expect(changes).toEqual({});
    expect(room.state()).toEqual(before);
  });

  test('the same order and line in another scene or activity are another order line', () => {
    const room = Room.withInstance();
    room.play([refresh('RENEWAL', 'X', 100), refresh('RENEWAL_CHANGE', 'X', 200), upgrade('X')]);
    expect(room.lines.size).toBe(3);
    expect(room.instance?.expiresAt).toBe(200);
  });

  test('what was refused is decided anew: nothing is remembered of it', () => {
    const room = new Room();
    const renewal = refresh('RENEWAL', 'R1', 100);
    expect(room.play([renewal, status('FREEZE', 1), release(), upgrade('U1')])).toEqual(Array(4).fill('000003'));
    expect(room.lines.size).toBe(0);
    expect(room.play([create('B1'), renewal])).toEqual(['000000', '000000']);
  });
});

test('a renewal leaves a frozen instance frozen, unless it unfreezes by a setting (R17)', () => {
  const frozen = () => {
    const room = Room.withInstance();
    room.take(status('FREEZE', 10));
    return room;
  };
  const plain = frozen();
  plain.take(refresh('RENEWAL', 'R1', 100, { tokenTimestamp: 20 }));
  expect(plain.instance).toMatchObject({ status: 'FROZEN', expiresAt: 100 });
  const unfreezing = frozen();
  unfreezing.take(refresh('RENEWAL', 'R1', 100, { tokenTimestamp: 20, unfreezes: true }));
  expect(unfreezing.instance).toMatchObject({ status: 'ACTIVE', expiresAt: 100 });
});
