import { mockOrderIds } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { cancellation, type Message, release, renewal, statusChange } from '../callbacks.ts';
import { newKey } from '../credentials.ts';
import { nothing, readLedger } from '../ledger-content.ts';
import { type Seller, startSeller } from '../seller.ts';

const expireTime = '20270101000000';

/** Every debugging case a seller can save for License codes. */
const cases = (license: string): Message[] => {
  const order = { orderId: 'CS-debug', orderLineId: 'CS-debug-000001', testFlag: '1' };
  return [
    renewal(license, expireTime, order),
    renewal(license, '20280101000000', order),
    cancellation(license, expireTime, { ...order, testFlag: 1 }),
    statusChange(license, 'FREEZE', { testFlag: '1' }),
    statusChange(license, 'UNFREEZE', { testFlag: 1 }),
    release(license, { testFlag: '1' }),
    release(license, order),
    ...mockOrderIds.flatMap((orderId) => [
      renewal(license, expireTime, { orderId, orderLineId: `${orderId}-000001`, testFlag: '0' }),
      release(license, { orderId, orderLineId: `${orderId}-000001`, testFlag: undefined }),
    ]),
  ];
};

/** All cases, `rounds` times: probes come twice a day, for ever. */
async function probe({ store }: Seller, license: string, rounds: number): Promise<Set<string>> {
  const seen = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const sent = round % 2 === 0 ? cases(license) : cases(license).reverse();
    for (const message of sent) seen.add((await store.send(message)).resultCode);
  }
  return seen;
}

describe('debugging traffic is answered plainly and changes nothing (R12)', () => {
  test('of a code nobody knows, in any order, again and again', async () => {
    const seller = await startSeller();
    expect(await probe(seller, 'PL-debug', 3)).toEqual(new Set(['000000']));
    const { receipts, ...state } = await readLedger(seller.database);
    expect(state).toEqual(nothing);
    expect(receipts).toHaveLength(3 * cases('').length);
  });

  test.each([
    ['active', [], {}],
    ['frozen', [statusChange('PL-1', 'FREEZE')], {}],
    ['released', [release('PL-1')], {}],
    ['unknown and not adopted', [], { ADOPT_LICENSES: 'false' }],
  ])('of a code that is %s', async (_name, more, environment) => {
    const seller = await startSeller({ environment });
    const real = renewal('PL-1', expireTime, { orderId: 'CS-real', orderLineId: 'CS-real-000001' });
    for (const message of [real, ...more]) await seller.store.send(message);
    const { receipts: _, ...before } = await readLedger(seller.database);
    expect(await probe(seller, 'PL-1', 2)).toEqual(new Set(['000000']));
    const { receipts: __, ...after } = await readLedger(seller.database);
    expect(after).toEqual(before);
  });

  test('contradicting an applied order line is no conflict', async () => {
    const { store, database } = await startSeller();
    const order = { orderId: 'CS-1', orderLineId: 'CS-1-000001' };
    await store.send(renewal('PL-1', expireTime, order));
    const answer = await store.send(renewal('PL-2', '20300101000000', { ...order, testFlag: '1' }));
    expect(answer.resultCode).toBe('000000');
    expect((await readLedger(database)).receipts.map(({ conflict }) => conflict)).toEqual([null, null]);
  });
});

describe('debugging traffic is still checked (R12)', () => {
  test('its token', async () => {
    const { store } = await startSeller();
    const [message = {}] = cases('PL-1');
    expect((await store.send(message, { key: newKey('theirs') })).resultCode).toBe('000001');
    expect((await store.send(message, { nonce: 'once' })).resultCode).toBe('000000');
    expect((await store.send(message, { nonce: 'once' })).resultCode).toBe('000001');
  });

  test('its schema', async () => {
    const { store } = await startSeller();
    const answer = await store.send(renewal('PL-1', 'soon', { testFlag: '1' }));
    expect(answer).toMatchObject({ resultCode: '000002', resultMsg: expect.stringMatching(/^expireTime: /) });
  });
});

test('an order id that only resembles a mock order is real', async () => {
  const { store, database } = await startSeller();
  const orders = ['MOCKMONTYRENE', 'MOCKMONTYRENEW1', 'mockmontyrenew', ' MOCKMONTYRENEW'];
  for (const orderId of orders) await store.send(renewal('PL-1', expireTime, { orderId, orderLineId: 'L' }));
  expect((await readLedger(database)).orderLines).toHaveLength(orders.length);
});
