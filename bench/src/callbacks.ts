import { randomBytes } from 'node:crypto';
import { composeBody, signToken, tokenQuery } from '@koobridge/contracts';

const licenses = 10_000;

/** Makes distinct renewals, each with an order and a token of its own, over 10,000 licenses. */
export function renewals(host: string, path: string, secret: string): () => string {
  const run = randomBytes(4).toString('hex');
  let made = 0;
  return () => {
    made += 1;
    const orderId = `CS${run}${made}`;
    const body = composeBody({
      activity: 'refreshLicenseCode',
      expireTime: '20300101000000',
      license: `PL${run}${made % licenses}`,
      orderId,
      orderLineId: `${orderId}-000001`,
      productId: 'OFFI-license-yearly',
      scene: 'RENEWAL',
      testFlag: '0',
    });
    const nonce = `${run}${made.toString(36).padStart(8, '0')}`;
    const query = tokenQuery(signToken({ accessKey: secret, body, timestamp: Date.now(), nonce }));
    return (
      `POST ${path}?${query} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json;charset=utf8\r\n` +
      `Accept: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    );
  };
}
