import type { V1ActivityName } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { v1On } from './instance.ts';
import { everyActivity } from './messages.ts';
import { type Parameters, v1Store } from './store.ts';

const seller = sharedSeller({ environment: v1On });
const messages = everyActivity('an-instance');

const mandatory: Readonly<Record<V1ActivityName, readonly string[]>> = {
  newInstance: ['businessId', 'customerId', 'orderId', 'productId'],
  refreshInstance: ['expireTime', 'instanceId', 'orderId'],
  expireInstance: ['instanceId'],
  releaseInstance: ['instanceId'],
  upgrade: ['instanceId', 'orderId', 'productId', 'skuCode'],
  instanceStatus: ['instanceId', 'instanceStatus'],
  queryInstance: ['instanceId'],
  getLicense: ['businessId', 'customerId', 'orderId', 'productId'],
  refreshLicense: ['expireTime', 'instanceId', 'orderId'],
  expireLicense: ['instanceId', 'orderId'],
  releaseLicense: ['instanceId', 'orderId'],
};
const rows = Object.entries(mandatory).flatMap(
  ([activity, members]) => members.map((member) => [activity as V1ActivityName, member] as const), // the keys are those of the record
);

/** Refused, signed, with the parameter's name first, and nothing left but a receipt without its values. */
async function refused(parameters: Parameters, member: string): Promise<void> {
  const { receipts, ...before } = await readLedger(seller().database);
  const answer = await v1Store(seller()).get(parameters);
  expect(answer).toMatchObject({ resultCode: '000002', bodySign: { ok: true } });
  expect(answer.resultMsg.startsWith(`${member}: `), answer.resultMsg).toBe(true);
  const { receipts: after, ...state } = await readLedger(seller().database);
  expect(state).toEqual(before);
  expect(after.slice(receipts.length)).toMatchObject([{ result_code: '000002', hashed: 1 }]);
}

const without = (parameters: Parameters, member: string): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== member));

describe('a mandatory parameter (R10)', () => {
  test.each(rows)('of %s: %s missing, empty or too long', async (activity, member) => {
    await refused(without(messages[activity], member), member);
    await refused({ ...messages[activity], [member]: '' }, member);
    await refused({ ...messages[activity], [member]: 'x'.repeat(101) }, member);
  });
});

test.each([
  ['newInstance', 'testFlag', '2'],
  ['newInstance', 'trialFlag', 'yes'],
  ['newInstance', 'expireTime', '20270230000000'],
  ['newInstance', 'chargingMode', '2'],
  ['newInstance', 'amount', '1.5'],
  ['newInstance', 'diskSize', '12345678'],
  ['newInstance', 'orderAmount', '1,5'],
  ['newInstance', 'orderAmount', '1.2345'],
  ['newInstance', 'periodType', 'day'],
  ['newInstance', 'periodNumber', '100'],
  ['newInstance', 'customerName', 'x'.repeat(65)],
  ['newInstance', 'saasExtendParams', 'x'.repeat(2049)],
  ['newInstance', 'mobilePhone', 'x'.repeat(256)],
  ['refreshInstance', 'expireTime', '2027-01-01'],
  ['refreshInstance', 'trialToFormal', '2'],
  ['refreshInstance', 'orderAmount', '--1'],
  ['instanceStatus', 'instanceStatus', 'UNFREEZE'],
  ['queryInstance', 'instanceId', 'a,,b'],
  ['getLicense', 'periodType', 'day'],
] as const)('of %s: %s may not be "%s"', (activity, member, value) =>
  refused({ ...messages[activity], [member]: value }, member),
);

test('parameters that nobody knows are signed and ignored', async () => {
  const { get } = v1Store(seller());
  for (const parameters of Object.values(everyActivity('an-instance', { testFlag: '1' }))) {
    expect((await get({ ...parameters, futureParameter: 'ä', __proto__x: '1' })).resultCode).toBe('000000');
  }
});

test('an extension that cannot be read does not spoil the purchase', async () => {
  const { get } = v1Store(seller());
  for (const saasExtendParams of ['not base64', 'e30=', '%']) {
    expect((await get({ ...messages.newInstance, saasExtendParams })).resultCode).toBe('000000');
  }
});
