import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Attempt, Message } from '../src/callbacks/message.ts';
import { actions } from '../src/control/actions.ts';
import { openRecords } from '../src/database/records.ts';
import { activate } from '../src/subscriptions/activate.ts';
import { expiresAt, freezesAt, releasesAt } from '../src/subscriptions/moments.ts';
import { writeChange } from '../src/subscriptions/write.ts';
import { answering, memoryMarket } from './memory-market.ts';

/** Whatever is bought, renewed, cancelled, refused and waited for, in whatever order: what always holds. */

const level = fc.constantFrom('V0', 'V1', 'V3', 'V5');
const which = fc.nat({ max: 1 });
const unit = fc.constantFrom<'year' | 'month'>('year', 'month');
const operation = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('buy' as const), unit, level }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('claim', 'activate', 'approve', 'reject'), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('renew' as const), which, unit }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unsubscribe' as const), which, manual: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const), message: fc.nat({ max: 30 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('minutes' as const), minutes: fc.nat({ max: 200 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('days' as const), days: fc.nat({ max: 60 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('next event' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('years' as const), years: fc.constant(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('seller' as const), takes: fc.boolean() }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer Op> ? Op : never;

/** What a code's expiry must be: its periods one behind the other, counted without the code under test. */
interface Expected {
  startsAt: number;
  units: ('year' | 'month')[];
}

function later(instant: number, period: 'year' | 'month'): number {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + (period === 'year' ? 12 : 1));
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

const end = ({ startsAt, units }: Expected): number => units.reduce(later, startsAt);
const lastBegins = ({ startsAt, units }: Expected): number => units.slice(0, -1).reduce(later, startsAt);

async function play(operations: readonly Operation[]): Promise<void> {
  let takes = true;
  const market = memoryMarket(
    Date.UTC(2027, 0, 31, 12),
    answering(() => takes),
  );
  const { records, moments } = market.parts;
  const act = actions(market);
  const expected = new Map<string, Expected>();
  const codeOf = (index: number): string => [...expected.keys()][index % Math.max(expected.size, 1)] ?? 'PLNONE';

  const perform = async (step: Operation): Promise<void> => {
    const now = records.clock.now();
    const code = 'which' in step ? codeOf(step.which) : '';
    const model = expected.get(code);
    const license = records.subscriptions.find(code);
    const open = license !== undefined && license.phase !== 'RELEASED' && license.awaiting === null;
    switch (step.do) {
      case 'buy': {
        const done = await act.buy({ product: `license-${step.unit}ly`, customerLevel: step.level });
        if (!done.ok) throw new Error(done.refusal);
        expected.set(done.value.subscription, { startsAt: now, units: [step.unit] });
        return;
      }
      case 'claim':
        return void (await act.claim(act.license(code)));
      case 'activate': {
        const decision = license === undefined ? undefined : activate(license, undefined, now);
        if (decision?.ok && model !== undefined) {
          records.transaction(() => writeChange(records, decision.change, moments));
          model.startsAt = now;
        }
        return;
      }
      case 'approve':
      case 'reject':
        return void (await act.answerUnsubscription(license?.awaiting ?? 'CSNONE', step.do));
      case 'renew': {
        const done = await act.renew(act.license(code), { period: step.unit });
        expect(done.ok).toBe(open);
        if (done.ok) model?.units.push(step.unit);
        return;
      }
      case 'cancel': {
        const done = await act.cancelRenewal(act.license(code));
        expect(done.ok).toBe(open && model !== undefined && model.units.length > 1 && lastBegins(model) > now);
        if (done.ok) model?.units.pop();
        return;
      }
      case 'unsubscribe':
        return void (await act.unsubscribe(act.license(code), step.manual ? 'manual' : 'automatic'));
      case 'restart':
        return void (await act.restart(step.message, { token: 'fresh', times: 1 }));
      case 'minutes':
        return market.mover.move(now + step.minutes * 60_000);
      case 'days':
        return market.mover.move(now + step.days * 86_400_000);
      case 'next event':
        return market.mover.move(records.due.next(Number.MAX_SAFE_INTEGER)?.at ?? now);
      case 'years':
        return market.mover.move(later(now, 'year'));
      case 'seller':
        takes = step.takes;
    }
  };

  const purchase: Operation = { do: 'buy', unit: 'month', level: 'V0' };
  for (const step of [purchase, ...operations]) {
    await perform(step);
    const now = records.clock.now();
    expect(records.due.next(now)).toBeUndefined(); // nothing that is due is left over
    for (const [code, model] of expected) {
      const license = records.subscriptions.find(code);
      if (license === undefined) throw new Error('lost');
      expect(expiresAt(license)).toBe(end(model));
      if (license.phase === 'ACTIVE') expect(now).toBeLessThan(freezesAt(license, moments) ?? 0);
      if (license.phase === 'FROZEN') expect(now).toBeLessThan(releasesAt(license) ?? 0);
    }
  }

  const messages = records.messages.list({ limit: 1000 });
  const waiting = messages.filter(({ status }) => status === 'RETRYING').length;
  const alive = [...expected.keys()].filter((code) => records.subscriptions.find(code)?.phase !== 'RELEASED').length;
  expect(records.due.countUntil(Number.MAX_SAFE_INTEGER)).toBe(waiting + alive); // and nothing is planned twice
  const attempts = messages.flatMap((message) =>
    records.attempts.of(message.id).map((attempt) => ({ message, attempt })),
  );
  expect(new Set(attempts.map(({ attempt }) => attempt.nonce)).size).toBe(attempts.length);
  for (const message of messages) holdsForMessage(message, records.attempts.of(message.id));
  for (const code of expected.keys()) {
    const released = records.subscriptions.find(code)?.phase === 'RELEASED';
    const its = attempts.filter(({ message }) => message.license === code);
    const release = messages.filter(({ license, activity }) => license === code && activity === 'releaseLicenseCode');
    expect(release).toHaveLength(released ? 1 : 0);
    const releasedAt = release[0]?.createdAt ?? Number.POSITIVE_INFINITY;
    for (const { message, attempt } of its) {
      if (attempt.at > releasedAt && attempt.cause !== 'restart') expect(message.activity).toBe('releaseLicenseCode');
    }
    holdsForStatusCalls(its);
  }
  records.close();
}

/** Repetitions come every 2 minutes, at most 60 of them, and end with a success. */
function holdsForMessage(message: Message, attempts: readonly Attempt[]): void {
  const scheduled = attempts.filter(({ cause }) => cause !== 'restart');
  expect(scheduled.length).toBeLessThanOrEqual(61);
  expect(scheduled.map(({ at }) => at)).toEqual(scheduled.map((_, index) => message.createdAt + index * 120_000));
  expect(message.status === 'SUCCEEDED').toBe(attempts.some(({ state }) => state === 'SUCCEEDED'));
  expect(scheduled.slice(0, -1).every(({ state }) => state === 'FAILED')).toBe(true);
}

/** FREEZE and UNFREEZE take turns, and an UNFREEZE follows a refresh that the seller took at that instant. */
function holdsForStatusCalls(its: readonly { readonly message: Message; readonly attempt: Attempt }[]): void {
  const firsts = its.filter(
    ({ message, attempt }) => message.activity === 'updateLicenseCodeStatus' && attempt.cause === 'first',
  );
  expect(firsts.map(({ message }) => message.command)).toEqual(
    firsts.map((_, index) => (index % 2 ? 'UNFREEZE' : 'FREEZE')),
  );
  for (const { message, attempt } of its) {
    if (message.activity !== 'updateLicenseCodeStatus' || attempt.cause === 'restart') continue;
    const next = firsts.find((one) => one.message.id > message.id);
    expect(attempt.at).toBeLessThanOrEqual(next?.message.createdAt ?? attempt.at); // what is overtaken is not repeated
  }
  for (const { message } of firsts.filter((one) => one.message.command === 'UNFREEZE')) {
    const refreshed = its.filter(
      ({ message: other, attempt }) =>
        other.activity === 'refreshLicenseCode' && attempt.state === 'SUCCEEDED' && attempt.at === message.createdAt,
    );
    expect(refreshed.length).toBeGreaterThan(0);
  }
}

test('any history of control calls and clock moves', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 60, size: 'max' }), play), {
    numRuns: 200,
  });
});

test('events happen in the order of their time, and of their planning at the same time', async () => {
  const records = openRecords(':memory:', 0, 'a seed', 'calm');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 20 }), { maxLength: 50 }), async (instants) => {
      instants.forEach((at, index) => void records.due.plan({ at, kind: 'FREEZE', subject: String(index), lane: '' }));
      const happened: [number, number][] = [];
      for (let event = records.due.next(20); event !== undefined; event = records.due.next(20)) {
        records.due.done(event);
        happened.push([event.at, Number(event.subject)]);
      }
      const sorted = instants
        .map((at, index): [number, number] => [at, index])
        .sort(([a, i], [b, j]) => a - b || i - j);
      expect(happened).toEqual(sorted);
    }),
  );
  records.close();
});
