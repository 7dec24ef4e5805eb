import { createHmac } from 'node:crypto';
import { hexToken, readParts } from '../token/form.ts';
import type { TokenToSign } from '../token/sign.ts';
import { type BodyToVerify, type SignatureScheme, type Verification, verifySigned } from '../token/verification.ts';
import { tokenWindow } from '../token/verify.ts';

/** The headers that carry the token of a joint-operation Kit call (page 接口签名, `accessg-marketplace/zh-cn_topic_0070649476`). */
export interface KitHeaders {
  readonly 'x-sign': string;
  readonly 'x-timestamp': string;
  readonly 'x-nonce': string;
}

/**
 * Signs a Kit call over the bytes that are sent, in upper-case hex: HMAC(k, k + nonce + timestamp + payload), HMAC-SHA256,
 * the payload in clear. The form of timestamp and nonce is not checked, so that a test can sign what a receiver must
 * refuse.
 */
export function signKit({ accessKey, body, timestamp, nonce }: TokenToSign): KitHeaders {
  const sign = signatureOf(accessKey, nonce, String(timestamp), body).toUpperCase();
  return { 'x-sign': sign, 'x-timestamp': String(timestamp), 'x-nonce': nonce };
}

export interface KitToVerify extends BodyToVerify {
  /** The three headers as received. Node joins one that was sent twice by ", ", and the blank in it fits no form. */
  readonly headers: {
    readonly sign: string | undefined;
    readonly timestamp: string | undefined;
    readonly nonce: string | undefined;
  };
}

/**
 * Checks the token of a Kit call, with the window, the forms and both readings of the base interfaces (R2–R5, R7).
 * Whether the nonce was used before is for the caller to decide. Never throws, and compares in constant time over every
 * key.
 */
export function verifyKit(request: KitToVerify): Verification {
  const { sign = '', timestamp = '', nonce = '' } = request.headers;
  const reading = readParts(hexToken, sign, timestamp, nonce);
  if (!reading.ok) return reading;
  return verifySigned(scheme, { signature: sign.toLowerCase(), timestamp, nonce }, request);
}

function signatureOf(accessKey: string, nonce: string, timestamp: string, payload: string | Uint8Array): string {
  return createHmac('sha256', accessKey).update(`${accessKey}${nonce}${timestamp}`).update(payload).digest('hex');
}

const scheme: SignatureScheme = { windowMs: tokenWindow, signatureOf };
