import { createHash, createHmac } from 'node:crypto';
import { type ClassedKey, type Explanation, explain, type RequestParts } from '../../src/index.ts';

/** Requests signed by hand, so that a test can make one mistake at a time. */
export const secret = 'test-access-key-0123456789';
export const nonce = 'nonceABC123def456';
export const now = 1_750_000_000_123;
export const timestamp = String(now);
export const address = 'https://seller.example/production';
export const kitAddress = `${address}/produceAPI/v2/tenantSync`;

/** Body A of the protocol notes, and one of the Kit. */
export const bodyA =
  '{"activity":"newInstance","businessId":"biz-0001","orderId":"CS-0001","orderLineId":"CS-0001-000001","testFlag":"1"}';
export const kitBody = '{"instanceId":"ins-0001","orderId":"CS-0001","tenantId":"t-0001"}';

/** One key for each class, the base key being the one that the tests sign with. */
export const keys: readonly ClassedKey[] = [
  { id: 'b', class: 'base', secret },
  { id: 'l', class: 'license', secret: 'license-key-0123456789' },
  { id: 'k', class: 'kit', secret: 'kit-key-0123456789' },
  { id: 'g', class: 'general', secret: 'general-key-0123456789' },
  { id: 'v', class: 'v1', secret: 'v1-key-0123456789' },
];
export const secretOf = (name: ClassedKey['class']): string => keys.find((key) => key.class === name)?.secret ?? '';

export const hmac = (key: string, ...parts: readonly (string | Uint8Array)[]) => {
  const hash = createHmac('sha256', key);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
export const sha256 = (...parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** The formulas as the notes print them. */
export const baseSignature = (payload: string | Uint8Array, key = secret, n = nonce, t = timestamp) =>
  hmac(key, key, n, t, hmac(key, payload));
export const kitSignature = (payload: string | Uint8Array, key = secretOf('kit'), n = nonce, t = timestamp) =>
  hmac(key, key, n, t, payload);

export const baseRequest = (signature: string, body: string | Uint8Array = bodyA, n = nonce, t = timestamp) => ({
  method: 'POST',
  url: `${address}?signature=${encodeURIComponent(signature)}&timestamp=${t}&nonce=${encodeURIComponent(n)}`,
  headers: { 'Content-Type': 'application/json;charset=utf8' },
  body,
});

export const kitRequest = (signature: string, body: string | Uint8Array = kitBody) => ({
  method: 'POST',
  url: kitAddress,
  headers: { 'x-sign': signature, 'x-timestamp': timestamp, 'x-nonce': nonce },
  body,
});

export const explained = (request: string | RequestParts): Explanation => explain(request, { keys, now });

/** What an explanation comes to, in short. */
export const gist = (explanation: Explanation): unknown => {
  if (explanation.outcome === 'mistake') return explanation.mistakes.map(({ id }) => id);
  return explanation.outcome === 'verifies' ? explanation.reading : explanation.outcome;
};
