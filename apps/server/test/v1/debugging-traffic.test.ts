import { mockOrderIds, V1GetLicenseAnswer, V1NewInstanceAnswer, V1QueryInstanceAnswer } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { department, tenant } from '../kit/messages.ts';
import { tenantRows } from '../kit/records.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { bought, v1On } from './instance.ts';
import { about, everyActivity, licensePurchase, purchase, refresh } from './messages.ts';
import { type Parameters, v1Store } from './store.ts';

const asked: string[] = [];
const seller = sharedSeller({
  environment: v1On,
  handlers: {
    answering: {
      admitCreate: ({ orderId }) => {
        asked.push(orderId);
        return { accept: true, delivery: { license: 'real', appInfo: { frontEndUrl: 'https://real.example' } } };
      },
      usage: ({ instanceIds }) => {
        asked.push(...instanceIds);
        return {};
      },
    },
  },
});
const send = async (parameters: Parameters) => (await v1Store(seller()).get(parameters)).resultCode;

/** Everything but the receipts. */
async function state() {
  const { receipts: _, ...rest } = await readLedger(seller().database);
  return { ...rest, tenants: await tenantRows(seller().database) };
}

test('every activity, in any order, of an instance that is unknown, real or released (R12)', async () => {
  const store = v1Store(seller());
  const [real, gone] = [await bought(store, purchase('CS-real')), await bought(store, purchase('CS-gone'))];
  await send(about('releaseInstance', gone));
  const [before, questions] = [await state(), [...asked]];
  for (const instanceId of ['unknown', real, gone]) {
    const cases = Object.values(everyActivity(instanceId, { testFlag: '1' }));
    for (const parameters of [...cases, ...cases.toReversed()]) {
      const answer = await store.get(parameters);
      expect(answer).toMatchObject({ resultCode: '000000', bodySign: { ok: true } });
      expect((await readLedger(seller().database)).receipts.at(-1)).toMatchObject({
        activity: parameters['activity'],
        hashed: 1,
      });
    }
  }
  expect(await state()).toEqual(before);
  expect(asked).toEqual(questions);
});

test('the answers are complete, and the same for ever', async () => {
  const { get } = v1Store(seller());
  const debug = { testFlag: '1' };
  const first = V1NewInstanceAnswer.parse((await get(purchase('CS-debug', debug))).json);
  expect(first).toMatchObject({ encryptType: '1', instanceId: expect.any(String) });
  expect(first.appInfo?.frontEndUrl).toMatch(/^https:/);
  expect(V1NewInstanceAnswer.parse((await get(purchase('CS-debug', debug))).json)).toEqual(first);
  const license = V1GetLicenseAnswer.parse((await get(licensePurchase('CS-debug', debug))).json);
  expect(license).toMatchObject({ instanceId: expect.any(String), license: expect.stringMatching(/./) });
  const { info } = V1QueryInstanceAnswer.parse((await get(about('queryInstance', 'a,b', debug))).json);
  expect(info?.map(({ instanceId }) => instanceId)).toEqual(['a', 'b']);
});

test.each(mockOrderIds)('the order %s is one of the debugging page, whatever testFlag says', async (orderId) => {
  const before = await state();
  for (const parameters of [purchase(orderId), licensePurchase(orderId), refresh('x', orderId, '20270101000000')]) {
    expect(await send(parameters)).toBe('000000');
  }
  expect(await state()).toEqual(before);
});

test('the Kit', async () => {
  const before = await state();
  const { post } = v1Store(seller());
  for (const { timeStamp: _, ...message } of [
    tenant('T-1', { testFlag: 1 }),
    tenant('T-1', { testFlag: 1, flag: 0 }),
  ]) {
    expect((await post('tenantSync', message)).resultCode).toBe('000000');
  }
  const { timeStamp: _, ...message } = department('T-1', '1', { testFlag: '1' });
  expect((await post('singleOrgSync', message)).resultCode).toBe('000000');
  expect(await state()).toEqual(before);
});
