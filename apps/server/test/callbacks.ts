/** The License activities as the store sends them. Each call names an order of its own unless it is told otherwise. */

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
