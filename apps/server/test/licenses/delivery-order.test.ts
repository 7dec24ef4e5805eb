import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LicenseCommand } from '../../src/licenses/command.ts';
import { cancellation, Room, refresh, release, renewal, status, trialToFormal } from './room.ts';

const expiry = fc.integer({ min: 1, max: 1_000 });

/** A history, delivered in any order and with any repeats: everything at least once. */
const delivered = (history: readonly LicenseCommand[]): fc.Arbitrary<LicenseCommand[]> =>
  fc
    .array(fc.constantFrom(...history), { maxLength: 2 * history.length })
    .chain((repeats) => shuffled([...history, ...repeats]));

const shuffled = <T>(values: T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray(values, { minLength: values.length, maxLength: values.length });

/** A history with one of its deliveries. */
const withDelivery = (histories: fc.Arbitrary<LicenseCommand[]>) =>
  histories.chain((history) => delivered(history).map((delivery) => ({ history, delivery })));

const renewals = fc
  .array(fc.tuple(fc.constantFrom('RENEWAL' as const, 'RENEWAL_CHANGE' as const), expiry), {
    minLength: 1,
    maxLength: 6,
  })
  .map((given) => given.map(([scene, at], index) => refresh(scene, `R${index}`, at)));

const cancellations = fc
  .array(expiry, { minLength: 1, maxLength: 6 })
  .map((given) => given.map((at, index) => cancellation(`C${index}`, at)));

/** A trial, made formal and renewed afterwards: renewals lie behind the formal expiry. */
const formalThenRenewed = fc
  .tuple(expiry, fc.array(expiry, { maxLength: 5 }))
  .map(([formal, longer]) => [
    trialToFormal('T', formal),
    ...longer.map((more, index) => renewal(`F${index}`, formal + more)),
  ]);

/** Status changes in their true order, each with a later token than the one before. */
const statusChanges = fc
  .array(fc.constantFrom('FREEZE' as const, 'UNFREEZE' as const), { minLength: 1, maxLength: 6 })
  .map((changes) => changes.map((change, index) => status(change, 1_000 + index)));

const both = (a: fc.Arbitrary<LicenseCommand[]>, b: fc.Arbitrary<LicenseCommand[]>) =>
  fc.tuple(a, b).map(([x, y]) => [...x, ...y]);

function played(commands: readonly LicenseCommand[], rules = {}, before: readonly LicenseCommand[] = []) {
  const room = new Room(rules);
  room.play(before);
  return { answers: new Set(room.play(commands)), state: room.state(), license: room.license };
}

const success = new Set(['000000']);

describe('any delivery order, with repeats, ends where the true order ends (R15–R17)', () => {
  test.each([
    ['renewals among each other', renewals],
    ['a trial that turns formal, and its renewals', formalThenRenewed],
    ['status changes, by the timestamps of their tokens', statusChanges],
    ['renewals and status changes', both(renewals, statusChanges)],
    ['a trial that turns formal, renewals and status changes', both(formalThenRenewed, statusChanges)],
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

  test('the expiry is the latest of the renewals, and the earliest of the cancellations', () => {
    fc.assert(
      fc.property(fc.array(expiry, { minLength: 1 }), (given) => {
        const late = played(given.map((at, index) => renewal(`R${index}`, at)));
        expect(late.license?.expiresAt).toBe(Math.max(...given));
        const early = played(given.map((at, index) => cancellation(`C${index}`, at)));
        expect(early.license?.expiresAt).toBe(Math.min(...given));
      }),
    );
  });

  test('the status is that of the youngest token, renewals included where they unfreeze', () => {
    const orders = fc.array(fc.constantFrom('FREEZE' as const, 'UNFREEZE' as const, 'RENEWAL' as const), {
      minLength: 1,
    });
    const histories = orders.map((given) =>
      given.map((order, index) =>
        order === 'RENEWAL' ? renewal(`R${index}`, 7, { tokenTimestamp: index }) : status(order, index),
      ),
    );
    fc.assert(
      fc.property(withDelivery(histories), ({ history, delivery }) => {
        const { license } = played(delivery, { renewalUnfreezes: true });
        expect(license?.status).toBe(played(history, { renewalUnfreezes: true }).license?.status);
        const last = history.at(-1);
        const freezes = last?.activity === 'updateLicenseCodeStatus' && last.status === 'FREEZE';
        expect(license?.status).toBe(freezes ? 'FROZEN' : 'ACTIVE');
      }),
    );
  });
});

/** Any commands at all, in any order. */
const anything = fc
  .tuple(renewals, cancellations, formalThenRenewed, statusChanges)
  .chain((parts) => shuffled(parts.flat()));

describe('whatever was delivered before', () => {
  test('repeats of what was delivered last change nothing and are successes (R15)', () => {
    fc.assert(
      fc.property(anything, fc.nat(), (commands, index) => {
        const room = new Room();
        room.play(commands);
        const before = room.state();
        const repeated = commands[index % commands.length];
        if (repeated === undefined || repeated.activity === 'updateLicenseCodeStatus') return;
        expect(room.take(repeated).answer.resultCode).toBe('000000');
        expect(room.state()).toEqual(before);
      }),
    );
  });

  test('conflicts change nothing (R15)', () => {
    fc.assert(
      fc.property(anything, fc.nat(), fc.boolean(), (commands, index, otherCode) => {
        const room = new Room();
        room.play(commands);
        const before = room.state();
        const lines = commands.filter((command) => command.activity === 'refreshLicenseCode');
        const line = lines[index % lines.length];
        if (line === undefined) return;
        const contradiction = otherCode ? { ...line, license: 'PL-2' } : { ...line, expiresAt: line.expiresAt + 1 };
        expect(room.take(contradiction)).toMatchObject({
          answer: { resultCode: '000002' },
          conflict: otherCode ? 'license' : 'expireTime',
        });
        expect(room.state()).toEqual(before);
      }),
    );
  });

  test('a release is final, and what follows it changes nothing (R18)', () => {
    fc.assert(
      fc.property(anything, anything, (before, after) => {
        const room = new Room();
        room.play([...before, release()]);
        expect(room.license?.status).toBe('RELEASED');
        const final = room.state();
        const renamed = after.map((command) =>
          command.activity === 'refreshLicenseCode' ? { ...command, orderId: `${command.orderId}-later` } : command,
        );
        for (const command of [...before, ...renamed, release()]) {
          const { resultCode } = room.take(command).answer;
          const isRepeat = before.includes(command) && command.activity === 'refreshLicenseCode';
          const isFreeze = command.activity === 'updateLicenseCodeStatus' && command.status === 'FREEZE';
          const isRelease = command.activity === 'releaseLicenseCode';
          expect(resultCode).toBe(isRepeat || isFreeze || isRelease ? '000000' : '000003');
        }
        expect(room.state()).toEqual(final);
      }),
    );
  });

  test('a release anywhere in the delivery ends in RELEASED (R18)', () => {
    fc.assert(
      fc.property(anything, fc.nat(), (commands, index) => {
        const { license } = played(commands.toSpliced(index % commands.length, 0, release()), {
          renewalUnfreezes: true,
        });
        expect(license?.status).toBe('RELEASED');
      }),
    );
  });
});
