import { isKitActivityName, resultCode } from '@koobridge/contracts';
import type { Records } from '../database/records.ts';
import type { Draw } from '../draw.ts';
import { followKit } from '../kit/bind.ts';
import { noteFailedOrder } from '../notices/delist.ts';
import { failOrder } from '../orders/fail.ts';
import { nextOrderId } from '../orders/ids.ts';
import { upgraded } from '../orders/upgrade.ts';
import type { Change } from '../subscriptions/change.ts';
import { unfreezeWhenRefreshed } from '../subscriptions/life-cycle.ts';
import type { FreezeMoments } from '../subscriptions/moments.ts';
import { answered, created } from '../subscriptions/opening.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { writeChange } from '../subscriptions/write.ts';
import type { CallName } from './calls.ts';
import type { Verdict } from './judge.ts';
import type { Message } from './message.ts';

export interface FollowUpParts {
  readonly records: Records;
  readonly draw: Draw;
  readonly moments: FreezeMoments;
}

type Success = Extract<Verdict, { succeeded: true }>;

/** What a success means for the subscription it is about; the order behind it is completed where the table says nothing else. */
type AfterSuccess = (
  subscription: Subscription,
  message: Message,
  verdict: Success,
  now: number,
  parts: FollowUpParts,
) => Change | undefined;

const refreshed: AfterSuccess = (subscription, { orderId }, _, now, { moments }) => {
  const change = unfreezeWhenRefreshed(subscription, now, moments) ?? { subscription, callbacks: [] };
  return orderId === null ? change : { ...change, orderStatus: { orderId, status: 'COMPLETED' } };
};

const released: AfterSuccess = (subscription, { orderId }) =>
  orderId === null ? undefined : { subscription, orderStatus: { orderId, status: 'COMPLETED' }, callbacks: [] };

const afterSuccess: Readonly<Partial<Record<CallName, AfterSuccess>>> = {
  newInstance: (subscription, message, { members, resultCode: code }, now, { records }) => {
    const instanceId = String(members['instanceId']);
    records.messages.name(message.subject, instanceId);
    const processing = code === resultCode.processing;
    return created(subscription, { instanceId, processing }, isSupervised(records, subscription), now);
  },
  queryInstance: (subscription, _, __, now, { records }) =>
    answered(subscription, isSupervised(records, subscription), now),
  refreshLicenseCode: refreshed,
  refreshInstance: refreshed,
  releaseLicenseCode: released,
  releaseInstance: released,
  upgradeInstance: (subscription, { orderId }, _, __, { records }) => {
    const order = orderId === null ? undefined : records.orders.find(orderId);
    return order === undefined ? undefined : upgraded(subscription, order, records.catalogue.sibling);
  },
};

/** Writes what follows from a success, and answers the messages to send because of it. */
export function followSuccess(parts: FollowUpParts, message: Message, verdict: Success): Message[] {
  const { records, moments } = parts;
  if (isKitActivityName(message.activity)) return followKit(records, message);
  const subscription = records.subscriptions.find(message.subject);
  if (subscription === undefined) return [];
  const change = afterSuccess[message.activity]?.(subscription, message, verdict, records.clock.now(), parts);
  return change === undefined ? [] : writeChange(records, change, moments);
}

/** Writes what follows when a call that an order hangs on was given up. */
export function followGivingUp(parts: FollowUpParts, message: Message): Message[] {
  const { records, draw, moments } = parts;
  const subscription = records.subscriptions.find(message.subject);
  const order = message.orderId === null ? undefined : records.orders.find(message.orderId);
  if (subscription === undefined || order === undefined) return [];
  const now = records.clock.now();
  const refundId = nextOrderId(subscription, now, draw);
  const change = failOrder(subscription, order, refundId, now);
  if (change === undefined) return [];
  noteFailedOrder(records, order, message, refundId);
  return writeChange(records, change, moments);
}

const isSupervised = ({ supervisions }: Records, { id }: Subscription): boolean =>
  supervisions.running(id) !== undefined;
