import { type OrderInfo, readStoreTime, type StoreTime, storeTimeInUtc } from '@koobridge/contracts';
import type { StoreClock } from '../life/store-clock.ts';
import { type StoreClient, sentenceOf } from '../store/client.ts';
import type { OrderLineId } from './questions.ts';
import type { ConfirmationRow } from './tables.ts';

/** What the store says. */
export type StoreWord =
  | { readonly kind: 'expires'; readonly at: number }
  /** It knows the code, which is all an adoption asks (R19). */
  | { readonly kind: 'known' }
  | {
      readonly kind: 'order';
      readonly line: OrderLineId;
      readonly order: OrderInfo;
      readonly expiresAt: number | undefined;
    }
  | { readonly kind: 'unsettled'; readonly problem: string };

const success = '92020000';
const notActivated = '92020011';

/**
 * Asks the store what a question is about. An expiry: of a license the query API first, whose `expire_time` not every
 * page names, and then the order query (R16). Never rejects.
 */
export async function askStore(question: ConfirmationRow, store: StoreClient, clock: StoreClock): Promise<StoreWord> {
  const line = lineOf(question);
  if (question.about === 'license') {
    const word = await askForLicense(question, store);
    if (word !== undefined) return word;
  }
  if (line === undefined) return unsettled('the store told no expiry');
  const answer = await store.queryOrder(line.orderId, line.orderLineId);
  if (!answer.ok) return unsettled(sentenceOf(answer));
  const { order } = answer;
  // A V1 call names no line (R25).
  const found = order.orderLine.find(({ orderLineId }) => line.orderLineId === '' || orderLineId === line.orderLineId);
  const expiresAt = instantOf(found?.expireTime, clock.instant);
  if (question.reason === 'order') return { kind: 'order', line, order, expiresAt };
  if (expiresAt !== undefined) return { kind: 'expires', at: expiresAt };
  return unsettled(`the store told no expiry for order line ${line.orderLineId}`);
}

/** Undefined where the order has to be asked for. */
async function askForLicense({ subject, reason }: ConfirmationRow, store: StoreClient): Promise<StoreWord | undefined> {
  const heartbeat = await store.heartbeat(subject);
  if (!heartbeat.ok) return unsettled(sentenceOf(heartbeat));
  const { error_code, error_msg, data } = heartbeat.body;
  if (error_code !== success && error_code !== notActivated) {
    return unsettled(`the store answered ${error_code} ${error_msg}`);
  }
  if (data !== undefined && data.license_code !== subject) return unsettled('the store answered for another code');
  if (reason === 'adoption') return { kind: 'known' };
  // The query API's page says UTC; the zone that a setting chooses is that of `expireTime` (R13).
  const at = instantOf(data?.expire_time, storeTimeInUtc);
  return at === undefined ? undefined : { kind: 'expires', at };
}

const lineOf = ({ order_id: orderId, order_line_id: orderLineId }: ConfirmationRow): OrderLineId | undefined =>
  orderId === null || orderLineId === null ? undefined : { orderId, orderLineId };

function instantOf(text: string | undefined, instant: (time: StoreTime) => number): number | undefined {
  const time = text === undefined ? undefined : readStoreTime(text);
  return time === undefined ? undefined : instant(time);
}

const unsettled = (problem: string): StoreWord => ({ kind: 'unsettled', problem });
