import { orderQuerySuccess, readStoreTime, type StoreTime, storeTimeInUtc } from '@koobridge/contracts';
import type { StoreClock } from '../licenses/store-clock.ts';
import type { StoreClient } from '../store/client.ts';
import type { ConfirmationRow } from './tables.ts';

/** What the store says of a license. */
export type StoreWord =
  | { readonly kind: 'expires'; readonly at: number }
  /** It knows the code, which is all an adoption asks (R19). */
  | { readonly kind: 'known' }
  | { readonly kind: 'unsettled'; readonly problem: string };

const success = '92020000';
const notActivated = '92020011';

/**
 * Asks the store about a license: the query API first, whose `expire_time` not every page names, and for an expiry then
 * the order query (R16). Never rejects.
 */
export async function askStore(question: ConfirmationRow, store: StoreClient, clock: StoreClock): Promise<StoreWord> {
  const heartbeat = await store.heartbeat(question.license);
  if (!heartbeat.ok) return unsettled(heartbeat.problem);
  const { error_code, error_msg, data } = heartbeat.body;
  if (error_code !== success && error_code !== notActivated) {
    return unsettled(`the store answered ${error_code} ${error_msg}`);
  }
  if (data !== undefined && data.license_code !== question.license)
    return unsettled('the store answered for another code');
  if (question.reason === 'adoption') return { kind: 'known' };
  // The query API's page says UTC; the zone that a setting chooses is that of `expireTime` (R13).
  return expiry(data?.expire_time, storeTimeInUtc) ?? (await askForOrder(question, store, clock));
}

async function askForOrder(question: ConfirmationRow, store: StoreClient, clock: StoreClock): Promise<StoreWord> {
  const { order_id: orderId, order_line_id: orderLineId } = question;
  if (orderId === null || orderLineId === null) return unsettled('the store told no expiry');
  const order = await store.queryOrder(orderId, orderLineId);
  if (!order.ok) return unsettled(order.problem);
  const { resultCode, resultMsg, orderInfo } = order.body;
  if (!orderQuerySuccess.includes(resultCode)) return unsettled(`the store answered ${resultCode} ${resultMsg}`);
  const line = orderInfo?.orderLine.find((candidate) => candidate.orderLineId === orderLineId);
  return expiry(line?.expireTime, clock.instant) ?? unsettled(`the store told no expiry for order line ${orderLineId}`);
}

function expiry(text: string | undefined, instant: (time: StoreTime) => number): StoreWord | undefined {
  const time = text === undefined ? undefined : readStoreTime(text);
  return time === undefined ? undefined : { kind: 'expires', at: instant(time) };
}

const unsettled = (problem: string): StoreWord => ({ kind: 'unsettled', problem });
