import { expect } from 'vitest';
import { cancellation, renewal } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { type SellerSetting, start, startSeller } from '../seller.ts';
import type { Store } from '../store.ts';
import { type StoreAnswers, startStore } from '../store-stand-in.ts';

/** A seller that asks a stand-in of the store every few milliseconds, whenever a question is due. */
export async function sellerAsking(
  answers: StoreAnswers,
  setting: Pick<SellerSetting, 'environment' | 'handlers' | 'timing'> & { readonly storeMs?: number } = {},
) {
  const clock = { now: start };
  const store = await startStore(answers, () => clock.now);
  const seller = await startSeller({
    environment: { ...store.environment, ...setting.environment },
    ...(setting.handlers === undefined ? {} : { handlers: setting.handlers }),
    timing: { confirmationPauseMs: 5, outboxPauseMs: 5, storeMs: setting.storeMs ?? 2_000, ...setting.timing },
    random: () => 0,
    clock,
  });
  const questions = async () => (await readLedger(seller.database)).confirmations;
  return { seller, standIn: store, questions, settled: () => expect.poll(questions).toEqual([]) };
}

/** Sends a renewal to 2028 and its cancellation back to 2027, which leaves the expiry to be confirmed. */
export async function renewAndCancel({ send }: Store, license: string) {
  const order = { orderId: 'CS-C', orderLineId: 'CS-C-000001' };
  await send(renewal(license, '20280101000000'));
  await send(cancellation(license, '20270101000000', order));
}
