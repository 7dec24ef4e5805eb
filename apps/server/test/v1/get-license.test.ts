import { V1GetLicenseAnswer } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { databaseBytes } from '../database.ts';
import { sharedSeller } from '../seller.ts';
import { instanceOf, v1On } from './instance.ts';
import { licensePurchase } from './messages.ts';
import { v1Store } from './store.ts';

const license = 'LICENSE-TEXT-OF-ACME';

describe('getLicense of V1', () => {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const seller = sharedSeller({
    environment: v1On,
    handlers: {
      answering: {
        admitCreate: ({ orderId }) =>
          orderId === 'CS-sold-out'
            ? { accept: false, resultCode: '000106', message: 'sold out' }
            : orderId === 'CS-at-once'
              ? { accept: true, delivery: { license } }
              : { accept: true },
      },
      provisioning: {
        'instance.created': async () => {
          await finished;
          return { license, appInfo: { frontEndUrl: 'https://acme.example' } };
        },
      },
    },
  });

  test('answers the License where a handler knows it at once, and the same to a repeat', async () => {
    const { get } = v1Store(seller());
    const first = await get(licensePurchase('CS-at-once'));
    expect(first).toMatchObject({ resultCode: '000000', bodySign: { ok: true }, json: { license } });
    expect(Object.keys(first.json).sort()).toEqual(['instanceId', 'license', 'resultCode', 'resultMsg']);
    const again = await get(licensePurchase('CS-at-once'));
    expect(again.json).toEqual(first.json);
  });

  test('a refusal has neither License nor instance', async () => {
    const { json } = await v1Store(seller()).get(licensePurchase('CS-sold-out'));
    expect(json).toEqual({ resultCode: '000106', resultMsg: 'sold out' });
  });

  test('is answered 000004 until there is a License, which it answers from then on', async () => {
    const { get } = v1Store(seller());
    const early = [await get(licensePurchase('CS-1')), await get(licensePurchase('CS-1'))];
    for (const answer of early) expect(answer).toMatchObject({ resultCode: '000004', bodySign: { ok: true } });
    expect(early[0]?.json).not.toHaveProperty('license');
    finish();
    await expect.poll(async () => (await get(licensePurchase('CS-1'))).resultCode).toBe('000000');
    const { instanceId, license: told } = V1GetLicenseAnswer.parse((await get(licensePurchase('CS-1'))).json);
    expect(told).toBe(license);
    expect((await instanceOf(seller(), instanceId ?? '')).provisioning).toBe('READY');
  });

  test('a License is kept sealed (R27)', async () => {
    const bytes = await databaseBytes(seller().database);
    expect(bytes.includes('CS-at-once')).toBe(true);
    expect(bytes.includes(license)).toBe(false);
  });
});

describe('without a handler', () => {
  const seller = sharedSeller({ environment: v1On });

  test('a placeholder is answered', async () => {
    const { json } = await v1Store(seller()).get(licensePurchase('CS-1'));
    expect(json).toMatchObject({ resultCode: '000000', license: expect.stringMatching(/^PLACEHOLDER-/) });
  });
});

describe('a handler that makes no License', () => {
  const seller = sharedSeller({
    environment: v1On,
    handlers: { provisioning: { 'instance.created': () => ({ appInfo: { frontEndUrl: 'https://acme.example' } }) } },
  });

  test('leaves the store without one: 000004, never a success that lacks it', async () => {
    const { get } = v1Store(seller());
    const { json } = await get(licensePurchase('CS-1'));
    expect(json['resultCode']).toBe('000004');
    await expect
      .poll(async () => (await seller().admin('/instances?attention=provisioning')).body)
      .toEqual({ instances: [] });
    expect((await get(licensePurchase('CS-1'))).json).toMatchObject({ resultCode: '000004' });
  });
});
