import type { SellerEvent } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { instanceStatus, purchase, refreshInstance, releaseInstance, upgrade } from '../callbacks.ts';
import { appInfo, buy, done, failed, pauseAfter, sellerWith } from './provisioned-seller.ts';

test('what was released before it was made is not made any more, and is told in order', async () => {
  const heard: string[] = [];
  let isDown = true;
  const seller = await sellerWith({
    'instance.created': () => {
      heard.push('created');
      if (isDown) throw new Error('down');
      return { appInfo };
    },
    'instance.released': () => void heard.push('released'),
  });
  const id = await buy(seller);
  await pauseAfter(seller, 1);
  await expect.poll(() => heard.length).toBe(2);
  await seller.store.send(releaseInstance(id));
  isDown = false;
  seller.clock.now += 60_000;
  await done(seller);
  expect(heard).toEqual(['created', 'created', 'released']);
});

describe('the handlers of one instance are called in order', () => {
  test('one at a time, however long the first takes; another instance does not wait', async () => {
    const heard: string[] = [];
    let isDown = true;
    let slow = '';
    const note = ({ type, subject }: SellerEvent) => void heard.push(`${subject === slow ? 'slow' : 'other'} ${type}`);
    const seller = await sellerWith({
      'instance.created': (event) => {
        if (isDown && event.subject === slow) throw new Error('down');
        note(event);
        return { appInfo };
      },
      'instance.refreshed': note,
      'instance.status_changed': note,
      'instance.upgraded': (event) => {
        note(event);
        return undefined;
      },
      'instance.released': note,
    });
    const bought = purchase();
    slow = String((await seller.store.send({ ...bought, testFlag: '1' })).body['instanceId']); // the id follows from the line
    await seller.store.send(bought);
    await seller.store.send(refreshInstance(slow, '20270101000000'));
    await seller.store.send(instanceStatus(slow, 'FREEZE'));
    await seller.store.send(upgrade(slow));
    await buy(seller);
    await expect.poll(() => heard).toEqual(['other instance.created']);
    await failed(seller, 1);
    isDown = false;
    seller.clock.now += 2_000;
    await expect.poll(() => heard).toContain('slow instance.created');
    await seller.store.send(releaseInstance(slow));
    await done(seller);
    expect(heard.slice(1)).toEqual([
      'slow instance.created',
      'slow instance.refreshed',
      'slow instance.status_changed',
      'slow instance.upgraded',
      'slow instance.released',
    ]);
  });
});
