import { createHmac, randomBytes } from 'node:crypto';
import { type AccessKey, composeBody, signatureBytes } from '@koobridge/contracts';
import type { RequestToSend } from '../http/exchange.ts';
import type { Call, TokenPart, Variant } from './call.ts';
import { composeV1 } from './compose-v1.ts';

export interface ComposedCall {
  readonly request: RequestToSend;
  /** The signature that the documented formula gives for the bytes that are sent, in lower case. */
  readonly rightSignature: string;
}

const hmac = (key: string, message: string | Uint8Array): string =>
  createHmac('sha256', key).update(message).digest('hex');

/** Signs a call as the store does (R1), or as the variant says, at the moment `now`; the nonce is never used twice. */
export function composeCall(address: string, call: Call, key: AccessKey, now: number, variant: Variant): ComposedCall {
  if (call.carrier === 'v1-query' || call.carrier === 'v1-body')
    return composeV1(address, call, key.secret, now, variant);
  const body = Buffer.from(variant.body ?? composeBody(call.message));
  const payload = variant.signed === undefined ? body : Buffer.from(variant.signed);
  const timestamp = variant.timestamp ?? String(now - (variant.age ?? 0));
  const nonce = variant.nonce ?? newNonce();
  const { secret } = variant.key ?? key;
  const formula = variant.formula ?? documented[call.carrier === 'kit' ? 'kit' : 'query'];
  const parts: Readonly<Record<TokenPart, string>> = {
    signature: formula(secret, nonce, timestamp, payload).toUpperCase(),
    timestamp,
    nonce,
  };
  const sent = { ...listed(parts), ...variant.token?.(parts) };
  const { method = 'POST', headers = [['Content-Type', 'application/json']] } = variant;
  const path = address + (variant.subPath ?? call.subPath);
  const rightSignature = documented[call.carrier === 'kit' ? 'kit' : 'query'](key.secret, nonce, timestamp, body);
  if (call.carrier === 'kit') {
    const query = variant.query?.('') ?? '';
    const url = query === '' ? path : `${path}?${query}`;
    const carried = kitHeaders.flatMap(([part, name]) => sent[part].map((value) => [name, asHeader(value)] as const));
    return { request: { method, url, headers: [...headers, ...carried], body }, rightSignature };
  }
  const query = tokenParts
    .flatMap((part) => sent[part].map((value) => `${part}=${encodeURIComponent(value)}`))
    .join('&');
  return {
    request: { method, url: `${path}?${variant.query?.(query) ?? query}`, headers: [...headers], body },
    rightSignature,
  };
}

/** A header is bytes; Node takes them as Latin-1. */
const asHeader = (value: string): string => Buffer.from(value).toString('latin1');

export const newNonce = (): string => randomBytes(16).toString('hex').toUpperCase();

const tokenParts: readonly TokenPart[] = ['signature', 'timestamp', 'nonce'];
const kitHeaders: readonly (readonly [TokenPart, string])[] = [
  ['signature', 'x-sign'],
  ['timestamp', 'x-timestamp'],
  ['nonce', 'x-nonce'],
];

const listed = (parts: Readonly<Record<TokenPart, string>>): Readonly<Record<TokenPart, readonly string[]>> => ({
  signature: [parts.signature],
  timestamp: [parts.timestamp],
  nonce: [parts.nonce],
});

const documented = {
  query: (key: string, nonce: string, timestamp: string, payload: Uint8Array) =>
    Buffer.from(signatureBytes(key, nonce, timestamp, payload)).toString('hex'),
  kit: (key: string, nonce: string, timestamp: string, payload: Uint8Array) =>
    hmac(key, Buffer.concat([Buffer.from(`${key}${nonce}${timestamp}`), payload])),
} as const;
