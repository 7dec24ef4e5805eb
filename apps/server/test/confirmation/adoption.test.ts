import { describe, expect, test } from 'vitest';
import { renewal, statusChange } from '../callbacks.ts';
import { known, notActivated, unknownCode } from '../store-stand-in.ts';
import { sellerAsking } from './seller-asking.ts';

const hourMs = 60 * 60_000;

describe('an adopted code (R19)', () => {
  test.each([
    ['the store knows it', (license: string) => known(license)],
    ['the store knows it, not activated yet', () => notActivated],
  ])('is verified when %s', async (_name, heartbeat) => {
    const { seller, standIn, settled } = await sellerAsking({ heartbeat });
    await seller.store.send(renewal('PL-1', '20270101000000'));
    await expect.poll(() => standIn.asked).toEqual(['heartbeat PL-1']);
    await settled();
    expect(await seller.license('PL-1')).toMatchObject({ expiresAt: '2027-01-01T00:00:00.000Z', confirmation: null });
  });

  test('is verified once, not at every callback', async () => {
    const { seller, standIn, settled } = await sellerAsking({ heartbeat: (license) => known(license) });
    await seller.store.send(renewal('PL-1', '20270101000000'));
    await settled();
    await seller.store.send(renewal('PL-1', '20280101000000'));
    await seller.store.send(statusChange('PL-1', 'FREEZE'));
    await settled();
    expect(standIn.asked).toEqual(['heartbeat PL-1']);
  });

  test('that the store does not know stays listed with the reason, and is asked about less and less, at most hourly', async () => {
    const { seller, standIn, questions } = await sellerAsking({ heartbeat: () => unknownCode });
    expect((await seller.store.send(renewal('PL-1', '20270101000000'))).resultCode).toBe('000000');
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 14; attempt += 1) {
      await expect.poll(async () => (await questions())[0]?.attempts, { interval: 5 }).toBe(attempt);
      const next = (await questions())[0]?.next_attempt_at ?? 0;
      pauses.push(next - seller.clock.now);
      seller.clock.now = next;
    }
    expect(pauses[0]).toBe(5_000);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses.slice(-3)).toEqual([hourMs, hourMs, hourMs]);
    expect(standIn.asked.length).toBeLessThanOrEqual(15);
    expect((await seller.admin('/licenses?attention=adoption-unverified')).body).toMatchObject({
      licenses: [{ code: 'PL-1' }],
    });
    const { confirmation } = await seller.license('PL-1');
    expect(confirmation).toMatchObject({ reason: 'adoption', problem: expect.stringMatching(/92020005/) });
    expect((await seller.store.send(statusChange('PL-1', 'FREEZE'))).resultCode).toBe('000000');
  });
});

test('many questions are asked side by side, each once', async () => {
  let atOnce = 0;
  let most = 0;
  const { seller, standIn, settled } = await sellerAsking({
    async heartbeat(license) {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return known(license);
    },
  });
  const codes = Array.from({ length: 60 }, (_, index) => `PL-${index}`);
  await Promise.all(codes.map((license) => seller.store.send(renewal(license, '20270101000000'))));
  await settled();
  expect(standIn.asked.toSorted()).toEqual(codes.map((license) => `heartbeat ${license}`).toSorted());
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(20);
});
