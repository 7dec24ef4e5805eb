import { type CreateRefusalCode, createRefusalCodes } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import type { AnsweringHandlers, CreateVerdict, PurchaseQuestion } from '../../src/handlers/handlers.ts';
import { purchase } from '../callbacks.ts';
import { sellerAsking } from '../confirmation/seller-asking.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { orderAnswer, type StoreAnswer } from '../store-stand-in.ts';

type AdmitCreate = NonNullable<AnsweringHandlers['admitCreate']>;

const questions: PurchaseQuestion[] = [];
let admit: AdmitCreate = () => ({ accept: true });
const seller = sharedSeller({
  timing: { factsMs: 100 },
  handlers: {
    answering: {
      admitCreate(question, asking) {
        questions.push(question);
        return admit(question, asking);
      },
    },
  },
});

const refusing =
  (resultCode: CreateRefusalCode): AdmitCreate =>
  () => ({ accept: false, resultCode });

describe('a purchase that the seller refuses', () => {
  test.each(createRefusalCodes)('is answered %s, and nothing is kept of it but the receipt', async (code) => {
    admit = refusing(code);
    const { receipts: _, ...before } = await readLedger(seller().database);
    const answer = await seller().store.send(purchase());
    expect(answer.resultCode).toBe(code);
    expect(answer.body).not.toHaveProperty('instanceId');
    const { receipts, ...after } = await readLedger(seller().database);
    expect(after).toEqual(before);
    expect(receipts.at(-1)?.result_code).toBe(code);
  });

  test('is answered with the seller’s own words, cut to the documented length', async () => {
    admit = () => ({ accept: false, resultCode: '000106', message: `sold out ${'x'.repeat(1_000)}` });
    const { resultMsg } = await seller().store.send(purchase());
    expect(resultMsg).toMatch(/^sold out x/);
    expect(resultMsg).toHaveLength(255);
  });

  test('is decided anew at the retry, and not asked about once it was applied (R15)', async () => {
    const bought = purchase();
    admit = refusing('000106');
    expect((await seller().store.send(bought)).resultCode).toBe('000106');
    admit = () => ({ accept: true });
    const accepted = await seller().store.send(bought);
    expect(accepted.resultCode).toBe('000000');
    questions.length = 0;
    admit = refusing('000100');
    expect((await seller().store.send(bought)).body).toEqual(accepted.body);
    expect(questions).toEqual([]);
  });
});

describe('a handler without a usable answer never refuses a purchase', () => {
  const throwing = () => {
    throw new Error('no database');
  };
  test.each<[string, () => unknown]>([
    ['hangs', () => new Promise(() => undefined)],
    ['throws', throwing],
    ['rejects', () => Promise.reject(new Error('no database'))],
    ['answers nothing', () => undefined],
    ['answers null', () => null],
    ['answers a text', () => 'no'],
    ['says no without a code', () => ({ accept: false })],
    ['says no with a code that is none of its own', () => ({ accept: false, resultCode: '000001' })],
    ['delivers nonsense', () => ({ accept: true, delivery: { appInfo: { frontEndUrl: 7 } } })],
  ])('when it %s', async (_name, handler) => {
    admit = handler as AdmitCreate; // what a seller's JavaScript may hold
    const { resultCode, body } = await seller().store.send(purchase());
    expect(resultCode).toBe('000000');
    expect(body).toHaveProperty('instanceId');
  });

  test('and is told when its time is over', async () => {
    let signal: AbortSignal | undefined;
    admit = (_question, asking) => {
      signal = asking.signal;
      return new Promise(() => undefined);
    };
    await seller().store.send(purchase());
    expect(signal?.aborted).toBe(true);
  });
});

describe('what the handler is asked', () => {
  const asked = async (order: () => StoreAnswer, factsMs: number) => {
    const heard: PurchaseQuestion[] = [];
    const refusal: CreateVerdict = { accept: false, resultCode: '000106' };
    const { seller } = await sellerAsking(
      { order },
      {
        timing: { factsMs },
        handlers: {
          answering: {
            admitCreate(question) {
              heard.push(question);
              return refusal;
            },
          },
        },
      },
    );
    const answer = await seller.store.send(purchase({ orderId: 'CS-Q', orderLineId: 'CS-Q-000001' }));
    return { heard, answer };
  };

  test('holds the order, where the store tells it in time', async () => {
    const { heard, answer } = await asked(() => orderAnswer('CS-Q', 'CS-Q-000001', '20270101000000'), 2_000);
    expect(answer.resultCode).toBe('000106');
    expect(heard).toMatchObject([
      {
        orderId: 'CS-Q',
        orderLineId: 'CS-Q-000001',
        instanceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        order: { orderId: 'CS-Q', orderType: 'RENEW' },
      },
    ]);
  });

  test.each<[string, StoreAnswer]>([
    ['hangs', () => undefined],
    ['fails', (response) => response.writeHead(500).end()],
    ['hangs up', (response) => response.destroy()],
    ['knows no such order', { resultCode: 'MKT.0999', resultMsg: 'no such order' }],
  ])('holds no order where the store %s, and is asked all the same', async (_name, order) => {
    const { heard, answer } = await asked(() => order, 1_500);
    expect(heard).toMatchObject([{ orderId: 'CS-Q', order: null }]);
    expect(answer.resultCode).toBe('000106');
  });
});

test('without credentials for the store the question holds no order', async () => {
  admit = () => ({ accept: true });
  questions.length = 0;
  await seller().store.send(purchase());
  expect(questions).toMatchObject([{ order: null }]);
});
