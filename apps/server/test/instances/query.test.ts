import { describe, expect, test } from 'vitest';
import type { AnsweringHandlers } from '../../src/handlers/handlers.ts';
import { purchase, query, releaseInstance } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';

type Usage = NonNullable<AnsweringHandlers['usage']>;

const appInfo = {
  frontEndUrl: 'https://acme.example.com',
  adminUrl: 'https://acme.example.com/admin',
  userName: 'admin',
  password: 'Init-1234',
  memo: 'Change the password.',
};

let usage: Usage = () => ({});
const asked: (readonly string[])[] = [];
const unmade = new Set<unknown>();
const seller = sharedSeller({
  timing: { factsMs: 100 },
  handlers: {
    answering: {
      usage(question, asking) {
        asked.push(question.instanceIds);
        return usage(question, asking);
      },
    },
    provisioning: {
      'instance.created': ({ data }) => {
        if (unmade.has(data.orderId)) throw new Error('not yet');
        return { appInfo };
      },
    },
  },
});

/** Buys so many instances and waits until they are ready. */
async function readyInstances(count: number): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => seller().store.send(purchase())));
  const ids = answers.map(({ body }) => String(body['instanceId']));
  const pending = async () =>
    (await readLedger(seller().database)).instances.filter((row) => row.provisioning === 'PENDING');
  await expect.poll(async () => (await pending()).filter(({ instance_id }) => ids.includes(instance_id))).toEqual([]);
  return ids;
}

describe('queryInstance', () => {
  test('tells what the handler made', async () => {
    const [id = ''] = await readyInstances(1);
    expect((await seller().store.send(query(id))).body).toEqual({
      resultCode: '000000',
      resultMsg: 'success.',
      info: [{ instanceId: id, appInfo }],
    });
  });

  test('tells a hundred, in the order they were asked for', async () => {
    const ids = (await readyInstances(100)).toReversed();
    const { resultCode, body } = await seller().store.send(query(...ids));
    expect(resultCode).toBe('000000');
    expect(body['info']).toEqual(ids.map((instanceId) => ({ instanceId, appInfo })));
  });

  test('refuses a hundred and one, an empty one and one that is too long', async () => {
    const [id = ''] = await readyInstances(1);
    for (const ids of [Array.from({ length: 101 }, () => id), [id, ''], [id, 'x'.repeat(65)]]) {
      const answer = await seller().store.send(query(...ids));
      expect(answer).toMatchObject({ resultCode: '000002', resultMsg: expect.stringMatching(/^instanceId: /) });
    }
  });

  test('does not know one that is unknown, or released, among others (R18, R19)', async () => {
    const [first = '', second = ''] = await readyInstances(2);
    expect((await seller().store.send(query(first, 'unknown'))).body).toEqual({
      resultCode: '000003',
      resultMsg: expect.any(String),
    });
    await seller().store.send(releaseInstance(second));
    expect((await seller().store.send(query(first, second))).resultCode).toBe('000003');
    expect((await seller().store.send(query(first))).resultCode).toBe('000000');
  });

  test('asks to come again as long as one is pending, and tells the others', async () => {
    const [ready = ''] = await readyInstances(1);
    const bought = purchase();
    unmade.add(bought['orderId']);
    const { body } = await seller().store.send(bought);
    expect((await seller().store.send(query(ready, String(body['instanceId'])))).body).toMatchObject({
      resultCode: '000004',
      info: [{ instanceId: ready }],
    });
  });
});

describe('usage', () => {
  const used = { usageValue: 12.5, statisticalTime: '20260115115959000', dashboardUrl: 'https://acme.example.com/u' };

  test('is told of the instances that have some', async () => {
    const [metered = '', flat = ''] = await readyInstances(2);
    usage = () => ({ [metered]: [used] });
    asked.length = 0;
    expect((await seller().store.send(query(metered, flat))).body['info']).toEqual([
      { instanceId: metered, appInfo, usageInfo: [used] },
      { instanceId: flat, appInfo },
    ]);
    expect(asked).toEqual([[metered, flat]]);
  });

  test.each<[string, () => unknown]>([
    ['hangs', () => new Promise(() => undefined)],
    [
      'throws',
      () => {
        throw new Error('no database');
      },
    ],
    ['answers nothing', () => undefined],
    ['answers a list', () => [used]],
    ['answers a value that is none', () => ({ x: [{ ...used, usageValue: Number.NaN }] })],
    ['answers a time that is none', () => ({ x: [{ ...used, statisticalTime: 'noon' }] })],
    ['answers five decimals', () => ({ x: [{ ...used, usageValue: 0.00001 }] })],
  ])('is left out where its handler %s', async (_name, answer) => {
    const [id = ''] = await readyInstances(1);
    usage = answer as Usage; // what a seller's JavaScript may hold
    expect((await seller().store.send(query(id))).body).toMatchObject({
      resultCode: '000000',
      info: [{ instanceId: id, appInfo }],
    });
  });

  test('is not asked for where an instance is unknown: the answer is decided already', async () => {
    const [id = ''] = await readyInstances(1);
    asked.length = 0;
    expect((await seller().store.send(query(id, 'unknown'))).resultCode).toBe('000003');
    expect(asked).toEqual([]);
  });
});
