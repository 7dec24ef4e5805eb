import { describe, expect, test } from 'vitest';
import { application, releaseInstance } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { type Seller, startSeller } from '../seller.ts';
import { buy, issuing, text } from './issuing-seller.ts';

describe('getLicenseAsync', () => {
  test('is being processed until the License was uploaded, and a success after it', async () => {
    const { seller, standIn, calls, delivered, id } = await issuing([text]);
    const asked = application(id);
    expect(await seller.store.send(asked)).toMatchObject({ resultCode: '000004' });
    await expect.poll(delivered).toEqual([true]);
    expect((await seller.store.send(asked)).body).toEqual({ resultCode: '000000', resultMsg: 'success.' });
    expect(calls.map(({ data }) => data)).toEqual([
      {
        eventId: asked['eventId'],
        instanceId: id,
        effectiveTime: '2026-01-15 12:00:00 z',
        expireTime: '2027-01-15 12:00:00 z',
        deviceFingerprint: 'device-1',
      },
    ]);
    expect(standIn.uploads).toMatchObject([{ eventId: asked['eventId'] }]);
    expect(standIn.refused).toEqual([]);
  });

  test('makes one License per event, however often and at whatever the same time it is asked', async () => {
    const { seller, standIn, calls, delivered, id } = await issuing([text]);
    const [first, second] = [application(id), application(id)];
    const sent = Array.from({ length: 20 }, (_, call) => seller.store.send(call % 2 === 0 ? first : second));
    await Promise.all(sent);
    await expect.poll(delivered).toEqual([true, true]);
    await seller.restart();
    expect((await seller.store.send(first)).resultCode).toBe('000000');
    expect(calls).toHaveLength(2);
    expect(standIn.uploads.map(({ eventId }) => eventId).toSorted()).toEqual(
      [first['eventId'], second['eventId']].toSorted(),
    );
  });

  test.each([
    ['instanceId', async (seller: Seller) => ({ instanceId: await buy(seller) })],
    ['deviceFingerprint', async () => ({ deviceFingerprint: 'device-2' })],
    ['deviceFingerprint', async () => ({ deviceFingerprint: undefined })],
  ])('the same event with another %s is a conflict, by name', async (member, change) => {
    const seller = await startSeller();
    const asked = application(await buy(seller));
    await seller.store.send(asked);
    const answer = await seller.store.send({ ...asked, ...(await change(seller)) });
    expect(answer).toMatchObject({
      resultCode: '000002',
      resultMsg: expect.stringMatching(new RegExp(`^${member}: `)),
    });
    expect((await readLedger(seller.database)).receipts.at(-1)?.conflict).toBe(member);
  });

  test('of an instance that is unknown or released is 000003; an event that was taken before still counts (R18, R19)', async () => {
    const { seller, delivered, id } = await issuing([text]);
    expect((await seller.store.send(application('unknown'))).resultCode).toBe('000003');
    const taken = application(id);
    await seller.store.send(taken);
    await expect.poll(delivered).toEqual([true]);
    await seller.store.send(releaseInstance(id));
    expect((await seller.store.send(application(id))).resultCode).toBe('000003');
    expect((await seller.store.send(taken)).resultCode).toBe('000000');
    expect((await readLedger(seller.database)).applications).toHaveLength(1);
  });

  test('of one that was released before its License was delivered is 000003, also as a repeat (R18)', async () => {
    const { seller, id } = await issuing([text], () => ({ error_code: '91381033', error_msg: 'not now' }));
    const taken = application(id);
    expect((await seller.store.send(taken)).resultCode).toBe('000004');
    await seller.store.send(releaseInstance(id));
    expect((await seller.store.send(taken)).resultCode).toBe('000003');
  });
});
