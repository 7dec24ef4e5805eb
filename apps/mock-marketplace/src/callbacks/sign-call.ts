import { randomBytes } from 'node:crypto';
import {
  type ActivityName,
  activities,
  type KeyRings,
  type SecurityToken,
  signToken,
  tokenQuery,
} from '@koobridge/contracts';
import type { SignedCall } from './send.ts';

export interface SignedCallback {
  readonly token: SecurityToken;
  readonly call: SignedCall;
}

export type Signer = (activity: ActivityName, body: string) => SignedCallback;

/**
 * Signs with the first key of the activity's class, with a nonce and a timestamp of its own for every call (R1–R3, R22).
 * Token timestamps are real time, whatever the life-cycle clock says (R23).
 */
export function callSigner(address: string, keys: KeyRings, realNow: () => number): Signer {
  return (activity, body) => {
    const { keyClass } = activities[activity];
    const key = keys[keyClass][0];
    if (key === undefined) throw new Error(`no key of class "${keyClass}" to sign ${activity} with`);
    const nonce = randomBytes(16).toString('hex');
    const token = signToken({ accessKey: key.secret, body, timestamp: realNow(), nonce });
    const headers = { 'Content-Type': 'application/json;charset=utf8', Accept: 'application/json' };
    return { token, call: { url: `${address}?${tokenQuery(token)}`, headers, body } };
  };
}
