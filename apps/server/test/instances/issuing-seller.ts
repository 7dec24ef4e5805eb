import type { OnlineLicense, ProvisioningHandlers } from '../../src/handlers/handlers.ts';
import { purchase } from '../callbacks.ts';
import { sellerAsking } from '../confirmation/seller-asking.ts';
import { readLedger } from '../ledger-content.ts';
import type { Seller } from '../seller.ts';
import { orderAnswer, type StoreAnswers } from '../store-stand-in.ts';

/** Buys an instance and tells its id. */
export const buy = async ({ store }: Seller): Promise<string> =>
  String((await store.send(purchase())).body['instanceId']);

/** A seller with one instance, whose handler gives the answers in turn, the last of them again and again. */
export async function issuing(
  answers: readonly (() => OnlineLicense)[],
  upload?: StoreAnswers['upload'],
  more: ProvisioningHandlers = {},
) {
  const calls: { readonly key: string; readonly data: unknown }[] = [];
  const { seller, standIn } = await sellerAsking(
    {
      order: (orderId, orderLineId) => orderAnswer(orderId, orderLineId, '20270101000000'),
      ...(upload === undefined ? {} : { upload }),
    },
    {
      handlers: {
        provisioning: {
          ...more,
          'license.requested': ({ data }, { idempotencyKey }) => {
            const answer = answers[Math.min(calls.length, answers.length - 1)];
            calls.push({ key: idempotencyKey, data });
            if (answer === undefined) throw new Error('a test gives an answer');
            return answer();
          },
        },
      },
    },
  );
  const delivered = async () =>
    (await readLedger(seller.database)).applications.map(({ delivered_at }) => delivered_at !== null);
  return { seller, standIn, calls, delivered, id: await buy(seller) };
}

export const text = (): OnlineLicense => ({ license: 'LICENSE-TEXT' });
