import {
  type AccessKey,
  type KeyClass,
  type KeyRings,
  keyClasses,
  keyClassOf,
  type Reading,
  type Verification,
  verifyToken,
} from '@koobridge/contracts';
import type { RawBody } from '@koobridge/ts-rest-koa';

export type Admit = (query: string, raw: RawBody, now: number) => Verification;

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
    return verifyToken({ query, body: raw.bytes, text: raw.text(), keys, now, readings });
  };
}
