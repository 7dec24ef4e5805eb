import { createHmac } from 'node:crypto';
import { base64Digest, readParts, type TokenForm } from '../token/form.ts';
import { type BodyToVerify, type Verification, verifySigned } from '../token/verification.ts';

/** The token of a usage push, by the names of its headers (page 按需使用量推送, `accessg-marketplace/zh-cn_topic_0070649410`). */
export interface UsagePushToken {
  readonly signature: string;
  readonly ts: string;
  readonly nonce: string;
}

export interface UsagePushToSign {
  /** The key that is bound to the base interfaces. */
  readonly accessKey: string;
  /** The body exactly as it will be sent: its members in natural order and no white space between tokens. */
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly ts: number;
  /** 1 to 64 visible ASCII characters, used once. */
  readonly nonce: string;
}

/** Signs a usage push: base64(HMAC-SHA256(key, "ts={ts}&nonce={nonce}&body={body}")). Forms are not checked. */
export function signUsagePush({ accessKey, body, ts, nonce }: UsagePushToSign): UsagePushToken {
  return { signature: signatureOf(accessKey, nonce, String(ts), body), ts: String(ts), nonce };
}

export interface UsagePushToVerify extends BodyToVerify {
  /** The three headers as received. */
  readonly headers: {
    readonly signature: string | undefined;
    readonly ts: string | undefined;
    readonly nonce: string | undefined;
  };
  /** How far `ts` may lie from now, to either side, in milliseconds: no page says. */
  readonly windowMs: number;
}

/**
 * Checks a usage push as the store would: over the bytes received, then over the body in natural order, which is the
 * sorted reading of R4. Whether the nonce was used before is for the caller to decide. Never throws, and compares in
 * constant time over every key.
 */
export function verifyUsagePush(request: UsagePushToVerify): Verification {
  const { signature = '', ts = '', nonce = '' } = request.headers;
  const reading = readParts(form, signature, ts, nonce);
  return reading.ok ? verifySigned({ windowMs: request.windowMs, signatureOf }, reading.token, request) : reading;
}

const form: TokenForm = { signature: base64Digest, nonce: /^[\x21-\x7e]{1,64}$/ };

function signatureOf(accessKey: string, nonce: string, ts: string, payload: string | Uint8Array): string {
  return createHmac('sha256', accessKey).update(`ts=${ts}&nonce=${nonce}&body=`).update(payload).digest('base64');
}
