import { describe, expect, test } from 'vitest';
import type { ProvisioningHandlers } from '../../src/handlers/handlers.ts';
import { purchase, query, releaseInstance, upgrade } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { appInfo, buy, done, failed, pauseAfter, sellerWith, waiting } from './provisioned-seller.ts';

describe('a provisioning handler', () => {
  test('is called after the commit, with what the store bought', async () => {
    const heard: unknown[] = [];
    const seller = await sellerWith({
      'instance.created': async (event, { order }) => {
        const { instances, receipts } = await readLedger(seller.database);
        heard.push({ data: event.data, order, kept: instances.length, receipts: receipts.length });
        return { appInfo };
      },
    });
    const bought = purchase();
    const { body } = await seller.store.send(bought);
    await done(seller);
    const { orderId, orderLineId, businessId } = bought;
    const data = { instanceId: body['instanceId'], orderId, orderLineId, businessId, purchase: null };
    expect(heard).toEqual([{ data, order: null, kept: 1, receipts: 1 }]);
  });

  test('is called with the same idempotencyKey at each attempt until it succeeds, also after a restart', async () => {
    const keys: string[] = [];
    const seller = await sellerWith({
      'instance.created': (event, { idempotencyKey }) => {
        expect(event.id).toBe(idempotencyKey);
        keys.push(idempotencyKey);
        if (keys.length < 4) throw new Error('down');
        return { appInfo };
      },
    });
    const id = await buy(seller);
    for (const attempt of [1, 2]) await pauseAfter(seller, attempt);
    await failed(seller, 3);
    await seller.restart();
    await pauseAfter(seller, 3);
    await done(seller);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    expect((await seller.store.send(query(id))).body).toMatchObject({ info: [{ instanceId: id, appInfo }] });
  });

  test('is given another idempotencyKey for another event', async () => {
    const keys: string[] = [];
    const seller = await sellerWith({ 'instance.created': (_event, job) => void keys.push(job.idempotencyKey) });
    await buy(seller);
    await buy(seller);
    await done(seller);
    expect(new Set(keys).size).toBe(2);
  });

  test('is not called for debugging, a repeat, or what was refused', async () => {
    const heard: string[] = [];
    const seller = await sellerWith({
      'instance.created': ({ subject }) => void heard.push(subject),
      'instance.released': ({ subject }) => void heard.push(subject),
    });
    const bought = purchase();
    await seller.store.send(bought);
    await seller.store.send(bought);
    await seller.store.send(purchase({ testFlag: '1' }));
    await seller.store.send(purchase({ orderId: '' }));
    await seller.store.send(releaseInstance('unknown'));
    await done(seller);
    expect(heard).toHaveLength(1);
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new TypeError('with the buyer’s name');
      },
      /^it failed with TypeError$/,
    ],
    ['hangs', () => new Promise(() => undefined), /took more than/],
    ['answers null', () => null, /not usable/],
    ['answers a text', () => 'https://acme.example.com', /not usable/],
    ['leaves out the address', () => ({ appInfo: { userName: 'x' } }), /appInfo\.frontEndUrl/],
    [
      'answers a name that is too long',
      () => ({ appInfo: { ...appInfo, userName: 'x'.repeat(129) } }),
      /appInfo\.userName/,
    ],
    ['answers an empty License', () => ({ license: '' }), /license/],
    ['answers what its database told it', () => ({ affectedRows: 1 }), /affectedRows is not known/],
    ['misspells a member', () => ({ appInfo: { ...appInfo, username: 'x' } }), /appInfo\.username is not known/],
  ])('is called again where it %s, and the problem quotes no value', async (_name, answer, problem) => {
    let isFixed = false;
    const handler = () => (isFixed ? { appInfo } : answer());
    // What a seller's JavaScript may hold.
    const seller = await sellerWith({
      'instance.created': handler as ProvisioningHandlers['instance.created'] & object,
    });
    const id = await buy(seller);
    const told = await failed(seller, 1);
    expect(told).toMatch(problem);
    expect(told).not.toMatch(/buyer|x{10}/);
    expect((await seller.store.send(query(id))).resultCode).toBe('000004');
    isFixed = true;
    seller.clock.now += 2_000;
    await done(seller);
    expect((await seller.store.send(query(id))).body).toMatchObject({ resultCode: '000000', info: [{ appInfo }] });
  });

  test('that answers nothing has told the buyer by other means: the instance is ready without appInfo', async () => {
    const seller = await sellerWith({ 'instance.created': () => undefined });
    const id = await buy(seller);
    await done(seller);
    expect((await seller.store.send(query(id))).body).toEqual({
      resultCode: '000000',
      resultMsg: 'success.',
      info: [{ instanceId: id }],
    });
  });

  test('that is taken out of the configuration leaves its instances pending until it is there again', async () => {
    const handler = () => {
      if (isDown) throw new Error('down');
      return { appInfo };
    };
    let isDown = true;
    const handlers: { 'instance.created'?: typeof handler } = { 'instance.created': handler };
    const seller = await sellerWith(handlers);
    const id = await buy(seller);
    await pauseAfter(seller, 1);
    delete handlers['instance.created'];
    await seller.restart();
    await expect.poll(async () => (await waiting(seller))[0]?.problem).toBe('its handler is no longer configured');
    expect((await seller.store.send(query(id))).resultCode).toBe('000004');
    handlers['instance.created'] = handler;
    isDown = false;
    await seller.restart();
    seller.clock.now += 10_000;
    await done(seller);
    expect((await seller.store.send(query(id))).body).toMatchObject({ resultCode: '000000', info: [{ appInfo }] });
  });

  test('of an upgrade that answers something else does not wipe what the buyer is told', async () => {
    const seller = await sellerWith({
      'instance.created': () => ({ appInfo }),
      // What a seller's JavaScript may hold.
      'instance.upgraded': (() => ({ affectedRows: 1 })) as unknown as ProvisioningHandlers['instance.upgraded'] &
        object,
    });
    const id = await buy(seller);
    await seller.store.send(upgrade(id));
    await expect.poll(async () => (await waiting(seller))[0]?.problem).toMatch(/affectedRows/);
    expect((await seller.store.send(query(id))).body).toMatchObject({ resultCode: '000000', info: [{ appInfo }] });
  });

  test('of an upgrade may replace what the buyer gets, or leave it as it was', async () => {
    const answers = [undefined, {}, { appInfo: { frontEndUrl: 'https://large.example.com' } }];
    const seller = await sellerWith({
      'instance.created': () => ({ appInfo }),
      'instance.upgraded': () => answers.shift(),
    });
    const id = await buy(seller);
    const url = async () => (await seller.store.send(query(id))).body['info'];
    await seller.store.send(upgrade(id));
    await done(seller);
    await seller.store.send(upgrade(id));
    await done(seller);
    expect(await url()).toMatchObject([{ appInfo }]);
    await seller.store.send(upgrade(id));
    await done(seller);
    expect(await url()).toMatchObject([{ appInfo: { frontEndUrl: 'https://large.example.com' } }]);
  });
});
