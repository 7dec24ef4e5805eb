import { beforeAll, describe, expect, test } from 'vitest';
import { purchase } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { everyActivity, type InstanceActivity } from './every-activity.ts';

const seller = sharedSeller();
let id = '';
beforeAll(async () => {
  id = String((await seller().store.send(purchase())).body['instanceId']);
});

/** The mandatory members of each activity, with the longest text of each that is a text of a length of its own. */
const mandatory: Readonly<Record<InstanceActivity, Readonly<Record<string, number | undefined>>>> = {
  newInstance: { orderId: 64, orderLineId: 64, businessId: 64 },
  queryInstance: { instanceId: 64 },
  refreshInstance: { scene: undefined, orderId: 64, orderLineId: 64, instanceId: 64, expireTime: undefined },
  updateInstanceStatus: { instanceId: 64, status: undefined },
  releaseInstance: { instanceId: 64 },
  upgradeInstance: { instanceId: 64, orderId: 64, orderLineId: 64 },
  changeInstanceCheck: { instanceId: 64, productInfo: undefined },
  getLicenseAsync: { instanceId: 64, effectiveTime: 32, eventId: 64 },
  orderNotify: { orderId: 64, orderLineId: 64 },
};
const optional: Partial<Record<InstanceActivity, Readonly<Record<string, number>>>> = {
  refreshInstance: { productId: 64 },
  releaseInstance: { orderId: 64, orderLineId: 64 },
  getLicenseAsync: { expireTime: 32, deviceFingerprint: 1024 },
};

const names = Object.keys(mandatory) as InstanceActivity[]; // the keys of a literal are exactly its type's
const members = names.flatMap((name) => Object.keys(mandatory[name]).map((member) => [name, member] as const));
const limits = names.flatMap((name) =>
  Object.entries({ ...mandatory[name], ...optional[name] }).flatMap(([member, limit]) =>
    limit === undefined ? [] : [[name, member, limit] as const],
  ),
);

/** The member with a value that is none: 000002 naming it first, one receipt, and nothing else. */
async function refused(name: InstanceActivity, member: string, values: readonly unknown[]): Promise<void> {
  const { receipts: before, ...stateBefore } = await readLedger(seller().database);
  for (const value of values) {
    const answer = await seller().store.send(JSON.stringify({ ...everyActivity[name](id), [member]: value }));
    expect(answer).toMatchObject({ status: 200, resultCode: '000002' });
    expect(answer.resultMsg).toMatch(new RegExp(`^${member}(\\.\\d+)?: `));
    expect(Object.keys(answer.body).toSorted()).toEqual(['resultCode', 'resultMsg']);
  }
  const { receipts, ...state } = await readLedger(seller().database);
  expect(state).toEqual(stateBefore);
  expect(receipts).toHaveLength(before.length + values.length);
}

describe('a mandatory member that is missing, null or empty (R10)', () => {
  test.each(members)('of %s: %s', (name, member) => refused(name, member, [undefined, null, '']));
});

describe('a member of the wrong type (R10)', () => {
  test.each(members)('of %s: %s', (name, member) => refused(name, member, [1, true, [], [[]], [1], 1e300]));
});

describe('a member that is longer than its page allows, or no text (R10)', () => {
  test.each(limits)('of %s: %s', (name, member, limit) =>
    refused(name, member, ['x'.repeat(limit + 1), `${'\u{1F600}'.repeat(limit / 2)}x`, '\ud800']),
  );
});

describe('a value outside its enumeration (R11, R13, R14)', () => {
  test.each<[InstanceActivity, string, unknown[]]>([
    ['refreshInstance', 'scene', ['renewal', 'UNSUBSCRIBE', 'UNSTATED']],
    ['refreshInstance', 'expireTime', ['20270230000000', '2027', 'soon']],
    ['updateInstanceStatus', 'status', ['freeze', 'RELEASE']],
    ...names.map((name): [InstanceActivity, string, unknown[]] => [name, 'testFlag', ['2', 2, true, 'yes']]),
  ])('of %s: %s', refused);
});

describe('what is only optional may be absent, null or empty, and members nobody knows are passed over (R10)', () => {
  test.each(names)('of %s', async (name) => {
    for (const value of [undefined, null, '']) {
      const own = String((await seller().store.send(purchase())).body['instanceId']);
      const left = Object.fromEntries(Object.keys(optional[name] ?? {}).map((member) => [member, value]));
      const message = { ...everyActivity[name](own), ...left, zzz: { nobody: ['knows'] } };
      expect((await seller().store.send(JSON.stringify(message))).resultCode).toMatch(/^00000[04]$/);
    }
  });
});
