import { randomBytes } from 'node:crypto';
import { isKitActivityName, type KeyRings, kitPath, signKit, signToken, tokenQuery } from '@koobridge/contracts';
import { type CallName, calls } from './calls.ts';
import type { SignedCall } from './send.ts';

export interface SignedCallback {
  readonly timestamp: string;
  readonly nonce: string;
  readonly call: SignedCall;
}

/** What a call is signed with, other than the store would. */
export interface Oddity {
  /** How far the timestamp lies from now, in milliseconds. */
  readonly skewMs?: number;
  readonly accessKey?: string;
}

export type Signer = (activity: CallName, body: string, oddity?: Oddity) => SignedCallback;

/**
 * Signs with the first key of the activity's class, with a nonce and a timestamp of its own for every call (R1–R3, R22):
 * in the query for the production address itself, in headers for the Kit below it. Token timestamps are real time,
 * whatever the life-cycle clock says (R23). Throws a MissingKey when the class has no key.
 */
export function callSigner(address: string, keys: KeyRings, realNow: () => number): Signer {
  return (activity, body, { skewMs = 0, accessKey } = {}) => {
    const { keyClass } = calls[activity];
    const key = keys[keyClass][0];
    if (key === undefined) throw new MissingKey(keyClass, activity);
    const nonce = randomBytes(16).toString('hex');
    const toSign = { accessKey: accessKey ?? key.secret, body, timestamp: realNow() + skewMs, nonce };
    const headers = { 'Content-Type': 'application/json;charset=utf8', Accept: 'application/json' };
    const shared = { timestamp: String(toSign.timestamp), nonce };
    if (isKitActivityName(activity)) {
      const url = kitPath(address, activity);
      return { ...shared, call: { url, headers: { ...headers, ...signKit(toSign) }, body } };
    }
    return { ...shared, call: { url: `${address}?${tokenQuery(signToken(toSign))}`, headers, body } };
  };
}

/** The settings hold no key of the class that a call needs. */
export class MissingKey extends Error {
  override readonly name = 'MissingKey';

  constructor(keyClass: string, activity: CallName) {
    super(`KOOBRIDGE_KEYS has no key of the class "${keyClass}", and ${activity} is signed with one`);
  }
}
