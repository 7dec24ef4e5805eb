import { query } from '../callbacks/subscription-calls.ts';
import type { Change } from './change.ts';
import { purchaseOf, type Subscription } from './subscription.ts';

/** From the order to an instance that is there (创建实例, then 查询实例信息). */

/** What the seller's server answered to a create: its id of the instance, and whether that is still being made. */
export interface Created {
  readonly instanceId: string;
  readonly processing: boolean;
}

/**
 * The seller has named the instance. A SaaS instance is then polled until the seller tells how it is reached; the guide
 * of the online License has no such interface, so that one is open at once.
 */
export function created(
  subscription: Subscription,
  answer: Created,
  supervised: boolean,
  now: number,
): Change | undefined {
  if (subscription.phase !== 'OPENING') return undefined;
  const named: Subscription = { ...subscription, instanceId: answer.instanceId };
  const polled = subscription.access === 'SAAS';
  const callbacks = polled ? [query(named, 'instance-query')] : [];
  return polled && answer.processing
    ? { subscription: named, callbacks }
    : { ...open(named, supervised, now), callbacks };
}

/** The seller has told how the instance is reached: one that was still being made is there now. */
export function answered(subscription: Subscription, supervised: boolean, now: number): Change | undefined {
  return subscription.phase === 'OPENING' ? { ...open(subscription, supervised, now), callbacks: [] } : undefined;
}

/** Its periods run from now. The order is completed, unless the delivery has to be accepted first. */
function open(subscription: Subscription, supervised: boolean, now: number): Omit<Change, 'callbacks'> {
  const opened: Subscription = { ...subscription, phase: 'ACTIVE', startsAt: now, openedAt: now };
  const orderId = purchaseOf(subscription);
  return supervised
    ? { subscription: opened }
    : { subscription: opened, orderStatus: { orderId, status: 'COMPLETED' } };
}
