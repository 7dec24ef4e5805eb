import { expect, test } from 'vitest';
import { instanceStatus, purchase, refreshInstance, releaseInstance } from '../callbacks.ts';
import { sellerAsking } from '../confirmation/seller-asking.ts';
import { type Seller, startSeller } from '../seller.ts';
import { orderAnswer } from '../store-stand-in.ts';

const buy = async ({ store }: Seller): Promise<string> => String((await store.send(purchase())).body['instanceId']);

async function listed(seller: Seller, kind: string): Promise<unknown> {
  const { status, body } = await seller.admin(`/instances?attention=${kind}`);
  expect(status).toBe(200);
  // The shape is that of the admin contract; the test looks at nothing but the ids.
  return (body as { instances: { instanceId: string }[] }).instances.map(({ instanceId }) => instanceId);
}

const cancelled = (id: string) =>
  refreshInstance(id, '20270101000000', {
    scene: 'UNSUBSCRIBE_RENEWAL_PERIOD',
    orderId: 'CS-C',
    orderLineId: 'CS-C-1',
  });

test('an expiry that nobody confirms is listed until the release (R16)', async () => {
  const seller = await startSeller();
  const [id] = [await buy(seller), await buy(seller)];
  await seller.store.send(cancelled(id));
  expect(await listed(seller, 'expiry-unconfirmed')).toEqual([id]);
  expect(await seller.instance(id)).toMatchObject({ expiryConfirmed: false, confirmation: { reason: 'expiry' } });
  await seller.store.send(releaseInstance(id));
  expect(await listed(seller, 'expiry-unconfirmed')).toEqual([]);
});

test('an expiry is corrected from the order query, where the store can be asked (R16)', async () => {
  const { seller, standIn, settled } = await sellerAsking({
    order: (orderId, orderLineId) => orderAnswer(orderId, orderLineId, '20270615000000'),
  });
  const id = await buy(seller);
  await settled();
  await seller.store.send(refreshInstance(id, '20280101000000'));
  await seller.store.send(cancelled(id));
  await settled();
  expect(standIn.asked.at(-1)).toBe('order CS-C/CS-C-1');
  expect(await seller.instance(id)).toMatchObject({ expiresAt: '2027-06-15T00:00:00.000Z', expiryConfirmed: true });
});

test('one that is frozen although its expiry lies ahead is listed and counted (R17)', async () => {
  const seller = await startSeller();
  const [id, other] = [await buy(seller), await buy(seller)];
  await seller.store.send(refreshInstance(id, '20270101000000'));
  for (const each of [id, other]) await seller.store.send(instanceStatus(each, 'FREEZE'));
  expect(await listed(seller, 'frozen-unexpired')).toEqual([id]);
  expect(await (await seller.get('/metrics')).text()).toMatch(/koobridge_instances\S*frozen\S* 1\n/);
  seller.clock.now = Date.UTC(2027, 0, 2);
  expect(await listed(seller, 'frozen-unexpired')).toEqual([]);
});

test('one that is still to be made is listed until it is made, or released', async () => {
  let isDown = true;
  const seller = await startSeller({
    timing: { outboxPauseMs: 5 },
    random: () => 0,
    handlers: {
      provisioning: {
        'instance.created': () => {
          if (isDown) throw new Error('down');
        },
      },
    },
  });
  const [id, gone] = [await buy(seller), await buy(seller)];
  expect(await listed(seller, 'provisioning')).toEqual([id, gone].toSorted());
  await seller.store.send(releaseInstance(gone));
  expect(await listed(seller, 'provisioning')).toEqual([id]);
  isDown = false;
  seller.clock.now += 600_000;
  await expect.poll(() => listed(seller, 'provisioning')).toEqual([]);
});
