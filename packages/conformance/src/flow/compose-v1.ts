import { formatStoreTime, signAuthToken, signAuthTokenBody } from '@koobridge/contracts';
import type { Call, TokenPart, Variant } from './call.ts';
import type { ComposedCall } from './compose.ts';

/**
 * Signs a call of the retired V1, or as the variant says; of its token, `signature` is the authToken. Its time is a
 * parameter of the query in UTC, or a member of the Kit's body in UTC+8.
 */
export const composeV1 = (address: string, call: Call, secret: string, now: number, variant: Variant): ComposedCall =>
  (call.carrier === 'v1-body' ? composeBodyCall : composeQueryCall)(address, call, secret, now, variant);

function composeQueryCall(address: string, call: Call, secret: string, now: number, variant: Variant): ComposedCall {
  const timeStamp = variant.timestamp ?? v1TimeStamp(nextMoment(now, variant.age), 'v1-query');
  const parameters = Object.entries(call.message)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)] as const);
  const sign = (key: string) => signAuthToken(key, [...parameters, ['timeStamp', timeStamp]]);
  const sent = sentParts(sign(variant.key?.secret ?? secret), timeStamp, variant);
  const pairs = [
    ...parameters,
    ...sent.timestamp.map((value) => ['timeStamp', value] as const),
    ...sent.signature.map((value) => ['authToken', value] as const),
  ];
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const { method = 'GET', headers = [] } = variant;
  return {
    request: {
      method,
      url: `${address}${variant.subPath ?? call.subPath}?${variant.query?.(query) ?? query}`,
      headers: [...headers],
      body: new Uint8Array(),
    },
    rightSignature: sign(secret),
  };
}

function composeBodyCall(address: string, call: Call, secret: string, now: number, variant: Variant): ComposedCall {
  const timeStamp = variant.timestamp ?? v1TimeStamp(nextMoment(now, variant.age), 'v1-body');
  const bodyAt = (time: string | undefined) => JSON.stringify({ ...call.message, timeStamp: time });
  const signed = bodyAt(timeStamp);
  const rightSignature = signAuthTokenBody(secret, signed);
  const { key } = variant;
  const signature = key === undefined ? rightSignature : signAuthTokenBody(key.secret, signed);
  const sent = sentParts(signature, timeStamp, variant);
  const text = sent.timestamp[0] === timeStamp ? signed : bodyAt(sent.timestamp[0]);
  const { method = 'POST', headers = [['Content-Type', 'application/json']] } = variant;
  return {
    request: {
      method,
      url: `${address}${variant.subPath ?? call.subPath}`,
      headers: [...headers, ...sent.signature.map((value) => ['authToken', value] as const)],
      body: Buffer.from(variant.body ?? variant.rewritten?.(text) ?? text),
    },
    rightSignature,
  };
}

function sentParts(signature: string, timestamp: string, { token }: Variant) {
  const changed: Partial<Readonly<Record<TokenPart, readonly string[]>>> =
    token?.({ signature, timestamp, nonce: '' }) ?? {};
  return { signature: [signature], timestamp: [timestamp], ...changed };
}

const beijing = 8 * 3_600_000;

/** `yyyyMMddHHmmssSSS` in the zone that the carrier has. */
export function v1TimeStamp(moment: number, carrier: Call['carrier']): string {
  const inZone = carrier === 'v1-body' ? moment + beijing : moment;
  return `${formatStoreTime(inZone)}${String(inZone % 1000).padStart(3, '0')}`;
}

let lastMoment = 0;

/** Each later than the one before, because an authToken is accepted once (R25). */
function nextMoment(now: number, age: number | undefined): number {
  if (age !== undefined) return now - age;
  lastMoment = Math.max(now, lastMoment + 1);
  return lastMoment;
}
