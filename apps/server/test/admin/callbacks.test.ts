import { describe, expect, test } from 'vitest';
import { renewal, statusChange } from '../callbacks.ts';
import { startSeller } from '../seller.ts';

const expireTime = '20270101000000';

describe('callbacks', () => {
  test('newest first, with the bytes received as text', async () => {
    const { store, admin } = await startSeller();
    await store.send(renewal('PL-1', expireTime));
    await store.send('not JSON', { nonce: 'n-2' });
    expect((await admin('/callbacks')).body).toEqual({
      callbacks: [
        {
          id: 2,
          receivedAt: '2026-01-15T12:00:00.000Z',
          activity: null,
          subject: null,
          keyId: 'license/license-1',
          reading: 'raw',
          nonce: 'n-2',
          body: 'not JSON',
          bodySha256: null,
          resultCode: '000002',
          conflict: null,
          durationMs: expect.any(Number),
        },
        expect.objectContaining({ id: 1, activity: 'refreshLicenseCode', subject: 'PL-1', resultCode: '000000' }),
      ],
    });
  });

  test('of one license, of conflicts only, page by page', async () => {
    const { store, admin } = await startSeller();
    const order = { orderId: 'CS-1', orderLineId: 'CS-1-000001' };
    await store.send(renewal('PL-1', expireTime, order));
    await store.send(renewal('PL-2', expireTime, order));
    await store.send(statusChange('PL-1', 'FREEZE'));
    const ids = async (query: string): Promise<unknown[]> =>
      Object((await admin(`/callbacks${query}`)).body).callbacks.map(({ id }: { id: number }) => id);
    expect(await ids('')).toEqual([3, 2, 1]);
    expect(await ids('?subject=PL-1')).toEqual([3, 1]);
    expect(await ids('?conflict=true')).toEqual([2]);
    expect(await ids('?conflict=true&subject=PL-1')).toEqual([]);
    expect(await ids('?limit=1')).toEqual([3]);
    expect(await ids('?before=3&limit=1')).toEqual([2]);
    expect(await ids('?before=1')).toEqual([]);
  });
});
