/** Activities as the store sends them. Each call names an order of its own unless it is told otherwise. */

export type Message = Readonly<Record<string, unknown>>;

let orders = 0;

/** An order id that no other call of this test file used. */
export function newOrder(): string {
  orders += 1;
  return `CS-${String(orders).padStart(6, '0')}`;
}

export function renewal(license: string, expireTime: string, more: Message = {}): Message {
  const orderId = newOrder();
  return {
    activity: 'refreshLicenseCode',
    expireTime,
    license,
    orderId,
    orderLineId: `${orderId}-000001`,
    productId: 'P-1',
    scene: 'RENEWAL',
    testFlag: '0',
    ...more,
  };
}

export const cancellation = (license: string, expireTime: string, more: Message = {}): Message =>
  renewal(license, expireTime, { scene: 'UNSUBSCRIBE_RENEWAL_PERIOD', ...more });

export const statusChange = (license: string, status: string, more: Message = {}): Message => ({
  activity: 'updateLicenseCodeStatus',
  license,
  status,
  testFlag: '0',
  ...more,
});

export const release = (license: string, more: Message = {}): Message => ({
  activity: 'releaseLicenseCode',
  license,
  testFlag: '0',
  ...more,
});

/** A purchase, of SaaS or of an online License. */
export function purchase(more: Message = {}): Message {
  const orderId = newOrder();
  return {
    activity: 'newInstance',
    businessId: `biz-${orderId}`,
    orderId,
    orderLineId: `${orderId}-000001`,
    testFlag: '0',
    ...more,
  };
}

export const query = (...instanceIds: readonly string[]): Message => ({
  activity: 'queryInstance',
  instanceId: instanceIds.join(','),
  testFlag: '0',
});

export function refreshInstance(instanceId: string, expireTime: string, more: Message = {}): Message {
  const orderId = newOrder();
  return {
    activity: 'refreshInstance',
    expireTime,
    instanceId,
    orderId,
    orderLineId: `${orderId}-000001`,
    productId: 'P-1',
    scene: 'RENEWAL',
    testFlag: '0',
    ...more,
  };
}

export const instanceStatus = (instanceId: string, status: string, more: Message = {}): Message => ({
  activity: 'updateInstanceStatus',
  instanceId,
  status,
  testFlag: '0',
  ...more,
});

export const releaseInstance = (instanceId: string, more: Message = {}): Message => ({
  activity: 'releaseInstance',
  instanceId,
  testFlag: '0',
  ...more,
});

export function upgrade(instanceId: string, more: Message = {}): Message {
  const orderId = newOrder();
  return {
    activity: 'upgradeInstance',
    instanceId,
    orderId,
    orderLineId: `${orderId}-000001`,
    testFlag: '0',
    ...more,
  };
}

export const changeCheck = (instanceId: string, more: Message = {}): Message => ({
  activity: 'changeInstanceCheck',
  instanceId,
  productInfo: [{ linearValue: 10, productId: 'P-2', skuCode: 'S-2' }],
  testFlag: '0',
  ...more,
});

let applications = 0;

/** A buyer's application for an online License, with an event of its own. */
export function application(instanceId: string, more: Message = {}): Message {
  applications += 1;
  return {
    activity: 'getLicenseAsync',
    deviceFingerprint: 'device-1',
    effectiveTime: '2026-01-15 12:00:00 z',
    eventId: `event-${applications}`,
    expireTime: '2027-01-15 12:00:00 z',
    instanceId,
    testFlag: '0',
    ...more,
  };
}

export function orderNotice(more: Message = {}): Message {
  const orderId = newOrder();
  return { activity: 'orderNotify', orderId, orderLineId: `${orderId}-000001`, testFlag: '0', ...more };
}
