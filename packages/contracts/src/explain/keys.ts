import { type AccessKey, type KeyClass, type KeyRings, keyClasses } from '../token/key-ring.ts';

/** A key together with the class of interfaces that it belongs to. The id is shown, so it must not hold the secret. */
export interface ClassedKey extends AccessKey {
  readonly class: KeyClass;
}

/** Keys as an explanation takes them: rings as a server is configured with, or a list. */
export type KeysToTry = KeyRings | readonly ClassedKey[];

export const listKeys = (keys: KeysToTry): readonly ClassedKey[] =>
  isList(keys) ? keys : keyClasses.flatMap((name) => keys[name].map((key) => ({ ...key, class: name })));

const isList = (keys: KeysToTry): keys is readonly ClassedKey[] => Array.isArray(keys);
