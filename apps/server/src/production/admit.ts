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

/** Bodies of at most this many bytes are parsed, or sorted without naming an activity, for somebody whose signature is wrong. */
const parsedForStrangers = 64 * 1024;
/** A longer one is sorted for somebody whose signature may be wrong only once in so many milliseconds. */
const sortingPauseMs = 10_000;

/**
 * Checks the security token of a request to the production address (R1–R7). The key class follows from the body's
 * activity, which is not verified yet; where it says nothing, every key is tried (R6).
 */
export function admitWith(rings: KeyRings, readings: readonly Reading[]): Admit {
  const named = (keyClass: KeyClass): AccessKey[] =>
    rings[keyClass].map(({ id, secret }) => ({ id: `${keyClass}/${id}`, secret }));
  const keysOf = new Map(keyClasses.map((keyClass) => [keyClass, named(keyClass)]));
  const onlyRaw = readings.filter((reading) => reading === 'raw');
  let sortedAt = Number.NEGATIVE_INFINITY;
  const everyKey = keyClasses.flatMap(named);
  return (query, raw, now) => {
    const text = raw.text();
    const isLong = raw.bytes.length > parsedForStrangers;
    const tried = isLong && performance.now() - sortedAt < sortingPauseMs ? onlyRaw : readings;
    const verifyWith = (keys: readonly AccessKey[], readingsTried = tried): Verification => {
      const verification = verifyToken({ query, body: raw.bytes, text, keys, now, readings: readingsTried });
      const hasSorted = isLong && readingsTried.includes('sorted');
      if (hasSorted && !verification.ok && verification.refusal === 'signature-wrong') sortedAt = performance.now();
      return verification;
    };
    const keyClass = text === undefined ? undefined : keyClassOf(text);
    const keys = keyClass === undefined ? undefined : keysOf.get(keyClass);
    // The store signs compact bodies, which read alike; sorting a long one that names nothing is work for strangers.
    if (keys === undefined) return verifyWith(everyKey, isLong ? onlyRaw : readings);
    const verification = verifyWith(keys);
    const isWrong = !verification.ok && verification.refusal === 'signature-wrong';
    // What names an activity may be unreadable all the same; parsing it costs the more the longer it is (R6).
    return isWrong && !isLong && !raw.json().ok ? verifyWith(everyKey) : verification;
  };
}
