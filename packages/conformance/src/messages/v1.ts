import type { Call, Message } from '../flow/call.ts';
import type { Names } from '../flow/names.ts';

/** The calls of the retired V1: GET, every parameter a text, `timeStamp` and `authToken` added when signed. */

const v1Call = (message: Message): Call => ({ carrier: 'v1-query', subPath: '', message });

const purchase = (activity: string, names: Names, more: Message): Call =>
  v1Call({
    activity,
    businessId: names.id('biz'),
    customerId: 'customer-1',
    customerName: 'Acme',
    orderId: names.order().orderId,
    productId: '00301-1-0--0',
    ...more,
  });

export const v1Purchase = (names: Names, more: Message = {}): Call => purchase('newInstance', names, more);

export const v1LicensePurchase = (names: Names, more: Message = {}): Call => purchase('getLicense', names, more);

const refresh = (activity: string, names: Names, instanceId: string, expireTime: string, more: Message): Call =>
  v1Call({ activity, expireTime, instanceId, orderId: names.order().orderId, ...more });

export const v1Refresh = (names: Names, instanceId: string, expireTime: string, more: Message = {}): Call =>
  refresh('refreshInstance', names, instanceId, expireTime, more);

export const v1LicenseRefresh = (names: Names, instanceId: string, expireTime: string, more: Message = {}): Call =>
  refresh('refreshLicense', names, instanceId, expireTime, more);

export const v1About = (activity: string, instanceId: string, more: Message = {}): Call =>
  v1Call({ activity, instanceId, ...more });

export const v1Upgrade = (names: Names, instanceId: string, more: Message = {}): Call =>
  v1Call({
    activity: 'upgrade',
    amount: '20',
    instanceId,
    orderId: names.order().orderId,
    productId: '00301-2-0--0',
    skuCode: 'sku-2',
    ...more,
  });
