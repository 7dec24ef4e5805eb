import type { V1ActivityName } from '@koobridge/contracts';
import type { Parameters } from './store.ts';

/** `[{"name":"emailDomainName","value":"acme.example"}]` */
export const extendParams = 'W3sibmFtZSI6ImVtYWlsRG9tYWluTmFtZSIsInZhbHVlIjoiYWNtZS5leGFtcGxlIn1d';

let businesses = 0;

/** The calls of V1 as the store sends them, every parameter a text. */
export const purchase = (orderId: string, more: Parameters = {}): Parameters => {
  businesses += 1;
  return {
    activity: 'newInstance',
    businessId: `business-${businesses}`,
    customerId: 'customer-1',
    customerName: 'Acme Käufer',
    orderId,
    productId: '00301-1-0--0',
    ...more,
  };
};

export const licensePurchase = (orderId: string, more: Parameters = {}): Parameters =>
  purchase(orderId, { activity: 'getLicense', ...more });

export const refresh = (
  instanceId: string,
  orderId: string,
  expireTime: string,
  more: Parameters = {},
): Parameters => ({
  activity: 'refreshInstance',
  expireTime,
  instanceId,
  orderId,
  ...more,
});

export const upgrade = (instanceId: string, orderId: string, more: Parameters = {}): Parameters => ({
  activity: 'upgrade',
  amount: '20',
  instanceId,
  orderId,
  productId: '00301-2-0--0',
  saasExtendParams: extendParams,
  skuCode: 'sku-2',
  ...more,
});

export const about = (activity: V1ActivityName, instanceId: string, more: Parameters = {}): Parameters => ({
  activity,
  instanceId,
  ...more,
});

/** One call of every activity, about the same instance. */
export const everyActivity = (
  instanceId: string,
  more: Parameters = {},
): Readonly<Record<V1ActivityName, Parameters>> => ({
  newInstance: purchase('CS-every', more),
  refreshInstance: refresh(instanceId, 'CS-every-renewal', '20270101000000', more),
  expireInstance: about('expireInstance', instanceId, { orderId: 'CS-every', ...more }),
  releaseInstance: about('releaseInstance', instanceId, { orderId: 'CS-every', ...more }),
  upgrade: upgrade(instanceId, 'CS-every-upgrade', more),
  instanceStatus: about('instanceStatus', instanceId, { instanceStatus: 'FREEZE', ...more }),
  queryInstance: about('queryInstance', instanceId, more),
  getLicense: licensePurchase('CS-every-license', more),
  refreshLicense: refresh(instanceId, 'CS-every-renewal', '20270101000000', { activity: 'refreshLicense', ...more }),
  expireLicense: about('expireLicense', instanceId, { orderId: 'CS-every', ...more }),
  releaseLicense: about('releaseLicense', instanceId, { orderId: 'CS-every', ...more }),
});
