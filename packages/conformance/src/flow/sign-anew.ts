import { isActivityName, isKitActivityName, type KeyRings } from '@koobridge/contracts';
import type { Profile } from '../profiles.ts';
import type { Call, Variant } from './call.ts';

/**
 * What `mock-marketplace sign` is to be told so that it signs the same call with a token of now; `undefined` where it has
 * no way to make the call as odd as it was.
 */
export function signAnew(
  call: Call,
  variant: Variant,
  keys: KeyRings,
  profile: Profile,
): readonly string[] | undefined {
  const { body, key, age, ...odd } = variant;
  if (Object.keys(odd).length > 0 || body instanceof Uint8Array) return undefined;
  const activity = activityOf(call);
  const ring = keys[profile.keyClass];
  const [own] = ring;
  if (activity === undefined || own === undefined) return undefined;
  const time = age === undefined || age === 0 ? [] : [age > 0 ? '--stale' : '--ahead', `${Math.abs(age)}ms`];
  if (key === undefined || ring.some(({ secret }) => secret === key.secret)) {
    return [activity, '--key', (key ?? own).id, ...time];
  }
  // Any wrong signature is as good as that of a key nobody knows.
  return key.id === 'stranger' ? [activity, '--key', own.id, '--corrupt', 'signature', ...time] : undefined;
}

function activityOf({ carrier, subPath, message }: Call): string | undefined {
  if (carrier === 'query') {
    const { activity } = message;
    return subPath === '' && isActivityName(activity) ? activity : undefined;
  }
  const name = /^\/produceAPI\/v2\/(\w+)$/.exec(subPath)?.[1];
  return carrier === 'kit' && isKitActivityName(name) ? name : undefined;
}
