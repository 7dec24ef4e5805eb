import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cancellation, type Message, release, renewal, statusChange } from '../callbacks.ts';
import { runs } from '../database.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';

const seller = sharedSeller();
const often = { numRuns: runs(12) };
const year = (at: number): string => `${2027 + at}0101000000`;

interface Sent {
  readonly message: Message;
  readonly timestamp: number;
}

const offset = fc.integer({ min: 0, max: 50 });

/** Which of `count` messages is sent when: each at least once, some again, in any order. */
function anyOrder(count: number): fc.Arbitrary<number[]> {
  const all = Array.from({ length: count }, (_, index) => index);
  return fc
    .array(fc.nat(count - 1), { maxLength: count })
    .chain((repeats) => fc.shuffledSubarray([...all, ...repeats], { minLength: count + repeats.length }));
}

const inOrder = <T>(messages: readonly T[], order: readonly number[]): T[] =>
  order.flatMap((index) => messages[index] ?? []);

/** Sends everything at the same time, each with a token of its own, and returns what the license came to. */
async function sendAll(license: string, sent: readonly Sent[]) {
  const answers = sent.map(({ message, timestamp }) => seller().store.send(message, { timestamp }));
  const codes = new Set((await Promise.all(answers)).map(({ resultCode }) => resultCode));
  const { status, expiresAt, orderLines } = await seller().license(license);
  return { codes, status, expiresAt, lines: orderLines.length };
}

let licenses = 0;
function newLicense(): string {
  licenses += 1;
  return `PL-${licenses}`;
}

describe('concurrent deliveries in any order, with repeats, against the real ledger (R15–R18)', () => {
  test('renewals, freezes and unfreezes', async () => {
    const histories = fc
      .tuple(
        fc.array(offset, { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom('FREEZE', 'UNFREEZE'), { minLength: 1, maxLength: 5 }),
      )
      .chain(([years, changes]) =>
        fc.tuple(fc.constant(years), fc.constant(changes), anyOrder(years.length + changes.length)),
      );
    await fc.assert(
      fc.asyncProperty(histories, async ([years, changes, order]) => {
        const license = newLicense();
        const { now } = seller().clock;
        const history: Sent[] = [
          ...years.map((at) => ({ message: renewal(license, year(at)), timestamp: now })),
          ...changes.map((change, index) => ({
            message: statusChange(license, change),
            timestamp: now - 1_000 + index,
          })),
        ];
        expect(await sendAll(license, inOrder(history, order))).toEqual({
          codes: new Set(['000000']),
          status: changes.at(-1) === 'FREEZE' ? 'FROZEN' : 'ACTIVE',
          expiresAt: `${2027 + Math.max(...years)}-01-01T00:00:00.000Z`,
          lines: years.length,
        });
      }),
      often,
    );
  });

  test('cancellations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(offset, { minLength: 1, maxLength: 6 }), async (years) => {
        const license = newLicense();
        const sent = years.map((at) => ({
          message: cancellation(license, year(at)),
          timestamp: seller().clock.now,
        }));
        expect(await sendAll(license, [...sent, ...sent.toReversed()])).toEqual({
          codes: new Set(['000000']),
          status: 'ACTIVE',
          expiresAt: `${2027 + Math.min(...years)}-01-01T00:00:00.000Z`,
          lines: years.length,
        });
      }),
      often,
    );
  });

  test('a release in the middle is final, and each answer is one that R18 knows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(offset, { minLength: 2, maxLength: 6 }), async (years) => {
        const license = newLicense();
        const { now } = seller().clock;
        const sent = years.map((at): Sent => ({ message: renewal(license, year(at)), timestamp: now }));
        const middle = { message: release(license), timestamp: now };
        const { codes, status, lines } = await sendAll(license, sent.toSpliced(1, 0, middle));
        expect([...codes].every((code) => code === '000000' || code === '000003')).toBe(true);
        expect(status).toBe('RELEASED');
        const { receipts } = await readLedger(seller().database);
        const applied = receipts.filter(
          (receipt) =>
            receipt.subject === license &&
            receipt.activity === 'refreshLicenseCode' &&
            receipt.result_code === '000000',
        );
        expect(lines).toBe(applied.length);
      }),
      often,
    );
  });
});
