import { describe, expect, test } from 'vitest';
import type { AnsweringHandlers, ChangeQuestion } from '../../src/handlers/handlers.ts';
import { changeCheck, purchase, releaseInstance } from '../callbacks.ts';
import { sharedSeller, startSeller } from '../seller.ts';

type CheckChange = NonNullable<AnsweringHandlers['checkChange']>;

let check: CheckChange = () => ({ possible: true });
const asked: ChangeQuestion[] = [];
const seller = sharedSeller({
  timing: { factsMs: 100 },
  handlers: {
    answering: {
      checkChange(question, asking) {
        asked.push(question);
        return check(question, asking);
      },
    },
  },
});

async function newInstance(): Promise<string> {
  const { body } = await seller().store.send(purchase());
  return String(body['instanceId']);
}

describe('changeInstanceCheck', () => {
  test('is possible, and the handler is asked with the product as the store sent it', async () => {
    const id = await newInstance();
    check = () => ({ possible: true });
    asked.length = 0;
    expect((await seller().store.send(changeCheck(id))).resultCode).toBe('000000');
    const productInfo = { productId: 'P-3', more: { of: ['it'] } };
    expect((await seller().store.send(changeCheck(id, { productInfo }))).resultCode).toBe('000000');
    expect(asked).toEqual([
      { instanceId: id, productInfo: [{ linearValue: 10, productId: 'P-2', skuCode: 'S-2' }] },
      { instanceId: id, productInfo: [productInfo] },
    ]);
  });

  test('is not possible, and says why', async () => {
    const id = await newInstance();
    check = () => ({ possible: false, message: 'too many users for this edition' });
    expect(await seller().store.send(changeCheck(id))).toMatchObject({
      resultCode: '000002',
      resultMsg: 'productInfo: too many users for this edition',
    });
  });

  test.each<[string, () => unknown]>([
    ['hangs', () => new Promise(() => undefined)],
    ['rejects', () => Promise.reject(new Error('no database'))],
    ['answers nothing', () => undefined],
    ['says no without a reason', () => ({ possible: false })],
  ])('is answered 000005, so that the store repeats it, where the handler %s', async (_name, answer) => {
    const id = await newInstance();
    check = answer as CheckChange; // what a seller's JavaScript may hold
    expect((await seller().store.send(changeCheck(id))).resultCode).toBe('000005');
  });

  test('of an instance that is unknown or released is 000003, and nobody is asked (R18, R19)', async () => {
    const id = await newInstance();
    await seller().store.send(releaseInstance(id));
    asked.length = 0;
    for (const each of [id, 'unknown']) {
      expect((await seller().store.send(changeCheck(each))).resultCode).toBe('000003');
    }
    expect(asked).toEqual([]);
  });
});

test('without a handler every change is possible', async () => {
  const own = await startSeller();
  const { body } = await own.store.send(purchase());
  expect((await own.store.send(changeCheck(String(body['instanceId'])))).resultCode).toBe('000000');
  expect((await own.store.send(changeCheck('unknown'))).resultCode).toBe('000003');
});
