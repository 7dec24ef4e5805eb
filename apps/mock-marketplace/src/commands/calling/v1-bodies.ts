import { formatStoreTime, type v1Activities, type v1KitActivities } from '@koobridge/contracts';
import type * as z from 'zod';
import { documentedBody, type Ingredients } from './bodies.ts';

/** The same for the retired V1: queries, and the bodies of its Kit. */

export type V1CallName = keyof typeof v1Activities;
export type V1KitName = keyof typeof v1KitActivities;

type Queries = {
  readonly [Name in V1CallName]: (ingredients: Ingredients) => z.input<(typeof v1Activities)[Name]['request']>;
};

const instanceId = 'instance-1';
const product = { skuCode: 'sku-1', productId: 'product-1' };
const day = 86_400_000;

const order = ({ now, draw }: Ingredients): string => `CS${formatStoreTime(now).slice(2, 12)}${draw(5)}`;
const expiry = ({ now }: Ingredients): string => formatStoreTime(now + 365 * day);
const purchase = (its: Ingredients) => ({
  customerId: 'customer-1',
  customerName: 'Acme Ltd',
  businessId: its.draw(32),
  orderId: order(its),
  ...product,
  expireTime: expiry(its),
  chargingMode: '1' as const,
  periodType: 'year' as const,
  periodNumber: '1',
});
const renewal = (its: Ingredients) => ({
  orderId: order(its),
  instanceId,
  expireTime: expiry(its),
  periodType: 'year' as const,
  periodNumber: '1',
});

const queries: Queries = {
  newInstance: (its) => ({ activity: 'newInstance', ...purchase(its) }),
  refreshInstance: (its) => ({ activity: 'refreshInstance', ...renewal(its) }),
  expireInstance: (its) => ({ activity: 'expireInstance', instanceId, orderId: order(its) }),
  releaseInstance: (its) => ({ activity: 'releaseInstance', instanceId, orderId: order(its) }),
  upgrade: (its) => ({ activity: 'upgrade', instanceId, orderId: order(its), ...product, amount: '2' }),
  instanceStatus: () => ({ activity: 'instanceStatus', instanceId, instanceStatus: 'FREEZE' }),
  queryInstance: () => ({ activity: 'queryInstance', instanceId }),
  getLicense: (its) => ({ activity: 'getLicense', ...purchase(its) }),
  refreshLicense: (its) => ({ activity: 'refreshLicense', ...renewal(its) }),
  expireLicense: (its) => ({ activity: 'expireLicense', orderId: order(its), instanceId }),
  releaseLicense: (its) => ({ activity: 'releaseLicense', orderId: order(its), instanceId }),
};

/** The parameters of a query; its `timeStamp` is in UTC and its `authToken` is added by whoever signs. */
export const documentedQuery = (activity: V1CallName, ingredients: Ingredients): Readonly<Record<string, unknown>> => ({
  ...queries[activity](ingredients),
  testFlag: ingredients.testFlag ? '1' : '0',
  timeStamp: `${formatStoreTime(ingredients.now)}000`,
});

export const documentedV1Kit = (activity: V1KitName, ingredients: Ingredients): Readonly<Record<string, unknown>> =>
  documentedBody(activity, ingredients);
