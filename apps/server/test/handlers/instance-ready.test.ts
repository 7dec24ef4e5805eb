import { describe, expect, test } from 'vitest';
import { releaseInstance } from '../callbacks.ts';
import { startReceiver } from '../outbox/receiver.ts';
import { startSeller } from '../seller.ts';
import { appInfo, buy, done, failed, pauseAfter, sellerWith } from './provisioned-seller.ts';

describe('instance.ready', () => {
  const receiving = async () => {
    const receiver = await startReceiver((response) => response.end());
    return { receiver, environment: { EVENTS_URL: receiver.url, EVENTS_SECRET: receiver.secret } };
  };

  test('is told once the handler has made the instance, and holds nothing of it', async () => {
    const { receiver, environment } = await receiving();
    let isDown = true;
    const seller = await sellerWith(
      {
        'instance.created': () => {
          if (isDown) throw new Error('down');
          return { appInfo: { ...appInfo, password: 'Init-1234' } };
        },
      },
      environment,
    );
    const id = await buy(seller);
    await expect.poll(() => receiver.requests.map(({ event }) => event.type)).toEqual(['instance.created']);
    isDown = false;
    await pauseAfter(seller, 1);
    await done(seller);
    expect(receiver.requests.map(({ event }) => event)).toMatchObject([
      { type: 'instance.created', subject: id },
      { type: 'instance.ready', subject: id, data: { instanceId: id } },
    ]);
    expect(receiver.requests.map(({ body }) => body).join()).not.toMatch(/Init-1234|acme/);
  });

  test('is told at once where nothing is to be made', async () => {
    const { receiver, environment } = await receiving();
    const seller = await startSeller({ environment, clock: { now: Date.now() } });
    await buy(seller);
    await expect
      .poll(() => receiver.requests.map(({ event }) => event.type))
      .toEqual(['instance.created', 'instance.ready']);
  });

  test('is not told of one that was released meanwhile (R18)', async () => {
    const { receiver, environment } = await receiving();
    let isDown = true;
    const seller = await sellerWith(
      {
        'instance.created': () => {
          if (isDown) throw new Error('down');
          return { appInfo };
        },
      },
      environment,
    );
    const id = await buy(seller);
    await failed(seller, 1);
    await seller.store.send(releaseInstance(id));
    isDown = false;
    seller.clock.now += 2_000;
    await done(seller);
    expect(receiver.requests.map(({ event }) => event.type)).toEqual(['instance.created', 'instance.released']);
  });
});
