import {
  type ActivityName,
  type activities,
  composeBody,
  formatStoreTime,
  type RefreshScene,
} from '@koobridge/contracts';
import type * as z from 'zod';
import { expiresAt } from '../subscriptions/moments.ts';
import { licenseOf, lineOf, purchaseOf, type Subscription } from '../subscriptions/subscription.ts';
import type { Callback } from './callback.ts';
import type { RetryPlanName } from './retry.ts';

/** The calls about a subscription: those of License codes for a code, those of SaaS for an instance. */

type Message<Name extends ActivityName> = z.input<(typeof activities)[Name]['request']>;

const realTraffic = '0' as const;

function callback(
  subscription: Subscription,
  message: { readonly activity: ActivityName },
  plan: RetryPlanName,
  { command = null, orderId = null }: { readonly command?: string | null; readonly orderId?: string | null },
): Callback {
  const { id, instanceId } = subscription;
  const body = composeBody({ ...message });
  const { activity } = message;
  return { activity, subject: id, license: licenseOf(subscription), instanceId, command, orderId, body, plan };
}

/** The instance is ordered. `businessId` is another one in every request; it is put in when the call is signed. */
export function create(subscription: Subscription): Callback {
  const orderId = purchaseOf(subscription);
  const message: Message<'newInstance'> = {
    activity: 'newInstance',
    orderId,
    orderLineId: lineOf(orderId),
    businessId: '',
    testFlag: realTraffic,
  };
  return callback(subscription, message, subscription.access === 'SAAS' ? 'saas-create' : 'online-create', { orderId });
}

/** What the instance is like: polled after a create, asked once when the buyer looks at the resource. */
export function query(subscription: Subscription, plan: 'instance-query' | 'once'): Callback {
  const message: Message<'queryInstance'> = {
    activity: 'queryInstance',
    instanceId: instanceOf(subscription),
    testFlag: realTraffic,
  };
  return callback(subscription, message, plan, {});
}

/** Tells the expiry there is now. A changed period type also tells the product of the new one. */
export function refresh(
  subscription: Subscription,
  scene: RefreshScene,
  orderId: string,
  productId?: string,
): Callback {
  const shared = {
    scene,
    orderId,
    orderLineId: lineOf(orderId),
    productId,
    expireTime: formatStoreTime(expiresAt(subscription) ?? 0),
    testFlag: realTraffic,
  };
  const about = { command: scene, orderId };
  if (subscription.access === 'LICENSE_CODE') {
    const message: Message<'refreshLicenseCode'> = {
      activity: 'refreshLicenseCode',
      license: subscription.id,
      ...shared,
    };
    return callback(subscription, message, 'license-code', about);
  }
  const message: Message<'refreshInstance'> = {
    activity: 'refreshInstance',
    instanceId: instanceOf(subscription),
    ...shared,
  };
  return callback(subscription, message, updatePlan(subscription), about);
}

export function changeStatus(subscription: Subscription, status: 'FREEZE' | 'UNFREEZE'): Callback {
  if (subscription.access === 'LICENSE_CODE') {
    const message: Message<'updateLicenseCodeStatus'> = {
      activity: 'updateLicenseCodeStatus',
      license: subscription.id,
      status,
      testFlag: realTraffic,
    };
    return callback(subscription, message, 'license-code', { command: status });
  }
  const message: Message<'updateInstanceStatus'> = {
    activity: 'updateInstanceStatus',
    instanceId: instanceOf(subscription),
    status,
    testFlag: realTraffic,
  };
  return callback(subscription, message, updatePlan(subscription), { command: status });
}

/** `orderId` is the unsubscription's; a release at the end of the retention has none. */
export function release(subscription: Subscription, orderId: string | null): Callback {
  const shared = { orderId, orderLineId: orderId === null ? null : lineOf(orderId), testFlag: realTraffic };
  if (subscription.access === 'LICENSE_CODE') {
    const message: Message<'releaseLicenseCode'> = {
      activity: 'releaseLicenseCode',
      license: subscription.id,
      ...shared,
    };
    return callback(subscription, message, 'license-code', { orderId });
  }
  const message: Message<'releaseInstance'> = {
    activity: 'releaseInstance',
    instanceId: instanceOf(subscription),
    ...shared,
  };
  return callback(subscription, message, updatePlan(subscription), { orderId });
}

export function upgrade(subscription: Subscription, orderId: string): Callback {
  const message: Message<'upgradeInstance'> = {
    activity: 'upgradeInstance',
    instanceId: instanceOf(subscription),
    orderId,
    orderLineId: lineOf(orderId),
    testFlag: realTraffic,
  };
  return callback(subscription, message, 'saas-upgrade', { orderId });
}

/** Asks whether the instance could become this product; no page says what `productInfo` holds, these are an older request's members. */
export function changeCheck(
  subscription: Subscription,
  target: { readonly skuCode: string; readonly productId: string; readonly linearValue: number },
): Callback {
  const message: Message<'changeInstanceCheck'> = {
    activity: 'changeInstanceCheck',
    instanceId: instanceOf(subscription),
    productInfo: [target],
    testFlag: realTraffic,
  };
  return callback(subscription, message, 'once', {});
}

/** An order that has been paid is announced. */
export function orderNotice(subscription: Subscription, orderId: string): Callback {
  const message: Message<'orderNotify'> = {
    activity: 'orderNotify',
    orderId,
    orderLineId: lineOf(orderId),
    testFlag: realTraffic,
  };
  return callback(subscription, message, 'order-notice', { orderId });
}

const updatePlan = ({ access }: Subscription): RetryPlanName => (access === 'SAAS' ? 'saas-update' : 'online-update');

/** An instance is only called about once the seller has named it. */
function instanceOf({ id, instanceId }: Subscription): string {
  if (instanceId === null) throw new Error(`the seller has not named the instance of ${id} yet`);
  return instanceId;
}
