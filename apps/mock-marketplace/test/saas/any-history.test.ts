import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../src/callbacks/message.ts';
import type { Sender } from '../../src/callbacks/send.ts';
import { actions } from '../../src/control/actions.ts';
import { expiresAt, freezesAt, releasesAt } from '../../src/subscriptions/moments.ts';
import { memoryMarket } from '../memory-market.ts';
import { infoOf } from '../stub-seller.ts';

/** Whatever is ordered, tried, renewed, upgraded, refused and waited for, on either kind of instance: what always holds. */

const which = fc.nat({ max: 2 });
const operation = fc.oneof(
  fc.record({
    do: fc.constant('buy' as const),
    product: fc.constantFrom('saas-monthly', 'saas-yearly', 'saas-once', 'saas-on-demand', 'online-license-monthly'),
    trial: fc.boolean(),
  }),
  fc.record({
    do: fc.constantFrom('renew', 'cancel', 'unsubscribe', 'formal', 'upgrade', 'freeze', 'unfreeze', 'look'),
    which,
  }),
  fc.record({ do: fc.constant('auto' as const), which, on: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.oneof(fc.nat({ max: 6 }), fc.nat({ max: 24 * 40 })) }),
  fc.record({ do: fc.constant('seller' as const), says: fc.constantFrom('takes', 'takes time', 'refuses', 'is away') }),
  fc.record({ do: fc.constant('restart' as const), message: fc.nat({ max: 20 }) }),
);
type Operation = typeof operation extends fc.Arbitrary<infer Op> ? Op : never;
type Mood = Extract<Operation, { do: 'seller' }>['says'];

/** A seller's server in a mood: an instance is named by its order, always the same. */
function seller(mood: () => Mood): Sender {
  return async ({ body }) => {
    const now = mood();
    if (now === 'is away') return { kind: 'unreachable', cause: 'away' };
    const { activity, orderId, instanceId } = JSON.parse(body) as Record<string, string>;
    const slow = now === 'takes time' && (activity === 'newInstance' || activity === 'queryInstance');
    const members =
      activity === 'newInstance'
        ? { instanceId: `of-${orderId}` }
        : activity === 'queryInstance' && !slow
          ? { info: infoOf(instanceId ?? '') }
          : {};
    const resultCode = now === 'refuses' ? '000005' : slow ? '000004' : '000000';
    const answer = JSON.stringify({ resultCode, resultMsg: '', ...members });
    return { kind: 'answered', status: 200, contentType: 'application/json', body: new TextEncoder().encode(answer) };
  };
}

async function play(operations: readonly Operation[]): Promise<void> {
  let mood: Mood = 'takes';
  const market = memoryMarket(
    Date.UTC(2027, 0, 31, 12),
    seller(() => mood),
  );
  const { records, moments } = market.parts;
  const act = actions(market);
  const bought: string[] = [];

  const perform = async (step: Operation): Promise<unknown> => {
    const who = act.instance('which' in step ? (bought[step.which % bought.length] ?? '') : '');
    switch (step.do) {
      case 'buy': {
        const trial = step.trial && !['saas-once', 'saas-on-demand', 'online-license-monthly'].includes(step.product);
        const done = await act.buy({ product: step.product, customerLevel: 'V3', trial });
        if (!done.ok) throw new Error(done.refusal);
        return bought.push(done.value.subscription);
      }
      case 'renew':
        return act.renew(who, { period: 'month' });
      case 'cancel':
        return act.cancelRenewal(who);
      case 'unsubscribe':
        return act.unsubscribe(who, 'automatic');
      case 'formal':
        return act.toFormal(who, {});
      case 'upgrade':
        return act.upgrade(who, { quantity: (who.find()?.quantity ?? 1) + 1 });
      case 'freeze':
        return act.freeze(who);
      case 'unfreeze':
        return act.unfreeze(who);
      case 'look':
        return act.look(who);
      case 'auto':
        return act.autoRenew(who, step.on);
      case 'restart':
        return act.restart(step.message, { token: 'fresh', times: 1 });
      case 'wait':
        return market.mover.move(records.clock.now() + step.hours * 3_600_000);
      case 'seller':
        mood = step.says;
    }
  };

  for (const step of [{ do: 'buy', product: 'saas-monthly', trial: false } as const, ...operations]) {
    await perform(step);
    const now = records.clock.now();
    expect(records.due.next(now)).toBeUndefined(); // nothing that is due is left over
    for (const id of bought) {
      const subscription = records.subscriptions.find(id);
      if (subscription === undefined) throw new Error('lost');
      const { phase, instanceId, openedAt } = subscription;
      if (phase === 'ACTIVE' || phase === 'FROZEN')
        expect([instanceId === null, openedAt === null]).toEqual([false, false]);
      if (phase === 'ACTIVE') expect(now).toBeLessThan(freezesAt(subscription, moments) ?? Number.POSITIVE_INFINITY);
      if (phase === 'FROZEN') expect(now).toBeLessThan(releasesAt(subscription) ?? Number.NaN);
      if (phase === 'FROZEN' && expiresAt(subscription) === null) throw new Error('frozen without an end');
    }
  }
  for (const id of bought) holdsForOrders(id);
  records.close();

  /** Money goes back at most once for each order, and a failed order is always refunded. */
  function holdsForOrders(id: string): void {
    const orders = records.orders.of(id);
    const messages = records.messages.list({ subject: id, limit: 1000 });
    const sum = orders.reduce((total, { amount }) => total + amount, 0);
    expect(sum).toBeGreaterThanOrEqual(0);
    for (const order of orders.filter(({ status }) => status === 'FAILED')) {
      expect(orders.some(({ type, amount }) => type === 'UNSUBSCRIBE' && amount === -order.amount)).toBe(true);
    }
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(orders.length);
    holdsForCalls(messages);
  }

  /** FREEZE and UNFREEZE take turns, and nothing but a restart follows a release. */
  function holdsForCalls(messages: readonly Message[]): void {
    const statuses = messages.filter(({ activity }) => activity === 'updateInstanceStatus');
    expect(statuses.map(({ command }) => command)).toEqual(
      statuses.map((_, index) => (index % 2 === 0 ? 'FREEZE' : 'UNFREEZE')),
    );
    const releases = messages.filter(({ activity }) => activity === 'releaseInstance');
    expect(releases.length).toBeLessThanOrEqual(1);
    const [release] = releases;
    if (release === undefined) return;
    for (const message of messages) {
      if (message.id === release.id) continue;
      expect(message.id).toBeLessThan(release.id);
      for (const { at, cause } of records.attempts.of(message.id)) {
        if (cause !== 'restart') expect(at).toBeLessThanOrEqual(release.createdAt);
      }
    }
  }
}

test('any history of instances', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 50, size: 'max' }), play), {
    numRuns: 150,
  });
});
