import { formatStoreTime, signAuthToken } from '@koobridge/contracts';
import type { Call, Variant } from './call.ts';
import type { ComposedCall } from './compose.ts';

let lastMoment = 0;

/** `yyyyMMddHHmmssSSS` in UTC, each later than the one before: an authToken is accepted once (R25). */
function nextTimeStamp(now: number, age: number | undefined): string {
  if (age === undefined) lastMoment = Math.max(now, lastMoment + 1);
  const moment = age === undefined ? lastMoment : now - age;
  return `${formatStoreTime(moment)}${String(moment % 1000).padStart(3, '0')}`;
}

/** Signs a call of the retired V1, or as the variant says; of its token, `signature` is the authToken. */
export function composeV1(address: string, call: Call, secret: string, now: number, variant: Variant): ComposedCall {
  const timeStamp = variant.timestamp ?? nextTimeStamp(now, variant.age);
  const parameters = Object.entries(call.message).map(([name, value]) => [name, String(value)] as const);
  const sign = (key: string) => signAuthToken(key, [...parameters, ['timeStamp', timeStamp]]);
  const signed = { signature: sign(variant.key?.secret ?? secret), timestamp: timeStamp, nonce: '' };
  const sent = { signature: [signed.signature], timestamp: [timeStamp], ...variant.token?.(signed) };
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
