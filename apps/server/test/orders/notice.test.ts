import type { OrderInfo, SellerEvent } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { orderNotice } from '../callbacks.ts';
import { sellerAsking } from '../confirmation/seller-asking.ts';
import { newKey } from '../credentials.ts';
import { databaseBytes } from '../database.ts';
import { readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';
import { orderAnswer } from '../store-stand-in.ts';

const line = { orderId: 'CS-N', orderLineId: 'CS-N-000001' };

/** A handler that remembers what it was given. */
function listening() {
  const heard: { readonly event: SellerEvent<'order.notified'>; readonly order: OrderInfo | null }[] = [];
  return {
    heard,
    handlers: {
      provisioning: {
        'order.notified': (event: SellerEvent<'order.notified'>, { order }: { order: OrderInfo | null }) => {
          heard.push({ event, order });
        },
      },
    },
  };
}

describe('orderNotify', () => {
  test('is taken once per order line, also fifty at once and after a restart (R15)', async () => {
    const { heard, handlers } = listening();
    const seller = await startSeller({ handlers });
    const answers = await Promise.all(Array.from({ length: 50 }, () => seller.store.send(orderNotice(line))));
    expect(new Set(answers.map(({ text }) => text))).toEqual(
      new Set([JSON.stringify({ resultCode: '000000', resultMsg: 'success.' })]),
    );
    await seller.restart();
    expect((await seller.store.send(orderNotice(line))).resultCode).toBe('000000');
    expect((await seller.store.send(orderNotice({ ...line, orderLineId: 'CS-N-000002' }))).resultCode).toBe('000000');
    await expect.poll(async () => (await readLedger(seller.database)).outbox).toEqual([]);
    expect(heard).toMatchObject([
      { event: { type: 'order.notified', subject: 'CS-N', data: line }, order: null },
      { event: { data: { orderId: 'CS-N', orderLineId: 'CS-N-000002' } } },
    ]);
    expect((await readLedger(seller.database)).orderLines).toHaveLength(2);
  });

  test('is signed with the key of general interfaces (R6)', async () => {
    const { store, config } = await startSeller();
    const [base = newKey('none')] = config.keys.base;
    const [general = newKey('none')] = config.keys.general;
    expect((await store.send(orderNotice(), { key: base })).resultCode).toBe('000001');
    expect((await store.send(orderNotice(), { key: general })).resultCode).toBe('000000');
  });

  test('brings the order, which is kept sealed, to the handler', async () => {
    const { heard, handlers } = listening();
    const { seller, standIn, settled } = await sellerAsking(
      {
        order(orderId, orderLineId) {
          const { orderInfo, ...rest } = orderAnswer(orderId, orderLineId, '20270101000000');
          return { ...rest, orderInfo: { ...orderInfo, buyerInfo: { customerName: 'Buyer-of-this-test' } } };
        },
      },
      { handlers },
    );
    expect((await seller.store.send(orderNotice(line))).resultCode).toBe('000000');
    await settled();
    // The handler was called before the store had told the order, and is called again after its pause.
    seller.clock.now += 1_000;
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]?.order).toMatchObject({ orderId: 'CS-N', buyerInfo: { customerName: 'Buyer-of-this-test' } });
    expect(standIn.asked).toEqual(['order CS-N/CS-N-000001']);
    expect((await readLedger(seller.database)).orders).toMatchObject([
      { order_id: 'CS-N', order_line_id: 'CS-N-000001' },
    ]);
    await seller.stop();
    expect((await databaseBytes(seller.database)).includes('CS-N-000001')).toBe(true);
    expect((await databaseBytes(seller.database)).includes('Buyer-of-this-test')).toBe(false);
  });

  test('is answered at once although the store hangs, and the handler waits for the order', async () => {
    const { heard, handlers } = listening();
    const { seller, questions } = await sellerAsking({ order: () => () => undefined }, { handlers });
    expect((await seller.store.send(orderNotice(line))).resultCode).toBe('000000');
    await expect
      .poll(async () => (await readLedger(seller.database)).outbox)
      .toMatchObject([{ attempts: 1, problem: 'the store has not told the order yet' }]);
    expect(await questions()).toMatchObject([{ about: 'order', reason: 'order' }]);
    expect(heard).toEqual([]);
  });
});
