import { v1Activities } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { sharedSeller } from '../seller.ts';
import { bought, instanceOf, v1On } from './instance.ts';
import { about, everyActivity, licensePurchase, purchase, upgrade } from './messages.ts';
import { type Parameters, v1Store } from './store.ts';

const seller = sharedSeller({ environment: v1On });
const send = async (parameters: Parameters) => (await v1Store(seller()).get(parameters)).resultCode;
const status = async (instanceId: string) => (await instanceOf(seller(), instanceId)).status;

describe.each([
  ['SaaS', 'expireInstance', 'releaseInstance', purchase],
  ['License', 'expireLicense', 'releaseLicense', licensePurchase],
] as const)('the end of a %s', (kind, expire, release, buy) => {
  const order = { orderId: `CS-${kind}` };

  test('it expires, again and again', async () => {
    const instanceId = await bought(v1Store(seller()), buy(`CS-${kind}-expires`));
    expect(await send(about(expire, instanceId, order))).toBe('000000');
    expect(await send(about(expire, instanceId, order))).toBe('000000');
    expect(await status(instanceId)).toBe('FROZEN');
  });

  test('it is released for good, and releasing or expiring it again is success (R18)', async () => {
    const instanceId = await bought(v1Store(seller()), buy(`CS-${kind}-ends`));
    for (const activity of [release, release, expire] as const) {
      expect(await send(about(activity, instanceId, order))).toBe('000000');
    }
    expect(await status(instanceId)).toBe('RELEASED');
    expect(await send(about('instanceStatus', instanceId, { instanceStatus: 'NORMAL' }))).toBe('000003');
    expect(await send(upgrade(instanceId, 'CS-too-late'))).toBe('000003');
    expect(await send(about('queryInstance', instanceId))).toBe('000003');
  });

  test('one that nobody knows (R19)', async () => {
    expect(await send(about(expire, 'unknown', order))).toBe('000003');
    expect(await send(about(release, 'unknown', order))).toBe('000003');
  });
});

describe('instanceStatus', () => {
  test('FREEZE and NORMAL', async () => {
    const instanceId = await bought(v1Store(seller()), purchase('CS-status'));
    for (const [instanceStatus, expected] of [
      ['FREEZE', 'FROZEN'],
      ['FREEZE', 'FROZEN'],
      ['NORMAL', 'ACTIVE'],
      ['NORMAL', 'ACTIVE'],
    ] as const) {
      expect(await send(about('instanceStatus', instanceId, { instanceStatus }))).toBe('000000');
      expect(await status(instanceId)).toBe(expected);
    }
  });

  test('one that a later change overtook changes nothing (R17)', async () => {
    const instanceId = await bought(v1Store(seller()), purchase('CS-overtaken'));
    const at = (ago: number) => ({ time: seller().clock.now - ago });
    const { get } = v1Store(seller());
    await get(about('instanceStatus', instanceId, { instanceStatus: 'FREEZE' }), at(1_000));
    const late = await get(about('instanceStatus', instanceId, { instanceStatus: 'NORMAL' }), at(2_000));
    expect(late.resultCode).toBe('000000');
    expect(await status(instanceId)).toBe('FROZEN');
  });
});

describe('upgrade', () => {
  test('is applied once', async () => {
    const instanceId = await bought(v1Store(seller()), purchase('CS-upgraded'));
    expect(await send(upgrade(instanceId, 'CS-up'))).toBe('000000');
    expect(await send(upgrade(instanceId, 'CS-up'))).toBe('000000');
    expect((await instanceOf(seller(), instanceId)).orderLines).toHaveLength(2);
  });

  test('an order of another instance is a conflict, and an unknown instance 000003', async () => {
    const instanceId = await bought(v1Store(seller()), purchase('CS-another'));
    expect(await send(upgrade(instanceId, 'CS-up'))).toBe('000002');
    expect(await send(upgrade('unknown', 'CS-up-2'))).toBe('000003');
  });
});

describe('queryInstance', () => {
  test('several, in the order asked for; one that is unknown spoils it', async () => {
    const store = v1Store(seller());
    const ids = [await bought(store, purchase('CS-q2')), await bought(store, purchase('CS-q1'))];
    const answer = await store.get(about('queryInstance', ids.join(',')));
    expect(answer.json).toMatchObject({
      resultCode: '000000',
      encryptType: '1',
      info: ids.map((instanceId) => ({ instanceId })),
    });
    expect(await send(about('queryInstance', `${ids.join(',')},unknown`))).toBe('000003');
  });

  test('up to 100 of up to 64', async () => {
    const many = Array.from({ length: 100 }, (_, index) => `${index}`.padEnd(64, 'x'));
    expect(await send(about('queryInstance', many.join(','), { testFlag: '1' }))).toBe('000000');
    expect(await send(about('queryInstance', [...many, 'y'].join(','), { testFlag: '1' }))).toBe('000002');
  });
});

test('the metrics count each activity by its name', async () => {
  for (const parameters of Object.values(everyActivity('nothing', { testFlag: '1' }))) await send(parameters);
  const text = await (await seller().get('/metrics')).text();
  for (const name of Object.keys(v1Activities)) {
    expect(text).toMatch(
      new RegExp(`^koobridge_callbacks_total\\{activity="${name}",result_code="000000"\\} [1-9]`, 'm'),
    );
  }
});
