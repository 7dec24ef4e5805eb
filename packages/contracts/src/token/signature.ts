import { createHmac } from 'node:crypto';

/**
 * The 32 signature bytes of R1: HMAC(k, k + nonce + timestamp + lowerhex(HMAC(k, payload))), HMAC-SHA256, with the
 * accessKey in UTF-8 as the key of both steps and as the first part of the signed text.
 * `nonce` and `timestamp` stand as they travel; `payload` is the bytes of one reading of the body (R4).
 */
export function signatureBytes(accessKey: string, nonce: string, timestamp: string, payload: Uint8Array): Uint8Array {
  const payloadDigest = createHmac('sha256', accessKey).update(payload).digest('hex');
  return createHmac('sha256', accessKey).update(`${accessKey}${nonce}${timestamp}${payloadDigest}`).digest();
}
