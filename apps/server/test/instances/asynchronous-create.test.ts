import { describe, expect, test } from 'vitest';
import { purchase, query } from '../callbacks.ts';
import { type Environment, startSeller } from '../seller.ts';

/** A seller whose instances are made when `finish` is called. */
async function slowSeller(environment: Environment, processing?: boolean) {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const seller = await startSeller({
    environment,
    handlers: {
      ...(processing === undefined ? {} : { answering: { admitCreate: () => ({ accept: true, processing }) } }),
      provisioning: {
        'instance.created': async () => {
          await finished;
          return { appInfo: { frontEndUrl: 'https://acme.example.com' } };
        },
      },
    },
  });
  return { seller, finish };
}

describe('an instance that takes its time', () => {
  test.each<[string, Environment, boolean | undefined, string]>([
    ['by the setting', { ASYNCHRONOUS_CREATE: 'true' }, undefined, '000004'],
    ['by the word of admitCreate', {}, true, '000004'],
    ['not against the word of admitCreate', { ASYNCHRONOUS_CREATE: 'true' }, false, '000000'],
    ['not by default', {}, undefined, '000000'],
  ])('is told as being processed %s, with its id, until it is ready', async (_name, environment, processing, code) => {
    const { seller, finish } = await slowSeller(environment, processing);
    const bought = purchase();
    const first = await seller.store.send(bought);
    expect(first.body).toMatchObject({ resultCode: code, instanceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const id = String(first.body['instanceId']);
    expect((await seller.store.send(bought)).body).toEqual(first.body);
    expect((await seller.store.send(query(id))).body).toMatchObject({ resultCode: '000004', info: [] });
    expect((await seller.instance(id)).provisioning).toBe('PENDING');
    finish();
    await expect.poll(async () => (await seller.instance(id)).provisioning).toBe('READY');
    expect((await seller.store.send(bought)).body).toMatchObject({ resultCode: '000000', instanceId: id });
    expect((await seller.store.send(query(id))).body).toMatchObject({
      resultCode: '000000',
      info: [{ instanceId: id, appInfo: { frontEndUrl: 'https://acme.example.com' } }],
    });
  });

  test('without a provisioning handler is ready at once, with a placeholder, whatever the setting says', async () => {
    const seller = await startSeller({ environment: { ASYNCHRONOUS_CREATE: 'true' } });
    const { resultCode, body } = await seller.store.send(purchase());
    expect(resultCode).toBe('000000');
    const id = String(body['instanceId']);
    expect((await seller.store.send(query(id))).body).toMatchObject({
      resultCode: '000000',
      info: [{ instanceId: id, appInfo: { frontEndUrl: expect.stringContaining(id) } }],
    });
  });

  test('is ready at once with what admitCreate delivered, and nothing is provisioned', async () => {
    const made: string[] = [];
    const appInfo = { frontEndUrl: 'https://known.example.com' };
    const seller = await startSeller({
      environment: { ASYNCHRONOUS_CREATE: 'true' },
      handlers: {
        answering: { admitCreate: () => ({ accept: true, delivery: { appInfo } }) },
        provisioning: { 'instance.created': ({ subject }) => void made.push(subject) },
      },
    });
    const { resultCode, body } = await seller.store.send(purchase());
    expect(resultCode).toBe('000000');
    const id = String(body['instanceId']);
    expect((await seller.store.send(query(id))).body).toMatchObject({ info: [{ instanceId: id, appInfo }] });
    expect(made).toEqual([]);
  });
});
