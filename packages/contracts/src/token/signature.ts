import { hmacSha256Hex } from './hmac-sha256.ts';

/**
 * The signature of R1 in lower-case hex: HMAC(k, k + nonce + timestamp + lowerhex(HMAC(k, payload))), HMAC-SHA256, with
 * the accessKey in UTF-8 as the key of both steps and as the first part of the signed text.
 * `nonce` and `timestamp` stand as they travel; `payload` is the bytes of one reading of the body (R4).
 */
export const signatureHex = (accessKey: string, nonce: string, timestamp: string, payload: Uint8Array): string =>
  hmacSha256Hex(accessKey, `${accessKey}${nonce}${timestamp}${hmacSha256Hex(accessKey, payload)}`);

/** The same as its 32 bytes. */
export const signatureBytes = (accessKey: string, nonce: string, timestamp: string, payload: Uint8Array): Uint8Array =>
  Buffer.from(signatureHex(accessKey, nonce, timestamp, payload), 'hex');
