import {
  type AccessKey,
  type KeyClass,
  type KeyRings,
  keyClasses,
  keyClassOf,
  type Reading,
  refusalSentence,
  type TokenRefusal,
  verifyToken,
} from '@koobridge/contracts';
import type { RawBody } from '@koobridge/ts-rest-koa';

/** A callback that is proven to come from the store. */
export interface Admitted {
  /** `class/id` of the key that verified. */
  readonly keyId: string;
  readonly reading: Reading;
  readonly nonce: string;
  readonly timestamp: number;
}

export interface NotAdmitted {
  readonly refusal: TokenRefusal;
  readonly message: string;
}

export type Admit = (query: string, raw: RawBody, now: number) => Admitted | NotAdmitted;

export const isAdmitted = (admission: Admitted | NotAdmitted): admission is Admitted => 'keyId' in admission;

/**
 * Checks the security token of a request to the production address (R1–R7). The key class follows from the body's
 * activity, which is not verified yet; where it says nothing, every key is tried (R6).
 */
export function admitWith(rings: KeyRings, readings: readonly Reading[]): Admit {
  const named = (keyClass: KeyClass): AccessKey[] =>
    rings[keyClass].map(({ id, secret }) => ({ id: `${keyClass}/${id}`, secret }));
  const keysOf = new Map(keyClasses.map((keyClass) => [keyClass, named(keyClass)]));
  const everyKey = keyClasses.flatMap(named);
  return (query, raw, now) => {
    const json = raw.json();
    const keyClass = json.ok ? keyClassOf(json.value) : undefined;
    const keys = (keyClass === undefined ? undefined : keysOf.get(keyClass)) ?? everyKey;
    const verification = verifyToken({ query, body: raw.bytes, text: raw.text(), keys, now, readings });
    if (verification.ok) {
      const { keyId, reading, nonce, timestamp } = verification;
      return { keyId, reading, nonce, timestamp };
    }
    const { refusal, member } = verification;
    const message = refusalSentence(refusal);
    return { refusal, message: member === undefined ? message : `${member}: ${message}` };
  };
}
