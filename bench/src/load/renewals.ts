import { randomFillSync } from 'node:crypto';
import { composeBody, signToken, tokenQuery } from '@koobridge/contracts';

export interface RenewalsNeed {
  /** `host:port`. */
  readonly host: string;
  /** Of the license keys. */
  readonly secret: string;
  readonly codes: Codes;
}

/** Which License codes are spoken of: each once, from the first on, or any one of them at a time. */
export interface Codes {
  readonly from: number;
  readonly count: number;
  readonly choose: 'each' | 'any';
}

/** Codes of a store that counts: the later, the larger. */
export const licenseCode = (number: number): string => `PL26${number.toString(36).toUpperCase().padStart(12, '0')}`;

export function chooser({ from, count, choose }: Codes): () => string {
  if (choose === 'any') return () => licenseCode(from + Math.floor(Math.random() * count));
  let next = from;
  return () => {
    const number = next;
    next = next + 1 < from + count ? next + 1 : from;
    return licenseCode(number);
  };
}

/**
 * Makes renewals as the store sends them: each with an order of its own, counted up from the present moment, and with a
 * random nonce and a fresh token. Whole HTTP/1.1 requests.
 */
export function renewals({ host, secret, codes }: RenewalsNeed): () => string {
  const code = chooser(codes);
  const orderId = orderIds();
  const nonce = nonces();
  const body = bodies();
  return () => {
    const payload = body(code(), orderId());
    const query = tokenQuery(signToken({ accessKey: secret, body: payload, timestamp: Date.now(), nonce: nonce() }));
    return (
      `POST /production?${query} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json;charset=utf8\r\n` +
      `Accept: application/json\r\nContent-Length: ${payload.length}\r\n\r\n${payload}`
    );
  };
}

/** Filled into a text once composed, because composing each would cost the generator as much as all the rest. */
function bodies(): (license: string, orderId: string) => string {
  const [before = '', between = '', middle = '', after = ''] = composeBody({
    activity: 'refreshLicenseCode',
    expireTime: '20300101000000',
    license: '?',
    orderId: '?',
    orderLineId: '?-000001',
    productId: 'OFFI-license-yearly',
    scene: 'RENEWAL',
    testFlag: '0',
  }).split('?');
  return (license, orderId) => `${before}${license}${between}${orderId}${middle}${orderId}${after}`;
}

/** `CS`, the millisecond in which this began, and a counter. */
function orderIds(): () => string {
  const began = new Date().toISOString().replace(/\D/g, '').slice(2);
  let counted = 0;
  return () => {
    counted += 1;
    return `CS${began}${counted.toString(36).toUpperCase().padStart(5, '0')}`;
  };
}

/** 16 characters, like those in the store's samples. */
function nonces(): () => string {
  const bytes = 12;
  const pool = Buffer.alloc(bytes * 1024);
  let at = pool.length;
  return () => {
    if (at === pool.length) {
      randomFillSync(pool);
      at = 0;
    }
    at += bytes;
    return pool.toString('base64url', at - bytes, at);
  };
}
